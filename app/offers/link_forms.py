"""Forms of the requests to providers: whom to ask, which mails leave."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.letters import plain_text
from app.core.typed import stripped
from app.offers.offer_forms import DATE_FORMATS, Day


class AskForm(FlaskForm):
    """Whom to ask, until when, with which word of one's own."""

    institutions = SelectMultipleField(_l("Träger"), coerce=int)
    reply_by = Day(
        _l("Antwort erbeten bis"), format=DATE_FORMATS, validators=[InputRequired(_l("Wählen Sie einen Tag."))]
    )
    note = TextAreaField(
        _l("Ein Satz von Ihnen"),
        filters=[stripped, plain_text],
        validators=[Length(max=1000, message=_l("Bitte kürzen Sie auf höchstens 1.000 Zeichen."))],
    )
    earliest: date
    latest: date

    def offer(self, institution_ids: list[int], earliest: date, latest: date) -> None:
        """Set who can be asked, and between which days an answer can be asked for."""
        self.institutions.choices = [SelectChoice(id_, str(id_)) for id_ in institution_ids]
        self.earliest, self.latest = earliest, latest

    def validate_institutions(self, field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Kreuzen Sie mindestens einen Träger an."))

    def validate_reply_by(self, field) -> None:
        """While the link works."""
        if field.data and not self.earliest <= field.data <= self.latest:
            raise ValidationError(_("Wählen Sie einen Tag ab heute, solange der Link gilt (90 Tage)."))


class ReleaseForm(FlaskForm):
    """Which mails leave: exactly those the confirmation page named."""

    links = SelectMultipleField(_l("Mails"), coerce=int)

    def __init__(self, offered: list[int], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.links.choices = [SelectChoice(id_, str(id_)) for id_ in offered]
