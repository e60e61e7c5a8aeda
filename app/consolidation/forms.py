"""Forms of the desk and of recommendations; choices are passed in by the routes."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.conferences.forms import id_or_none
from app.consolidation.enums import Competence, Priority, Strength, TimeHorizon
from app.core.typed import stripped
from app.core.vocabulary import TargetGroup


class PointForm(FlaskForm):
    """A point's words."""

    title = StringField(
        _l("Titel"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie einen Titel ein.")),
            Length(max=160, message=_l("Der Titel darf höchstens 160 Zeichen haben.")),
        ],
    )
    summary = TextAreaField(
        _l("Zusammenfassung"),
        filters=[stripped],
        validators=[Length(max=4000, message=_l("Die Zusammenfassung darf höchstens 4.000 Zeichen haben."))],
    )
    action_field = SelectField(_l("Handlungsfeld"), coerce=id_or_none)
    minority = BooleanField(_l("Minderheitsposition, die stehen bleiben soll"))


class ActionFieldForm(FlaskForm):
    """The name of a new Handlungsfeld."""

    name = StringField(_l("Name des Handlungsfelds"), filters=[stripped], validators=[Length(max=120)])


def _long_text(label, most: int = 4000) -> TextAreaField:
    message = _l("Bitte kürzen: höchstens %(most)s Zeichen.", most=most)
    return TextAreaField(label, filters=[stripped], validators=[Length(max=most, message=message)])


def _several(label) -> SelectMultipleField:
    return SelectMultipleField(label, coerce=int, validate_choice=True)


class RecommendationForm(FlaskForm):
    """Everything a recommendation says."""

    title = StringField(
        _l("Titel"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie einen Titel ein.")),
            Length(max=160, message=_l("Der Titel darf höchstens 160 Zeichen haben.")),
        ],
    )
    text = _long_text(_l("Empfehlung im Wortlaut"))
    goal = _long_text(_l("Ziel"), 2000)
    action_field = SelectField(_l("Handlungsfeld"), coerce=id_or_none)
    strength = SelectField(_l("Verbindlichkeit"), choices=Strength.choices)
    lead = SelectField(_l("Federführung"), coerce=id_or_none)
    partners = _long_text(_l("Beteiligte"), 2000)
    competence = SelectField(_l("Zuständigkeit"), choices=Competence.choices)
    time_horizon = SelectField(_l("Zeithorizont"), choices=TimeHorizon.choices)
    priority = SelectField(_l("Priorität"), choices=Priority.choices)
    target_groups = SelectMultipleField(_l("Zielgruppen"), choices=TargetGroup.choices)
    areas = _several(_l("Räume"))
    points = _several(_l("Ergebnispunkte, auf denen sie ruht"))
    indicators = _several(_l("Zahlen, auf die sie sich stützt"))
