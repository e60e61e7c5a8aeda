"""Forms of the seating floor; people, tables and rounds are passed in as choices."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from app.conferences.rules import MOST_ROUNDS


class PeopleForm(FlaskForm):
    """Some people of a round, and the table they go to (0: no seat) where there is one to choose."""

    people = SelectMultipleField(_l("Personen"), coerce=int)
    table = SelectField(_l("Ausgewählte setzen an"), coerce=int, default=0)


class RoundsForm(FlaskForm):
    """How many rounds of tables there are."""

    rounds = IntegerField(
        _l("Tischrunden"),
        validators=[
            InputRequired(_l("Geben Sie die Zahl der Runden ein.")),
            NumberRange(1, MOST_ROUNDS, _l("Zwischen einer und sechs Runden.")),
        ],
    )
