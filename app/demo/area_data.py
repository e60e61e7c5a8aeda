"""What the town has made of its figures: who cleared and agreed on them, indices, action areas, need, assessments."""

from datetime import date, datetime

from app.accounts.models import Municipality, User
from app.areas.enums import GroupKind
from app.areas.groups import create_group
from app.areas.models import Area
from app.areas.queries import get_scheme
from app.core import clock
from app.core.vocabulary import TargetGroup
from app.demo import town
from app.extensions import db
from app.findings.services import link_need
from app.indicators.catalogue import Step, decide, propose_usual
from app.indicators.enums import Agreement, IndexKind
from app.indicators.index_services import define_social_index
from app.indicators.models import Clearance, Indicator, RawValue
from app.indicators.value_changes import NewValue, apply_changes, plan_changes
from app.profiles.services import add_assessment

CLASS_BREAKS = [[-1.0, "gering"], [1.0, "mittel"], [1.5, "erhöht"], [None, "hoch"]]
AGREED = Step("Runde der Fachbereiche und Arbeitsgemeinschaft der Wohlfahrtsverbände", date(2026, 2, 11))
PROPOSED = "hze_rate"
REJECTED = "debtor_rate"


def clear(municipality: Municipality, now: datetime) -> Clearance:
    """Note who let the town's figures out of the statistics office."""
    clearance = Clearance(
        municipality_id=municipality.id,
        cleared_by="Statistikstelle Auenbrück",
        cleared_on=date(2026, 3, 12),
        controlled_here=False,
        noted_at=now,
    )
    db.session.add(clearance)
    db.session.flush()
    return clearance


def agree(municipality: Municipality, indicators: dict[str, Indicator], user: User, now: datetime) -> None:
    """The core indicators are agreed on; one more is proposed, another was rejected."""
    for indicator in indicators.values():
        _decide(municipality, indicator, Agreement.ACCEPTED, AGREED, user, now)
    why = "Soll ab 2027 zeigen, wo Familien Hilfe suchen."
    _propose(municipality, PROPOSED, Step("Jugendamt", date(2026, 5, 6), why), user, now)
    step = Step("Kämmerei", date(2026, 1, 14), "Zeigt Überschuldung, die in keiner Leistungsstatistik steht.")
    debtors = _propose(municipality, REJECTED, step, user, now)
    why = "Die Zahlen einer Auskunftei sagen mehr über Verträge als über Armut und lassen sich vor Ort nicht prüfen."
    rejected = Step("Arbeitsgemeinschaft der Wohlfahrtsverbände", date(2026, 2, 11), why)
    _decide(municipality, debtors, Agreement.REJECTED, rejected, user, now)


def _propose(municipality: Municipality, key: str, step: Step, user: User, now: datetime) -> Indicator:
    return propose_usual(municipality=municipality, keys={key}, step=step, user=user, now=now)[0]


def _decide(
    municipality: Municipality, indicator: Indicator, agreement: Agreement, step: Step, user: User, now: datetime
) -> None:
    decide(
        municipality=municipality,
        indicator=indicator,
        agreement=agreement,
        public=agreement is Agreement.ACCEPTED,
        step=step,
        user=user,
        now=now,
    )


def index(
    municipality: Municipality, quarter: Area, indicators: dict[str, Indicator], user: User, now: datetime
) -> None:
    """Seven core indicators weighed alike, as state and as change over two years; high means burdened, and says so."""
    parts = [indicator for key, indicator in indicators.items() if key != "population"]
    common = {
        "municipality": municipality,
        "level": quarter.level,
        "reference_date": date(2025, 12, 31),
        "weights": dict.fromkeys(parts, 1.0),
        "population": indicators["population"],
        "user": user,
        "now": now,
    }
    define_social_index(name="Dynamik 2023–2025", kind=IndexKind.DYNAMICS, baseline_date=date(2023, 12, 31), **common)
    define_social_index(name="Sozialindex 2025", class_breaks=CLASS_BREAKS, **common)


def group(municipality: Municipality, areas: dict[str, Area]) -> None:
    """Action areas, and the town's political districts, whose borders run across those of the Sozialräume."""
    scheme = get_scheme(municipality, areas["01"].scheme_id)
    for row in town.document("groups"):
        create_group(
            scheme=scheme,
            kind=GroupKind(row["kind"]),
            family=row["family"],
            name=row["name"],
            areas=[areas[code] for code in row["areas"]],
            reason=row["reason"],
            confirmed_on=date.fromisoformat(row["confirmed_on"]) if row["confirmed_on"] else None,
        )


def link_needs(municipality: Municipality, indicators: dict[str, Indicator]) -> None:
    """Which figure shows the need for which offers."""
    for row in town.rows("need_links"):
        link_need(
            municipality=municipality,
            category=row["category"],
            target_group=TargetGroup(row["target_group"]),
            indicator=indicators[row["indicator"]],
            population=indicators.get(row["population"]),
            benchmark=float(row["benchmark"]) if row["benchmark"] else None,
        )


def assess(areas: dict[str, Area], now: datetime) -> None:
    """What professionals say, some of it for the office alone."""
    for row in town.rows("assessments"):
        add_assessment(
            area=areas[row["area"]],
            author_group=row["author_group"],
            made_on=date.fromisoformat(row["made_on"]),
            text=row["text"],
            public=row["public"] == "yes",
            today=clock.local_date(now),
        )


def hold_back(indicators: dict[str, Indicator], areas: dict[str, Area]) -> None:
    """Raw values of the year before that wait for the statistics office, some of them too small to be shown."""
    rate = indicators["old_age_support"]
    values = [
        NewValue(rate.id, areas[row["area"]].id, date(2024, 12, 31), float(row["numerator"]), float(row["denominator"]))
        for row in town.rows("raw_values")
    ]
    apply_changes(RawValue, plan_changes(RawValue, areas["01"].scheme_id, values))
