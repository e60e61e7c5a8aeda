"""Forms of clearing: who clears, and when."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from app.core.typed import stripped


class ClearingForm(FlaskForm):
    """Who answers for the clearance; what is cleared stands in the address."""

    cleared_by = StringField(
        _l("Freigegeben von"),
        filters=[stripped],
        validators=[InputRequired(_l("Nennen Sie die Stelle, die freigibt.")), Length(max=160)],
    )
    cleared_on = DateField(_l("Freigegeben am"), validators=[InputRequired(_l("Nennen Sie den Tag der Freigabe."))])

    def suggest(self, name: str, day: date) -> None:
        """Offer what will usually be right."""
        self.cleared_by.data = name
        self.cleared_on.data = day
