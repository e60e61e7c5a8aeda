"""Acts of disclosure control: raw values become cleared ones, shown or secret, and can be taken back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas import queries as areas
from app.areas.models import AreaScheme
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import clearance_queries, queries
from app.indicators.clearing_table import ClearingTable, Pair, Stock, build_table
from app.indicators.disclosure.equations import COHORTS
from app.indicators.disclosure.protect import Protected, protect
from app.indicators.enums import Outcome, ReferenceType, ValueState
from app.indicators.models import Clearance, Indicator, IndicatorValue, RawValue
from app.indicators.rates import Counts
from app.indicators.value_changes import CellChange, NewValue, Place, apply_changes, plan_changes, revert_changes


@dataclass(frozen=True)
class Decision:
    """What becomes of one cell. Holds raw figures: for the statistics office only."""

    place: Place
    counts: Counts
    outcome: Outcome


@dataclass(frozen=True)
class Plan:
    """A clearing before anything is written.

    `weak` are decisions that earlier publications give away, `narrow` those with only two numbers left, `missing` and
    `unchecked` count cells without figure and figures without counts, `withheld_totals` names indicators whose total
    of the town must not be published elsewhere.
    """

    decisions: list[Decision]
    weak: list[Decision]
    narrow: list[Decision]
    missing: list[Place]
    unchecked: list[Place]
    withheld_totals: int

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many cells by outcome, in the order of the outcomes."""
        found = Counter(one.outcome for one in self.decisions)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def secret(self) -> list[Decision]:
        """The decisions that hide something."""
        return [one for one in self.decisions if one.outcome is not Outcome.SHOWN]

    @property
    def values(self) -> list[NewValue]:
        """What will stand in the cleared table: secret cells hold no numbers at all."""
        shown = [
            NewValue(*one.place, numerator=one.counts.numerator, denominator=one.counts.denominator)
            for one in self.decisions
            if one.outcome is Outcome.SHOWN
        ]
        secret = [NewValue(*one.place, state=ValueState.SUPPRESSED) for one in self.secret]
        return shown + secret + [NewValue(*place, state=ValueState.MISSING) for place in self.missing]


def plan_clearing(*, municipality: Municipality, scheme: AreaScheme, pairs: Sequence[Pair]) -> Plan:
    """Decide about the raw values of (indicator id, date) pairs in a scheme without writing anything."""
    table = build_table(_load(municipality, scheme, pairs), pairs)
    series = clearance_queries.list_secret_series(scheme.id, {pair[0] for pair in pairs})
    decided = protect(table.cells, table.equations, outside=table.outside, favoured=series)
    return _plan(table, decided)


def _plan(table: ClearingTable, decided: Protected) -> Plan:
    decisions = [Decision(place, counts, decided.outcomes[place]) for place, counts in table.deciding.items()]
    everything = {cell.key: cell for cell in table.cells}

    def found(keys: Sequence[Place]) -> list[Decision]:
        figures = (Counts(ValueState.KNOWN, everything[key].numerator, everything[key].denominator) for key in keys)
        return [Decision(key, one, decided.outcomes[key]) for key, one in zip(keys, figures, strict=True)]

    return Plan(
        decisions=decisions,
        weak=found(decided.weak),
        narrow=found(decided.narrow),
        missing=table.missing,
        unchecked=table.unchecked,
        withheld_totals=len(decided.withheld),
    )


def _load(municipality: Municipality, scheme: AreaScheme, pairs: Sequence[Pair]) -> Stock:
    indicators = {one.id: one for one in queries.list_indicators(municipality)}
    crosswalk = clearance_queries.list_crosswalk(municipality)
    schemes = [scheme, *(one for one in areas.list_schemes(municipality) if crosswalk and one.id != scheme.id)]
    scheme_ids = [one.id for one in schemes]
    days = _days_looked_at(municipality, indicators, pairs)
    return Stock(
        scheme_id=scheme.id,
        trees={one: areas.area_tree(one) for one in scheme_ids},
        indicators=indicators,
        raw=clearance_queries.values_of(RawValue, scheme_ids, indicators, days),
        cleared=clearance_queries.values_of(IndicatorValue, scheme_ids, indicators, days),
        crosswalk=crosswalk,
    )


