"""Forms of the Sozialindex: its definition, comparing two, and naming areas of need."""

import contextlib
import math
from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FloatField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core import german
from app.core.typed import stripped
from app.indicators.enums import Centre, Deviation, IndexKind, Method, Orientation
from app.indicators.models import Indicator

MOST_ROWS = 200
MOST_CLASSES = 12
PEOPLE = NumberRange(min=0, max=10**7, message=_l("Geben Sie eine Zahl von 0 bis 10.000.000 ein."))


class GermanNumber(FloatField):
    """A number typed with comma or point."""

    def process_formdata(self, valuelist) -> None:
        """Read; raises ValueError with what to type."""
        text = stripped(valuelist[0] if valuelist else "").replace("−", "-").replace(",", ".")
        self.data = None
        if not text:
            return
        with contextlib.suppress(ValueError):
            self.data = float(text)
        if self.data is None or not math.isfinite(self.data) or abs(self.data) > 1e6:
            self.data = None
            raise ValueError(_("Geben Sie eine Zahl ein, zum Beispiel 1,5."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:.10g}".replace(".", ",")


class WholeNumber(IntegerField):
    """A whole number; German words where it is none."""

    def process_formdata(self, valuelist) -> None:
        """Read; raises ValueError with what to type."""
        text = stripped(valuelist[0] if valuelist else "")
        self.data = int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
        if text and self.data is None:
            raise ValueError(_("Geben Sie eine ganze Zahl ein, zum Beispiel 300."))


class PartForm(Form):
    """One indicator of the catalogue: whether it is part of the index, and with what weight."""

    indicator_id = HiddenField()
    chosen = BooleanField(_l("gehört dazu"))
    weight = GermanNumber(_l("Gewicht"), validators=[Optional()])

    def validate_weight(self, field: GermanNumber) -> None:
        """Nothing weighs less than nothing."""
        if self.chosen.data and not field.errors and field.data is not None and field.data <= 0:
            raise ValidationError(_("Das Gewicht muss größer als null sein."))


class BreakForm(Form):
    """One class: up to which value, and its name. A row without name is ignored."""

    upper = GermanNumber(_l("bis einschließlich"), validators=[Optional()])
    name = StringField(_l("Name der Klasse"), filters=[stripped], validators=[Length(max=60)])

    def validate_name(self, field: StringField) -> None:
        """A limit alone is no class."""
        if self.upper.data is not None and not field.data:
            raise ValidationError(_("Geben Sie der Klasse einen Namen oder leeren Sie die Grenze."))


class ExclusionForm(Form):
    """An area that is left out, and why. An empty row is ignored."""

    code = StringField(_l("Schlüssel des Gebiets"), filters=[stripped], validators=[Length(max=40)])
    reason = StringField(_l("Grund"), filters=[stripped], validators=[Length(max=255)])

    def validate_reason(self, field: StringField) -> None:
        """The reason is printed beside the area."""
        if self.code.data and not field.data:
            raise ValidationError(_("Nennen Sie den Grund: Er steht neben dem Gebiet."))


class IndexForm(FlaskForm):
    """The definition of an index; choices are passed in by `offer`."""

    name = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie dem Index einen Namen.")), Length(max=80)],
    )
    kind = RadioField(_l("Was beschreibt er?"), choices=IndexKind.choices, default=IndexKind.STATUS.value)
    level_id = SelectField(_l("Gebietsebene"), validators=[InputRequired()])
    day = SelectField(_l("Stichtag"), validators=[InputRequired()])
    baseline = SelectField(_l("Früherer Stichtag"), validators=[Optional()])
    parts = FieldList(FormField(PartForm), max_entries=MOST_ROWS)
    method = RadioField(_l("Verfahren"), choices=Method.choices, default=Method.Z_SUM.value)
    centre = SelectField(_l("Verglichen mit"), choices=Centre.choices, default=Centre.AREA_MEAN.value)
    deviation = SelectField(_l("Streuung"), choices=Deviation.choices, default=Deviation.POPULATION.value)
    limit = GermanNumber(_l("Auffällig ab … Standardabweichungen"), default=1.0, validators=[Optional()])
    orientation = RadioField(
        _l("Wie liest man ihn?"), choices=Orientation.choices, default=Orientation.HIGHER_IS_BURDEN.value
    )
    breaks = FieldList(FormField(BreakForm), min_entries=5, max_entries=MOST_CLASSES)
    population_id = SelectField(_l("Indikator mit der Einwohnerzahl"), validators=[Optional()])
    min_population = WholeNumber(_l("Mindestens … Einwohner*innen"), default=300, validators=[Optional(), PEOPLE])
    exclusions = FieldList(FormField(ExclusionForm), min_entries=2, max_entries=MOST_ROWS)
    note = TextAreaField(_l("Hinweis für Leser*innen"), filters=[stripped], validators=[Length(max=2000)])

    def offer(self, levels: Sequence[tuple[int, str]], days: Sequence[date], indicators: Sequence[Indicator]) -> None:
        """Set what can be chosen, and a row for every indicator that has none yet."""
        dated = [(day.isoformat(), german.day(day)) for day in days]
        self.level_id.choices = [(str(level_id), name) for level_id, name in levels]
        self.day.choices = dated
        self.baseline.choices = [("", _l("keiner")), *dated]
        self.population_id.choices = [("", _l("nicht prüfen")), *((str(one.id), one.name) for one in indicators)]
        present = {row.form.indicator_id.data for row in self.parts}
        for one in indicators:
            if str(one.id) not in present and len(self.parts) < MOST_ROWS:
                self.parts.append_entry({"indicator_id": str(one.id), "chosen": False, "weight": 1.0})

    @property
    def weights(self) -> dict[str, float]:
        """The chosen indicators' ids with their weights, in the order of the page."""
        chosen = [row.form for row in self.parts if row.form.chosen.data]
        return {one.indicator_id.data: 1.0 if one.weight.data is None else one.weight.data for one in chosen}

    @property
    def class_breaks(self) -> list[list]:
        """The classes that were named, as typed; empty when the method's own are wanted."""
        return [[row.form.upper.data, row.form.name.data] for row in self.breaks if row.form.name.data]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Code and reason of every exclusion."""
        return [(row.form.code.data, row.form.reason.data) for row in self.exclusions if row.form.code.data]

    def offer_more_rows(self) -> None:
        """Two more rows for exclusions, one for classes, as long as there is room."""
        for rows, number in ((self.exclusions, 2), (self.breaks, 1)):
            for _row in range(min(number, rows.max_entries - len(rows))):
                rows.append_entry()


class ComparisonForm(FlaskForm):
    """Two versions to lay side by side; sent by GET."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    vorher = SelectField(_l("Erste Fassung"), validators=[Optional()])
    nachher = SelectField(_l("Zweite Fassung"), validators=[Optional()])


