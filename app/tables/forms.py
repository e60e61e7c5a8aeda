"""Forms of the tables floor."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.conferences.rules import LONGEST_QUESTION
from app.core.typed import stripped


class TableForm(FlaskForm):
    """Where a table stands, who hosts it, how many fit."""

    room = StringField(
        _l("Raum oder Platz"), filters=[stripped], validators=[Length(max=80)], render_kw={"list": "raeume"}
    )
    host = StringField(_l("Gastgeber*in"), filters=[stripped], validators=[Length(max=120)])
    capacity = IntegerField(
        _l("Plätze"),
        validators=[
            InputRequired(_l("Geben Sie die Zahl der Plätze ein.")),
            NumberRange(1, 60, _l("Zwischen 1 und 60 Plätze.")),
        ],
    )
    accessible = BooleanField(_l("barrierefrei erreichbar"))


class OpenTopicForm(FlaskForm):
    """What the people in the room agreed on."""

    title = StringField(
        _l("Das Thema, auf das sich die Runde geeinigt hat"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie das Thema ein.")), Length(max=120)],
    )
    question = StringField(_l("Leitfrage"), filters=[stripped], validators=[Length(max=LONGEST_QUESTION)])
