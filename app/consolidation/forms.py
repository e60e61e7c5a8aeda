"""Forms of the desk and of recommendations; choices are passed in by the routes."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.consolidation.enums import Competence, Priority, Strength, TimeHorizon
from app.core.columns import LabelledEnum
from app.core.vocabulary import TargetGroup


def cleaned(value: str | None) -> str:
    """Text without surrounding space and without the character no database takes."""
    return (value or "").replace("\x00", "").strip()


def id_or_none(value) -> int | None:
    """A select's value; the empty choice means none."""
    return int(value) if value and str(value) != "None" else None


def labelled(words: type[LabelledEnum]) -> list[SelectChoice]:
    """The members of a closed list as choices."""
    return [SelectChoice(value, label) for value, label in words.choices()]


class PointForm(FlaskForm):
    """A point's words."""

    title = StringField(
        _l("Titel"),
        filters=[cleaned],
        validators=[
            DataRequired(_l("Geben Sie einen Titel ein.")),
            Length(max=160, message=_l("Der Titel darf höchstens 160 Zeichen haben.")),
        ],
    )
    summary = TextAreaField(
        _l("Zusammenfassung"),
        filters=[cleaned],
        validators=[Length(max=4000, message=_l("Die Zusammenfassung darf höchstens 4.000 Zeichen haben."))],
    )
    action_field = SelectField(_l("Handlungsfeld"), coerce=id_or_none)
    minority = BooleanField(_l("Minderheitsposition, die stehen bleiben soll"))


class ActionFieldForm(FlaskForm):
    """The name of a new Handlungsfeld."""

    name = StringField(_l("Name des Handlungsfelds"), filters=[cleaned], validators=[Length(max=120)])


def _long_text(label, most: int = 4000) -> TextAreaField:
    message = _l("Bitte kürzen: höchstens %(most)s Zeichen.", most=most)
    return TextAreaField(label, filters=[cleaned], validators=[Length(max=most, message=message)])


def _several(label) -> SelectMultipleField:
    return SelectMultipleField(label, coerce=int, validate_choice=True)


class RecommendationForm(FlaskForm):
    """Everything a recommendation says."""

    title = StringField(
        _l("Titel"),
        filters=[cleaned],
        validators=[
            DataRequired(_l("Geben Sie einen Titel ein.")),
            Length(max=160, message=_l("Der Titel darf höchstens 160 Zeichen haben.")),
        ],
    )
    text = _long_text(_l("Empfehlung im Wortlaut"))
    goal = _long_text(_l("Ziel"), 2000)
    action_field = SelectField(_l("Handlungsfeld"), coerce=id_or_none)
    strength = SelectField(_l("Verbindlichkeit"), choices=labelled(Strength))
    lead = SelectField(_l("Federführung"), coerce=id_or_none)
    partners = _long_text(_l("Beteiligte"), 2000)
    competence = SelectField(_l("Zuständigkeit"), choices=labelled(Competence))
    time_horizon = SelectField(_l("Zeithorizont"), choices=labelled(TimeHorizon))
    priority = SelectField(_l("Priorität"), choices=labelled(Priority))
    target_groups = SelectMultipleField(_l("Zielgruppen"), choices=labelled(TargetGroup))
    areas = _several(_l("Räume"))
    points = _several(_l("Ergebnispunkte, auf denen sie ruht"))
    indicators = _several(_l("Zahlen, auf die sie sich stützt"))
