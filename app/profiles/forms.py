"""Forms of the profiles floor."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.typed import stripped

EARLIEST = date(1990, 1, 1)
LONGEST_TEXT = 1000


class AssessmentForm(FlaskForm):
    """What a group of professionals says about an area."""

    author_group = StringField(
        _l("Wer sagt das?"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie die Gruppe an, von der die Einschätzung stammt.")),
            Length(max=160, message=_l("Höchstens 160 Zeichen.")),
        ],
    )
    made_on = DateField(_l("Datum"), validators=[InputRequired(_l("Geben Sie den Tag der Einschätzung ein."))])
    text = TextAreaField(
        _l("Einschätzung"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Geben Sie die Einschätzung ein.")),
            Length(max=LONGEST_TEXT, message=_l("Höchstens 1.000 Zeichen, sonst passt sie nicht auf das Profil.")),
        ],
    )
    public = BooleanField(_l("Im öffentlichen Profil zeigen"))

    def validate_made_on(self, field: DateField) -> None:
        """A day somebody can mean."""
        if field.data and field.data < EARLIEST:
            raise ValidationError(_("Prüfen Sie das Jahr."))
