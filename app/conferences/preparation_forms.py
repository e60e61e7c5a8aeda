"""Forms for preparing a conference."""

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
    SelectField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.conferences.forms import plausible_day
from app.core.typed import stripped

MOST_LINES = 40
SPARE_LINES = 2


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
