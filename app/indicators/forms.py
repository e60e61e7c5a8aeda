"""Forms of the indicators floor."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core import german


def stripped(value: str | None) -> str:
    """A choice without surrounding space: `Optional` takes blank ones for empty ones, so must everybody after it."""
    return (value or "").strip()


class TableFilter(FlaskForm):
    """What the data page shows; sent by GET, so without token."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    ebene = SelectField(_l("Gebietsebene"), filters=[stripped], validators=[Optional()])
    gebiet = SelectField(_l("Gebiet im Blick"), filters=[stripped], validators=[Optional()])
    stichtag = SelectField(_l("Stichtag"), filters=[stripped], validators=[Optional()])
    karte = SelectField(_l("Karte zeigt"), filters=[stripped], validators=[Optional()])
    faelle = BooleanField(_l("Fallzahlen neben den Quoten zeigen"))

    def offer(
        self,
        levels: Sequence[tuple[int, str]],
        areas: Sequence[tuple[int, str]],
        days: Sequence[date],
        maps: Sequence[tuple[str, str]],
    ) -> None:
        """Set what can be chosen."""
        self.ebene.choices = [SelectChoice(str(level_id), name) for level_id, name in levels]
        self.gebiet.choices = [
            SelectChoice("", _l("ganze Kommune")),
            *(SelectChoice(str(area_id), label) for area_id, label in areas),
        ]
        self.stichtag.choices = [SelectChoice(day.isoformat(), german.day(day)) for day in days]
        self.karte.choices = [SelectChoice(key, name) for key, name in maps]
