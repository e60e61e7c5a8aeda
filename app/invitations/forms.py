"""Forms of the invitations floor: the letter, whom to invite, which mails leave."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.invitations import letter as letters
from app.invitations.letter import Letter, one_line, plain_text


def line(value: str | None) -> str:
    """What was typed, as one harmless line."""
    return one_line(value or "")


def text(value: str | None) -> str:
    """What was typed, without invisible characters."""
    return plain_text(value or "")


class LetterForm(FlaskForm):
    """The template of the invitation mails."""

    subject = StringField(
        _l("Betreff"),
        validators=[InputRequired(_l("Geben Sie einen Betreff ein.")), Length(max=letters.SUBJECT_LENGTH)],
    )
    body = TextAreaField(
        _l("Text"),
        filters=[text],
        validators=[InputRequired(_l("Schreiben Sie den Text der Einladung.")), Length(max=10_000)],
    )
    sender = StringField(
        _l("Wer lädt ein?"),
        filters=[line],
        validators=[InputRequired(_l("Geben Sie an, wer einlädt.")), Length(max=160)],
    )
    reply_by = DateField(_l("Antwort erbeten bis"), validators=[InputRequired(_l("Wählen Sie einen Tag."))])

    def __init__(self, conference_day, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conference_day = conference_day

    def validate_subject(self, field) -> None:
        """Only known placeholders, one line, no link."""
        _refuse(letters.subject_problems(field.data))

    def validate_body(self, field) -> None:
        """Only known placeholders, and the link."""
        _refuse(letters.body_problems(field.data))

    def validate_reply_by(self, field) -> None:
        """Answers are of use before the conference only."""
        if field.data is not None and field.data > self.conference_day:
            raise ValidationError(_("Der Tag liegt nach der Konferenz. Wählen Sie einen früheren."))

    @property
    def letter(self) -> Letter:
        """What was typed."""
        return Letter(self.subject.data, self.body.data, self.sender.data, self.reply_by.data)


class ChoiceForm(FlaskForm):
    """Which institutions to invite."""

    institutions = SelectMultipleField(_l("Institutionen"), coerce=int)

    def __init__(self, offered: list[int], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.institutions.choices = [SelectChoice(id_, str(id_)) for id_ in offered]

    def validate_institutions(self, field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Kreuzen Sie mindestens eine Institution an."))


class ReleaseForm(FlaskForm):
    """Which mails leave: exactly those the confirmation page named."""

    mails = SelectMultipleField(_l("Mails"), coerce=int)

    def __init__(self, offered: list[int], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mails.choices = [SelectChoice(id_, str(id_)) for id_ in offered]


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ValidationError(" ".join(problems))
