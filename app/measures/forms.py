"""Forms of follow-up."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from app.core.typed import stripped
from app.measures.enums import ImplementationStatus, Light


class ReportForm(FlaskForm):
    """One report on one recommendation; `today` is the latest date that may be given."""

    today: date

    status = SelectField(_l("Umsetzungsstand"), choices=ImplementationStatus.choices)
    light = SelectField(_l("Ampel"), choices=Light.choices)
    note = TextAreaField(
        _l("Was ist geschehen?"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Schreiben Sie in einem Satz, was geschehen ist.")),
            Length(max=4000, message=_l("Bitte kürzen Sie auf höchstens 4.000 Zeichen.")),
        ],
    )
    as_of = DateField(_l("Stand"), validators=[DataRequired(_l("Geben Sie an, von wann die Auskunft ist."))])

    def validate_as_of(self, field) -> None:
        """Nobody knows tomorrow."""
        if field.data and field.data > self.today:
            raise ValidationError(_l("Der Stand darf nicht in der Zukunft liegen."))
