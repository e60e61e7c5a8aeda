"""Forms for copying, cancelling and series."""

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
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.conferences.cancelling import LONGEST_REASON
from app.conferences.forms import id_or_none, plausible_day
from app.core.typed import stripped

MOST_EVENTS = 60


def _title() -> StringField:
    return StringField(
        _l("Titel"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie einen Titel ein.")),
            Length(max=160, message=_l("Höchstens 160 Zeichen.")),
        ],
    )


class CopyForm(FlaskForm):
    """What differs in the copy; choices of `area` and `series` are passed in."""

    title = _title()
    area = SelectField(_l("Gebiet"), coerce=int, validators=[InputRequired(_l("Wählen Sie das Gebiet."))])
    day = DateField(_l("Datum"), validators=[InputRequired(_l("Geben Sie das Datum ein.")), plausible_day])
    series = SelectField(_l("Reihe"), coerce=id_or_none)
    series_round = IntegerField(
        _l("Runde der Reihe"), validators=[Optional(), NumberRange(1, 99, _l("Zwischen 1 und 99."))]
    )


class CancelForm(FlaskForm):
    """Why a conference does not take place."""

    reason = StringField(
        _l("Grund"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Nennen Sie den Grund. Er steht in der Absage.")),
            Length(max=LONGEST_REASON, message=_l("Höchstens 255 Zeichen.")),
        ],
    )


class SeriesForm(FlaskForm):
    """Title and description of a series."""

    title = _title()
    description = TextAreaField(
        _l("Worum es geht"),
        filters=[stripped],
        validators=[Length(max=2000, message=_l("Höchstens 2.000 Zeichen."))],
    )


class NextEventForm(Form):
    """One event of the round that is to be held again."""

    event_id = HiddenField()
    held = BooleanField(_l("wieder stattfinden lassen"))
    day = DateField(_l("Datum"), validators=[Optional(), plausible_day])

    def validate_held(self, field: BooleanField) -> None:
        """What is held again has a day."""
        if field.data and self.day.data is None:
            raise ValidationError(_l("Geben Sie das Datum ein."))


class NextRoundForm(FlaskForm):
    """The events of a round with their new days."""

    events = FieldList(FormField(NextEventForm), max_entries=MOST_EVENTS)
