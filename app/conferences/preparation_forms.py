"""Forms for preparing a conference; choices are passed in."""

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
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.conferences.forms import plausible_day
from app.core.mail import valid_address
from app.core.typed import stripped

MOST_LINES = 40
SPARE_LINES = 2
NOBODY = 0
NO_REMINDER = -1
DAYS_BEFORE = [0, 1, 3, 7, 14]


class AgendaLineForm(Form):
    """One line of the agenda; a line left empty is ignored."""

    item_id = HiddenField()
    at = TimeField(_l("Uhrzeit"), validators=[Optional()])
    title = StringField(_l("Was"), filters=[stripped], validators=[Length(max=160)])
    room = StringField(_l("Raum"), filters=[stripped], validators=[Length(max=80)], render_kw={"list": "raeume"})
    note = StringField(_l("Hinweis"), filters=[stripped], validators=[Length(max=255)])
    remove = BooleanField(_l("entfernen"))

    @property
    def is_used(self) -> bool:
        """Whether the line is to stay."""
        typed = (self.at.data, self.title.data, self.room.data, self.note.data)
        return not self.remove.data and any(typed)

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
    """Something a department prepares, who takes care of it, and how many days before it is due they are reminded."""

    department = SelectField(
        _l("Fachbereich"), coerce=int, validators=[InputRequired(_l("Wählen Sie den Fachbereich."))]
    )
    title = StringField(
        _l("Aufgabe"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie die Aufgabe ein.")), Length(max=200)],
    )
    owner = SelectField(_l("Wer kümmert sich?"), coerce=int, default=NOBODY)
    due = DateField(_l("Fällig am"), validators=[InputRequired(_l("Geben Sie den Tag ein.")), plausible_day])
    remind = SelectField(_l("Erinnerung per E-Mail"), coerce=int, default=NO_REMINDER)
    note = TextAreaField(_l("Notiz"), filters=[stripped], validators=[Length(max=2000)])

    @property
    def days_before(self) -> int | None:
        """How many days before the task is due its owner is reminded; None for no reminder."""
        return None if self.remind.data == NO_REMINDER else self.remind.data


class ChecklistLineForm(Form):
    """A step of the check list: whether it is taken over, and by which department (0: the one for all)."""

    step_id = HiddenField()
    take = BooleanField(_l("übernehmen"))
    department = SelectField(_l("Fachbereich"), coerce=int, default=NOBODY)


class ChecklistForm(FlaskForm):
    """The steps that are not on the list of tasks yet."""

    department = SelectField(_l("Fachbereich für alle"), coerce=int, validators=[InputRequired()])
    lines = FieldList(FormField(ChecklistLineForm), max_entries=200)


def usable_address(form: Form, field: StringField) -> None:  # noqa: ARG001 -- WTForms' signature
    """Empty, or an address one can write to."""
    if field.data and not valid_address(field.data):
        raise ValidationError(_("Prüfen Sie die E-Mail-Adresse."))


class DutyForm(FlaskForm):
    """What somebody takes care of."""

    duty = StringField(
        _l("Kümmert sich um"), filters=[stripped], validators=[Length(max=160)], render_kw={"list": "zustaendigkeiten"}
    )


class ContactForm(DutyForm):
    """Somebody from the directory; choices of `contact` are grouped by department."""

    contact = SelectField(_l("Person"), coerce=int, validators=[InputRequired(_l("Wählen Sie die Person."))])


class MemberForm(DutyForm):
    """Somebody in the team, as typed."""

    name = StringField(
        _l("Name"), filters=[stripped], validators=[DataRequired(_l("Geben Sie den Namen ein.")), Length(max=160)]
    )
    email = StringField(_l("E-Mail"), filters=[stripped], validators=[Length(max=254), usable_address])


class NewMemberForm(MemberForm):
    """Somebody who is not in the directory."""

    department = SelectField(
        _l("Fachbereich"), coerce=int, validators=[InputRequired(_l("Wählen Sie den Fachbereich."))]
    )


class RoomForm(FlaskForm):
    """A room of the conference."""

    name = StringField(
        _l("Raum"), filters=[stripped], validators=[DataRequired(_l("Geben Sie den Raum ein.")), Length(max=80)]
    )
    seats = IntegerField(
        _l("Plätze"), validators=[Optional(), NumberRange(0, 100000, _l("Geben Sie die Zahl der Plätze ein."))]
    )
    accessible = BooleanField(_l("Barrierefrei zu erreichen"))
    note = StringField(_l("Hinweis"), filters=[stripped], validators=[Length(max=200)])


class MaterialForm(FlaskForm):
    """A line of the packing list."""

    title = StringField(
        _l("Was"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie ein, was gebraucht wird.")), Length(max=160)],
    )
    quantity = StringField(_l("Menge"), filters=[stripped], validators=[Length(max=60)])
    place = StringField(_l("Wohin"), filters=[stripped], validators=[Length(max=120)], render_kw={"list": "raeume"})
    owner = SelectField(_l("Wer bringt es mit?"), coerce=int, default=NOBODY)


class PackingForm(FlaskForm):
    """For how many the usual material is reckoned."""

    tables = IntegerField(
        _l("Tische"), validators=[InputRequired(_l("Geben Sie die Zahl der Tische ein.")), NumberRange(0, 500)]
    )
    people = IntegerField(
        _l("Personen"), validators=[InputRequired(_l("Geben Sie die Zahl der Personen ein.")), NumberRange(0, 20000)]
    )