def _days_looked_at(municipality: Municipality, indicators: dict[int, Indicator], pairs: Sequence[Pair]) -> set[date]:
    """The dates cleared, and for pooled indicators those whose cohorts overlap."""
    days = {day for _indicator, day in pairs}
    if any(indicators[one].reference_type is ReferenceType.POOLED for one, _day in pairs):
        span = timedelta(days=366 * COHORTS)
        days |= {day for day in clearance_queries.list_days(municipality) if any(abs(day - one) < span for one in days)}
    return days


def clear_values(
    *,
    municipality: Municipality,
    scheme: AreaScheme,
    pairs: Sequence[Pair],
    cleared_by: str,
    cleared_on: date,
    user: User | None,
    now: datetime,
) -> Clearance:
    """Publish the raw values of (indicator id, date) pairs of a scheme, secret ones as secret.

    Raises RuleBroken without a name, without pairs, when nothing can be cleared or changes, and when a secret value
    could be computed from what is published already.
    """
    if not cleared_by.strip():
        raise RuleBroken(_("Nennen Sie, wer die Werte freigibt."))
    if cleared_on > now.date():
        raise RuleBroken(_("Die Freigabe kann nicht in der Zukunft liegen."))
    if not pairs:
        raise RuleBroken(_("Wählen Sie aus, welche Werte freigegeben werden sollen."))
    plan = plan_clearing(municipality=municipality, scheme=scheme, pairs=pairs)
    changes = _changes(scheme, plan)
    clearance = Clearance(
        municipality_id=municipality.id,
        cleared_by=cleared_by.strip()[:160],
        cleared_on=cleared_on,
        controlled_here=True,
        summary=_summary(plan),
        changes=[one.to_json() for one in changes],
        noted_at=now,
        noted_by_id=user.id if user else None,
    )
    db.session.add(clearance)
    db.session.flush()
    apply_changes(IndicatorValue, changes, clearance.id)
    sentence = _(
        "%(shown)s Werte freigegeben, %(secret)s bleiben geheim.",
        shown=clearance.summary["shown"],
        secret=clearance.summary["secret"],
    )
    note_act(municipality_id=municipality.id, user=user, action="values.cleared", sentence=sentence, now=now)
    return clearance


def _changes(scheme: AreaScheme, plan: Plan) -> list[CellChange]:
    if plan.weak:
        raise RuleBroken(
            _(
                "%(count)s geheime Werte lassen sich aus schon Veröffentlichtem berechnen. Nehmen Sie zuerst die "
                "frühere Freigabe oder Lieferung zurück, oder geben Sie alle zusammenhängenden Werte gemeinsam frei.",
                count=len(plan.weak),
            )
        )
    changes = plan_changes(IndicatorValue, scheme.id, plan.values)
    if not changes:
        raise RuleBroken(_("Hier ist nichts freizugeben: Alle prüfbaren Werte sind schon so veröffentlicht."))
    return changes


def _summary(plan: Plan) -> dict[str, int]:
    """Counts for everybody in the office; which kind of secret a cell is stays on the page of raw values."""
    return {"shown": plan.counts[Outcome.SHOWN], "secret": len(plan.secret), "missing": len(plan.missing)}


def undo_clearance(*, municipality: Municipality, clearance: Clearance, user: User | None, now: datetime) -> None:
    """Put the cleared table back as it was before; `clearance` is loaded with its changes.

    Raises RuleBroken for deliveries, clearances taken back already, and cells changed since.
    """
    if not clearance.controlled_here:
        raise RuleBroken(_("Gelieferte Werte nehmen Sie beim Import zurück, mit dem sie gekommen sind."))
    if clearance.undone_at:
        raise RuleBroken(_("Diese Freigabe ist schon zurückgenommen."))
    revert_changes(IndicatorValue, [CellChange.from_json(one) for one in clearance.changes])
    clearance.undone_at = now
    db.session.flush()
    sentence = _("Freigabe von %(name)s zurückgenommen.", name=clearance.cleared_by)
    note_act(municipality_id=municipality.id, user=user, action="clearance.undone", sentence=sentence, now=now)
