"""Forms of the mailings floor: the text, who gets it, and when."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectMultipleField, StringField, TextAreaField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.invitations import letter as letters
from app.invitations.conference_mails import Addressee
from app.invitations.enums import MailKind
from app.invitations.forms import text
from app.invitations.letter_texts import WORDINGS
from app.mailings.rules import narrowed, planned_moment
from app.mailings.services import Text


class MailingForm(FlaskForm):
    """Subject and text with placeholders, a choice among the group, and perhaps a moment."""

    subject = StringField(
        _l("Betreff"),
        validators=[InputRequired(_l("Geben Sie einen Betreff ein.")), Length(max=letters.SUBJECT_LENGTH)],
    )
    body = TextAreaField(
        _l("Text"),
        filters=[text],
        validators=[InputRequired(_l("Schreiben Sie den Text der Mail.")), Length(max=10_000)],
    )
    only = SelectMultipleField(_l("Wer die Mail bekommt"))
    day = DateField(_l("Tag"), validators=[Optional()])
    time = TimeField(_l("Uhrzeit"), validators=[Optional()])

    def __init__(self, kind: MailKind, reachable: list[Addressee], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._wording = WORDINGS[kind]
        self._everybody = [one.key for one in reachable]
        self.only.choices = [
            SelectChoice(one.key, f"{one.institution}: {one.name}" if one.name else one.institution)
            for one in reachable
        ]

    def validate_subject(self, field) -> None:
        """Only known placeholders, one line, no link."""
        _refuse(letters.subject_problems(field.data, self._wording.placeholders))

    def validate_body(self, field) -> None:
        """Only known placeholders, and the link where the mail is pointless without."""
        _refuse(letters.body_problems(field.data, self._wording.placeholders, needs_link=self._wording.needs_link))

    def moment_missing(self) -> bool:
        """Whether a plan lacks its day or time; says so beside the field."""
        missing = [(field, message) for field, message in self._moment_fields() if field.data is None]
        for field, message in missing:
            field.errors = [message]
        return bool(missing)

    def _moment_fields(self):
        yield self.day, _l("Wählen Sie einen Tag.")
        yield self.time, _l("Wählen Sie eine Uhrzeit.")

    @property
    def send_at(self):
        """The moment chosen, as UTC."""
        return planned_moment(self.day.data, self.time.data)

    @property
    def text(self) -> Text:
        """What was typed and ticked."""
        return Text(self.subject.data, self.body.data, narrowed(self._everybody, self.only.data or []))


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ValidationError(" ".join(problems))
