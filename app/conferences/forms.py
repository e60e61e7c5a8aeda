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
from wtforms.validators import InputRequired, Length, NumberRange

from app.conferences import rules
from app.conferences.enums import Moderation
from app.core.typed import stripped

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def plausible_day(form: Form, field: DateField) -> None:  # noqa: ARG001 -- WTForms' signature
    """A day somebody can mean."""
    if field.data and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(_("Prüfen Sie das Jahr."))


class ConferenceForm(FlaskForm):
    """Date, place and rules of a conference; choices of `area` are passed in."""

    area = SelectField(_l("Gebiet"), coerce=int, validators=[InputRequired(_l("Wählen Sie das Gebiet."))])
    title = StringField(_l("Titel"), filters=[stripped], validators=[Length(max=160)])
    day = DateField(_l("Datum"), validators=[InputRequired(_l("Geben Sie das Datum ein.")), plausible_day])
    starts = TimeField(_l("Beginn"), validators=[InputRequired(_l("Geben Sie den Beginn ein."))])
    ends = TimeField(_l("Ende"), validators=[InputRequired(_l("Geben Sie das Ende ein."))])
    venue = StringField(_l("Ort"), filters=[stripped], validators=[Length(max=160)])
    venue_address = StringField(_l("Adresse"), filters=[stripped], validators=[Length(max=200)])
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


class RequiredUnlessOpen:
    """A topic needs its title, an open one may wait for it."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: "TopicForm", field: StringField) -> None:
        """Refuse an empty title of a topic that is fixed."""
        if not field.data and not form.is_open.data:
            raise ValidationError(_("Geben Sie das Thema ein."))


class TopicForm(FlaskForm):
    """A topic; choices of `indicators` are passed in."""

    title = StringField(_l("Thema"), filters=[stripped], validators=[RequiredUnlessOpen(), Length(max=120)])
    description = TextAreaField(_l("Worum es geht"), filters=[stripped], validators=[Length(max=1000)])
    questions = TextAreaField(_l("Leitfragen"), filters=[stripped], validators=[Length(max=2200)])
    indicators = SelectMultipleField(_l("Zahlen für den Tisch"), coerce=int)
    is_open = BooleanField(_l("Freies Thema: Die Anwesenden legen es am Tag selbst fest"))

    def validate_questions(self, field: TextAreaField) -> None:
        """A table can work on a few short questions."""
        problem = rules.question_problem(rules.questions_in(field.data))
        if problem == "many":
            raise ValidationError(_("Höchstens %(n)s Leitfragen, sonst bleibt für keine Zeit.", n=rules.MOST_QUESTIONS))
        if problem == "long":
            raise ValidationError(_("Eine Leitfrage darf höchstens %(n)s Zeichen haben.", n=rules.LONGEST_QUESTION))
