"""Forms of the catalogue."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.typed import stripped
from app.indicators.catalogue import Details, Refused, Step
from app.indicators.enums import Agreement, Polarity, ReferenceType
from app.indicators.models import Indicator

MOST_CASES = 1_000_000
BODIES = (
    "Arbeitsgemeinschaft der Wohlfahrtsverbände",
    "Jugendamt",
    "Sozialamt",
    "Gesundheitsamt",
    "Jobcenter",
    "Statistikstelle",
    "Arbeitskreis Sozialbericht",
)


def text(label, longest: int, *validators) -> StringField:
    """One line of text."""
    too_long = Length(max=longest, message=_l("Kürzen Sie auf höchstens %(max)d Zeichen."))
    return StringField(label, filters=[stripped], validators=[*validators, too_long])


def prose(label, *validators) -> TextAreaField:
    """Several lines of text."""
    too_long = Length(max=4000, message=_l("Kürzen Sie auf höchstens %(max)d Zeichen."))
    return TextAreaField(label, filters=[stripped], validators=[*validators, too_long])


def whole_number(label, lowest: int) -> IntegerField:
    """A number of cases."""
    message = _l("Geben Sie eine ganze Zahl von %(min)s bis %(max)s ein.")
    return IntegerField(
        label, validators=[InputRequired(_l("Geben Sie eine Zahl ein.")), NumberRange(lowest, MOST_CASES, message)]
    )


class Day(DateField):
    """A day; says in German what is wrong with anything else."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; raises ValueError with the sentence beside the field."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Das ist kein Tag. Er sieht so aus: 2026-04-13.")) from None


class RefusableForm(FlaskForm):
    """A form that shows a refusal beside the field it is about."""

    def refuse(self, refused: Refused) -> None:
        """Put the sentence beside its field."""
        self[refused.field].errors = [str(refused)]


class StepForm(RefusableForm):
    """Who did a step of the agreement, when, and why."""

    body = text(_l("Durch wen"), 160, DataRequired(_l("Nennen Sie, wer das vorgeschlagen oder entschieden hat.")))
    decided_on = Day(_l("Am"), validators=[InputRequired(_l("Geben Sie den Tag ein, zum Beispiel 13.04.2026."))])
    reason = prose(_l("Grund"))

    @property
    def step(self) -> Step:
        """What the services take."""
        return Step(body=self.body.data, decided_on=self.decided_on.data, reason=self.reason.data)


class AdoptForm(StepForm):
    """Some of the usual indicators; choices are passed in."""

    keys = SelectMultipleField(_l("Indikatoren"))


class RuleForm(RefusableForm):
    """What the statistics office answers for."""

    definition = prose(_l("Definition"))
    threshold = whole_number(_l("Kleinste Fallzahl"), 0)
    minimum_base = whole_number(_l("Kleinste Bezugsgröße"), 0)


class RecordForm(RuleForm):
    """The whole record of an indicator; the choices of `whole` are passed in."""

    name = text(_l("Name"), 160, DataRequired(_l("Geben Sie dem Indikator einen Namen.")))
    short_name = text(_l("Kurzname"), 60)
    numerator = text(_l("Zähler"), 255)
    denominator = text(_l("Nenner"), 255)
    unit = text(_l("Einheit"), 40)
    factor = whole_number(_l("Faktor"), 1)
    polarity = SelectField(_l("Wirkrichtung"), choices=Polarity.choices, default=Polarity.CONTEXT)
    source = text(_l("Quelle"), 255)
    reference_type = SelectField(_l("Bezugszeit"), choices=ReferenceType.choices, default=ReferenceType.DAY)
    valid_from = Day(_l("Gilt ab"), validators=[Optional()])
    break_note = prose(_l("Brüche und Besonderheiten der Reihe"))
    note = prose(_l("Hinweis"))
    options = prose(_l("Handlungsmöglichkeiten"))
    whole = SelectField(_l("Zähler ist Teil von"), default="")

    def offer_wholes(self, catalogue: Sequence[Indicator], without: Indicator | None = None) -> None:
        """Set which indicators the cases can be a part of."""
        offered = [SelectChoice(str(one.id), one.name) for one in catalogue if one is not without]
        self.whole.choices = [SelectChoice("", _l("keinem anderen")), *offered]

    @property
    def details(self) -> Details:
        """What the services take."""
        same = {name: self[name].data for name in Details.__dataclass_fields__ if name in self._fields}
        typed = {
            "denominator": self.denominator.data or None,
            "polarity": Polarity(self.polarity.data),
            "reference_type": ReferenceType(self.reference_type.data),
            "whole_id": int(self.whole.data) if self.whole.data else None,
        }
        return Details(**same | typed)


class ProposalForm(RecordForm, StepForm):
    """A new indicator, proposed with its reason."""

    reason = prose(_l("Warum wird er gebraucht?"), DataRequired(_l("Schreiben Sie in einem Satz, wozu er dient.")))


class DecisionForm(StepForm):
    """A step of the agreement and whether readers may see the indicator."""

    agreement = RadioField(
        _l("Stand"), choices=Agreement.choices, validators=[InputRequired(_l("Wählen Sie den Stand."))]
    )
    visibility = RadioField(
        _l("Sichtbar"),
        choices=[
            SelectChoice("public", _l("für alle, auch im Portal und als offene Daten")),
            SelectChoice("internal", _l("nur intern")),
        ],
        validators=[InputRequired(_l("Wählen Sie, wer den Indikator sieht."))],
    )


def record_of(indicator: Indicator) -> Mapping:
    """The record as the form shows it."""
    same = {name: getattr(indicator, name) for name in Details.__dataclass_fields__}
    return same | {
        "polarity": indicator.polarity.value,
        "reference_type": indicator.reference_type.value,
        "whole": str(indicator.whole_id or ""),
    }
