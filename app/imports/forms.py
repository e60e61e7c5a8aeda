"""Fields of the import pages that every kind shares."""

import re
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.core.typed import stripped
from app.imports.importer import Mapping
from app.imports.limits import MAX_ROWS
from app.imports.reading import Hints

ROWS = re.compile(r"([0-9]{1,5})(?:\s*[-–]\s*([0-9]{1,5}))?")
MOST_HEADER_LINES = 5


class UploadForm(FlaskForm):
    """One file."""

    file = FileField(_l("Datei"), validators=[FileRequired(_l("Wählen Sie eine Datei."))])


class ReadingForm(FlaskForm):
    """How a file should be read instead; the sheets of a workbook are passed in."""

    sheet = SelectField(_l("Tabellenblatt"))
    header = StringField(
        _l("Kopf in Zeile"), filters=[stripped], description=_l("zum Beispiel 3, oder 3-4 bei zwei Kopfzeilen")
    )
    comma = SelectField(
        _l("Dezimalzeichen"),
        choices=[
            SelectChoice("", _l("selbst erkennen")),
            SelectChoice("comma", _l("Komma (1.234,5)")),
            SelectChoice("point", _l("Punkt (1,234.5)")),
        ],
    )

    def validate_header(self, field: StringField) -> None:
        """One row, or a few that follow each other."""
        if field.data and not self._header:
            raise ValidationError(_("Nennen Sie eine Zeile oder bis zu fünf aufeinanderfolgende, zum Beispiel 3-4."))

    @property
    def _header(self) -> tuple[int, ...]:
        found = ROWS.fullmatch(self.header.data or "")
        if found is None:
            return ()
        first, last = int(found[1]), int(found[2] or found[1])
        possible = 1 <= first <= last < first + MOST_HEADER_LINES and last <= MAX_ROWS
        return tuple(range(first, last + 1)) if possible else ()

    @property
    def hints(self) -> Hints:
        """What the reading takes."""
        comma = {"comma": True, "point": False}.get(self.comma.data)
        return Hints(self.sheet.data or None, self._header or None, comma)


def choices_of(form: FlaskForm) -> dict:
    """A form's data as JSON; days as ISO text."""
    data = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}


def form_with(form_class: type[FlaskForm], choices: dict) -> FlaskForm:
    """A form filled with stored choices, days as days again."""
    days = {name for name in choices if getattr(form_class, name, None) and _is_day_field(form_class, name)}
    data = {name: date.fromisoformat(value) if name in days and value else value for name, value in choices.items()}
    return form_class(data=data)


def _is_day_field(form_class: type[FlaskForm], name: str) -> bool:
    return issubclass(getattr(form_class, name).field_class, DateField)


def mapping_of(sent: dict[str, str], columns: list[str], keys: set[str]) -> Mapping:
    """What a form says the columns mean; anything that is no field means nothing."""
    chosen = {column: sent.get(f"column-{number}", "") for number, column in enumerate(columns)}
    return {column: key for column, key in chosen.items() if key in keys}
