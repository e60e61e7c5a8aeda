"""Forms of the papers floor."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.core.ids import typed_id
from app.core.typed import stripped

LONGEST_SECTION = 60_000


def lines(value: str | None) -> str:
    """Text without surrounding space and with one kind of line end, so that the same text has the same checksum."""
    return stripped(value).replace("\r\n", "\n").replace("\r", "\n")


class TitleForm(FlaskForm):
    """What a paper is called."""

    title = StringField(
        _l("Titel des Papiers"),
        filters=[lines],
        validators=[
            DataRequired(_l("Geben Sie dem Papier einen Titel.")),
            Length(max=160, message=_l("Der Titel darf höchstens 160 Zeichen haben.")),
        ],
    )


class SectionForm(FlaskForm):
    """The text of a section and the revision its author began from."""

    body = TextAreaField(
        _l("Text"),
        filters=[lines],
        validators=[
            Length(max=LONGEST_SECTION, message=_l("Ein Abschnitt darf höchstens 60.000 Zeichen haben. Bitte kürzen."))
        ],
        render_kw={"spellcheck": "true", "lang": "de"},
    )
    revision = HiddenField()

    def begun_from(self) -> int:
        """The revision as a number; nonsense counts as one that was never current."""
        return typed_id(self.revision.data) or 0


class FreezeForm(FlaskForm):
    """Only the token; the reasons are fields named after recommendations."""


def reasons_of(fields) -> dict[int, str]:
    """Reasons by recommendation number from fields named `grund-3`; empty ones say „no reason“."""
    reasons = {}
    for name, value in fields.items():
        number = typed_id(name.removeprefix("grund-"))
        if number is not None and name.startswith("grund-"):
            reasons[number] = lines(value)[:1000]
    return reasons
