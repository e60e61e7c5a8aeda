"""Forms of the findings floor."""

from collections.abc import Sequence
from dataclasses import asdict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.core import german
from app.core.typed import stripped
from app.core.vocabulary import TargetGroup
from app.findings.enums import LOUD
from app.findings.limits import RANGES, USUAL, WHOLE, Limits, fits

LIMIT_TEXTS = {
    "need_deviation": (
        _l("Bedarf: Abstand in Standardabweichungen"),
        _l("Der Bedarf ist hoch, wenn ein Gebiet mindestens so viele Standardabweichungen über der Kommune liegt."),
    ),
    "need_ratio": (
        _l("Bedarf: Verhältnis zur Quote der Kommune"),
        _l("Der Bedarf ist auch hoch, wenn die Quote mindestens das So-viel-Fache der Kommune beträgt."),
    ),
    "thin_supply": (
        _l("Versorgungslücke: Versorgung unter dem … des Vergleichs"),
        _l("Bei hohem Bedarf gilt eine Versorgung unter diesem Anteil des Vergleichswerts als Lücke."),
    ),
    "ample_supply": (
        _l("Überangebot: Versorgung über dem … des Vergleichs"),
        _l("Bei geringem Bedarf gilt eine Versorgung über diesem Vielfachen des Vergleichswerts als Überangebot."),
    ),
    "low_utilisation": (
        _l("Geringe Auslastung in Prozent"),
        _l("Unter dieser Auslastung gilt bei hohem Bedarf eine Zugangslücke, sonst ein Überangebot."),
    ),
    "funding_months": (
        _l("Auslaufende Förderung: Monate voraus"),
        _l("So viele Monate vor dem Ende der Förderung wird gewarnt."),
    ),
    "confirmed_months": (
        _l("Bestätigung: Monate zurück"),
        _l("So lange gilt eine Bestätigung des Trägers. Danach ist der Eintrag ein weißer Fleck."),
    ),
}


class MatrixFilter(FlaskForm):
    """What the matrix shows; sent by GET, so without token."""

    class Meta:
        """Nothing is changed by looking."""

        csrf = False

    ebene = SelectField(_l("Gebietsebene"), filters=[stripped], validators=[Optional()])
    gebiet = SelectField(_l("Nur in"), filters=[stripped], validators=[Optional()])
    zielgruppe = SelectField(_l("Zielgruppe"), filters=[stripped], validators=[Optional()])
    befund = SelectField(_l("Befund"), filters=[stripped], validators=[Optional()])

    def offer(self, levels: Sequence[tuple[int, str]], areas: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        self.ebene.choices = [
            SelectChoice("", _l("übersichtlichste Ebene")),
            *(SelectChoice(str(id_), name) for id_, name in levels),
        ]
        self.gebiet.choices = [
            SelectChoice("", _l("ganze Kommune")),
            *(SelectChoice(str(id_), name) for id_, name in areas),
        ]
        groups = [SelectChoice(one.value, one.label) for one in TargetGroup if one is not TargetGroup.ALL]
        self.zielgruppe.choices = [SelectChoice("", _l("alle Zielgruppen")), *groups]
        self.befund.choices = [
            SelectChoice("", _l("alle Befunde")),
            *(SelectChoice(kind.value, kind.label) for kind in LOUD),
        ]


class NeedLinkForm(FlaskForm):
    """Which figure shows the need for a category."""

    category = SelectField(_l("Kategorie der Angebote"), validators=[InputRequired(_l("Wählen Sie eine Kategorie."))])
    target_group = SelectField(
        _l("Zielgruppe"),
        choices=[SelectChoice(one.value, one.label) for one in TargetGroup],
        default=TargetGroup.ALL.value,
        validators=[InputRequired()],
    )
    indicator = SelectField(
        _l("Indikator, der den Bedarf zeigt"), validators=[InputRequired(_l("Wählen Sie einen Indikator."))]
    )
    population = SelectField(_l("Zielbevölkerung"), filters=[stripped], validators=[Optional()])
    benchmark = StringField(
        _l("Richtwert: Plätze je 100 Personen"), filters=[stripped], validators=[Optional(), Length(max=12)]
    )

    def offer(self, categories: Sequence[str], rates: Sequence, counts: Sequence) -> None:
        """Set what can be chosen."""
        self.category.choices = [SelectChoice("", _l("bitte wählen")), *(SelectChoice(one) for one in categories)]
        self.indicator.choices = [
            SelectChoice("", _l("bitte wählen")),
            *(SelectChoice(str(one.id), one.name) for one in rates),
        ]
        self.population.choices = [
            SelectChoice("", _l("Bezugsgröße des Indikators")),
            *(SelectChoice(str(one.id), one.name) for one in counts),
        ]

    def validate_benchmark(self, field: StringField) -> None:
        """A German number above zero."""
        value = typed_number(field.data)
        if field.data and (value is None or not 0 < value <= 10_000):
            raise ValidationError(_("Geben Sie eine Zahl größer als 0 ein, zum Beispiel 11,4."))


def typed_number(text: str | None) -> float | None:
    """„11,4“ as a number; None for everything that is none."""
    plain = (text or "").strip().replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdecimal():
        return None
    return float(plain)


class LimitField(StringField):
    """One limit, checked against its range."""

    def pre_validate(self, form: FlaskForm) -> None:  # noqa: ARG002 -- WTForms' signature
        """Refuse what is no number or out of range, and say what is allowed."""
        value = typed_number(self.data)
        if self.data and (value is None or not fits(self.short_name, value)):
            raise ValidationError(range_text(self.short_name))


class LimitsForm(FlaskForm):
    """Every limit; an empty field means the usual value."""

    need_deviation = LimitField(LIMIT_TEXTS["need_deviation"][0], filters=[stripped])
    need_ratio = LimitField(LIMIT_TEXTS["need_ratio"][0], filters=[stripped])
    thin_supply = LimitField(LIMIT_TEXTS["thin_supply"][0], filters=[stripped])
    ample_supply = LimitField(LIMIT_TEXTS["ample_supply"][0], filters=[stripped])
    low_utilisation = LimitField(LIMIT_TEXTS["low_utilisation"][0], filters=[stripped])
    funding_months = LimitField(LIMIT_TEXTS["funding_months"][0], filters=[stripped])
    confirmed_months = LimitField(LIMIT_TEXTS["confirmed_months"][0], filters=[stripped])

    @property
    def given(self) -> dict[str, float]:
        """The limits after validation; empty fields take the usual value."""
        usual = asdict(USUAL)
        return {name: typed_number(self[name].data) if self[name].data else usual[name] for name in RANGES}


def shown_limits(limits: Limits) -> dict[str, str]:
    """The limits as fields show them."""
    return {name: limit_text(name, value) for name, value in asdict(limits).items()}


def limit_text(name: str, value: float) -> str:
    """„1,25“, without decimals for months and per cent."""
    return german.number(value, 0 if name in WHOLE else 2)


def range_text(name: str) -> str:
    """What a limit may be, in a sentence."""
    low, high = (limit_text(name, end) for end in RANGES[name])
    if name in WHOLE:
        return _("Geben Sie eine ganze Zahl von %(low)s bis %(high)s ein.", low=low, high=high)
    return _("Geben Sie eine Zahl von %(low)s bis %(high)s ein.", low=low, high=high)
