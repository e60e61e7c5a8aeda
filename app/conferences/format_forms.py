"""The form of a format with its check list."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.conferences.enums import Participation
from app.core.typed import stripped

MOST_STEPS = 40
SPARE_STEPS = 3
EARLIEST_DAYS = 730
LATEST_DAYS = -365


class FormatStepForm(Form):
    """One line of the check list; a line without words is left out."""

    title = StringField(
        _l("Was"), filters=[stripped], validators=[Length(max=200, message=_l("Höchstens 200 Zeichen."))]
    )
    days_before = IntegerField(
        _l("Tage vorher"),
        validators=[
            Optional(),
            NumberRange(LATEST_DAYS, EARLIEST_DAYS, _l("Höchstens 730 Tage vorher oder 365 danach (mit Minus).")),
        ],
    )

    def validate(self, extra_validators=None) -> bool:
        """A line with words says when; `Optional` has let an empty number pass."""
        valid = super().validate(extra_validators)
        if self.title.data and self.days_before.data is None and not self.days_before.errors:
            self.days_before.errors = [_("Wie viele Tage vorher?")]
            return False
        return valid


class FormatForm(FlaskForm):
    """Name, who usually takes part, check list."""

    name = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie dem Format einen Namen.")),
            Length(max=80, message=_l("Höchstens 80 Zeichen.")),
        ],
    )
    participation = SelectField(
        _l("Wer nimmt üblicherweise teil?"),
        choices=Participation.choices,
        default=Participation.INVITATION.value,
        validators=[InputRequired(_l("Wählen Sie aus, wer teilnimmt."))],
    )
    steps = FieldList(FormField(FormatStepForm), max_entries=MOST_STEPS)

    def validate_steps(self, field: FieldList) -> None:
        """A number without words is a slip of the hand worth asking about."""
        for entry in field:
            if entry.form.days_before.data is not None and not entry.form.title.data:
                entry.form.title.errors = [_("Sagen Sie, was zu tun ist, oder leeren Sie auch die Zahl.")]
                raise ValidationError(_("Eine Zeile der Checkliste ist unvollständig."))

    def offer_steps(self) -> None:
        """Add empty lines, as long as there is room."""
        for _number in range(min(SPARE_STEPS, MOST_STEPS - len(self.steps))):
            self.steps.append_entry()

    @property
    def typed_steps(self) -> list[tuple[str, int]]:
        """The lines that say something."""
        lines = (entry.form for entry in self.steps)
        return [(line.title.data, line.days_before.data) for line in lines if line.title.data]
