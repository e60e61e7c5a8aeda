"""Forms of the conferences floor."""

from datetime import date
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.conferences import rules
from app.conferences.enums import Moderation
from app.core.typed import stripped

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_LINES = 40
SPARE_LINES = 2


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


class AgendaLineForm(Form):
    """One line of the agenda; a line left empty is ignored."""

    item_id = HiddenField()
    at = TimeField(_l("Uhrzeit"), validators=[Optional()])
    title = StringField(_l("Was"), filters=[stripped], validators=[Length(max=160)])
    note = StringField(_l("Hinweis"), filters=[stripped], validators=[Length(max=255)])
    remove = BooleanField(_l("entfernen"))

    @property
    def is_used(self) -> bool:
        """Whether the line is to stay."""
        return not self.remove.data and bool(self.at.data or self.title.data or self.note.data)

    def validate(self, extra_validators=None) -> bool:
        """A line that stays has a time; `Optional` has let an empty one pass."""
        valid = super().validate(extra_validators)
        if self.is_used and self.at.data is None and not self.at.errors:
            self.at.errors = [_("Geben Sie die Uhrzeit ein.")]
            return False
        return valid

    def validate_title(self, field: StringField) -> None:
        """A line says what happens."""
        if self.is_used and not field.data:
            raise ValidationError(_("Sagen Sie, was um diese Zeit geschieht."))


class AgendaForm(FlaskForm):
    """The whole agenda as a list of lines."""

    lines = FieldList(FormField(AgendaLineForm), max_entries=MOST_LINES)

    def offer_lines(self) -> None:
        """Add empty lines, as long as there is room."""
        for _number in range(min(SPARE_LINES, MOST_LINES - len(self.lines))):
            self.lines.append_entry()


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


class TaskForm(FlaskForm):
    """Something a department prepares; choices of `department` are passed in."""

    department = SelectField(
        _l("Fachbereich"), coerce=int, validators=[InputRequired(_l("Wählen Sie den Fachbereich."))]
    )
    title = StringField(
        _l("Aufgabe"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie die Aufgabe ein.")), Length(max=200)],
    )
    due = DateField(_l("Fällig am"), validators=[InputRequired(_l("Geben Sie den Tag ein.")), plausible_day])
