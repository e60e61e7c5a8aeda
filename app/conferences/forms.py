"""Forms of the conferences floor."""

from datetime import date
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.conferences import rules
from app.conferences.enums import Moderation, Participation
from app.core.typed import stripped

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def plausible_day(form: Form, field: DateField) -> None:  # noqa: ARG001 -- WTForms' signature
    """A day somebody can mean."""
    if field.data and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(_("Prüfen Sie das Jahr."))


def id_or_none(value) -> int | None:
    """A select's value; the empty choice means none."""
    return int(value) if value and str(value) != "None" else None


def participation_or_none(value) -> Participation | None:
    """A select's value; the empty choice leaves it to the format."""
    return Participation(value) if value and str(value) != "None" else None


class ConferenceForm(FlaskForm):
    """Date, place and rules of a conference; choices of areas, formats, series and later conferences are passed in."""

    area = SelectField(_l("Gebiet"), coerce=int, validators=[InputRequired(_l("Wählen Sie das Gebiet."))])
    title = StringField(_l("Titel"), filters=[stripped], validators=[Length(max=160)])
    day = DateField(_l("Datum"), validators=[InputRequired(_l("Geben Sie das Datum ein.")), plausible_day])
    starts = TimeField(_l("Beginn"), validators=[InputRequired(_l("Geben Sie den Beginn ein."))])
    ends = TimeField(_l("Ende"), validators=[InputRequired(_l("Geben Sie das Ende ein."))])
    venue = StringField(_l("Ort"), filters=[stripped], validators=[Length(max=160)])
    venue_address = StringField(_l("Adresse"), filters=[stripped], validators=[Length(max=200)])
    format = SelectField(_l("Format"), coerce=id_or_none)
    participation = SelectField(_l("Wer kann teilnehmen?"), coerce=participation_or_none)
    capacity = IntegerField(
        _l("Plätze für Personen"), validators=[Optional(), NumberRange(1, 5000, _l("Zwischen 1 und 5.000 Plätze."))]
    )
    registration_closes = DateField(_l("Anmeldung möglich bis"), validators=[Optional(), plausible_day])
    series = SelectField(_l("Reihe"), coerce=id_or_none)
    series_round = IntegerField(
        _l("Runde der Reihe"), validators=[Optional(), NumberRange(1, 99, _l("Zwischen 1 und 99."))]
    )
    feeds_into = SelectField(_l("Ergebnisse gehen in"), coerce=id_or_none)
    seating_rounds = SelectField(_l("Tischrunden mit Wechsel"), coerce=int, default=1)
    moderation = SelectField(_l("Wann sehen andere einen Beitrag?"), choices=Moderation.choices)
    dot_budget = IntegerField(
        _l("Punkte pro Person"),
        validators=[
            InputRequired(_l("Geben Sie die Zahl der Punkte ein.")),
            NumberRange(1, 20, _l("Zwischen 1 und 20 Punkte.")),
        ],
    )

    def validate_ends(self, field: TimeField) -> None:
        """The end comes after the beginning, on the same day."""
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(_("Das Ende muss nach dem Beginn liegen."))

    def validate_registration_closes(self, field: DateField) -> None:
        """Nobody registers after the event."""
        if field.data and self.day.data and field.data > self.day.data:
            raise ValidationError(_("Wählen Sie einen Tag, der nicht nach der Konferenz liegt."))


class RequiredUnlessOpen:
    """A topic needs its title, an open one may wait for it."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: "TopicForm", field: StringField) -> None:
        """Refuse an empty title of a topic that is fixed."""
        if not field.data and not form.is_open.data:
            raise ValidationError(_("Geben Sie das Thema ein."))


class TopicForm(FlaskForm):
    """A topic; choices of `action_field` and `indicators` are passed in."""

    title = StringField(_l("Thema"), filters=[stripped], validators=[RequiredUnlessOpen(), Length(max=120)])
    description = TextAreaField(_l("Worum es geht"), filters=[stripped], validators=[Length(max=1000)])
    questions = TextAreaField(_l("Leitfragen"), filters=[stripped], validators=[Length(max=2200)])
    action_field = SelectField(_l("Handlungsfeld"), coerce=id_or_none)
    indicators = SelectMultipleField(_l("Zahlen für den Tisch"), coerce=int)
    is_open = BooleanField(_l("Freies Thema: Die Anwesenden legen es am Tag selbst fest"))

    def validate_questions(self, field: TextAreaField) -> None:
        """A table can work on a few short questions."""
        problem = rules.question_problem(rules.questions_in(field.data))
        if problem == "many":
            raise ValidationError(_("Höchstens %(n)s Leitfragen, sonst bleibt für keine Zeit.", n=rules.MOST_QUESTIONS))
        if problem == "long":
            raise ValidationError(_("Eine Leitfrage darf höchstens %(n)s Zeichen haben.", n=rules.LONGEST_QUESTION))