class NeedFilter(FlaskForm):
    """Where to look for areas of need; sent by GET."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    ebene = SelectField(_l("Gebietsebene"), validators=[Optional()])
    stichtag = SelectField(_l("Stichtag"), validators=[Optional()])
    mitte = SelectField(
        _l("Verglichen mit"), choices=Centre.choices, default=Centre.TOWN_VALUE.value, validators=[Optional()]
    )
    schwelle = GermanNumber(
        _l("Auffällig ab … Standardabweichungen"),
        default=1.0,
        validators=[Optional(), NumberRange(min=0.1, max=10, message=_l("Geben Sie eine Zahl von 0,1 bis 10 ein."))],
    )
    mindestens = WholeNumber(
        _l("Mindestzahl auffälliger Indikatoren"),
        default=2,
        validators=[Optional(), NumberRange(min=1, max=200, message=_l("Geben Sie eine Zahl von 1 bis 200 ein."))],
    )
    indikator = SelectMultipleField(_l("Indikatoren"), validators=[Optional()])

    def offer(self, levels: Sequence[tuple[int, str]], days: Sequence[date], indicators: Sequence[Indicator]) -> None:
        """Set what can be chosen."""
        self.ebene.choices = [(str(level_id), name) for level_id, name in levels]
        self.stichtag.choices = [(day.isoformat(), german.day(day)) for day in days]
        self.indikator.choices = [(str(one.id), one.name) for one in indicators]


class ActionAreaForm(FlaskForm):
    """Areas confirmed as one action area; `areas` are the ids of the list."""

    name = StringField(
        _l("Name des Handlungsraums"),
        filters=[stripped],
        validators=[DataRequired(_l("Geben Sie dem Handlungsraum einen Namen.")), Length(max=160)],
    )
    areas = SelectMultipleField(_l("Gebiete"), validators=[InputRequired(_l("Wählen Sie mindestens ein Gebiet."))])
    reason = TextAreaField(
        _l("Begründung"),
        filters=[stripped],
        validators=[DataRequired(_l("Begründen Sie den Handlungsraum.")), Length(max=5000)],
    )
    confirmed_on = DateField(_l("Bestätigt am"), validators=[Optional()])
