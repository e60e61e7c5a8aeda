"""Acts of the catalogue: proposing indicators, agreeing on them, changing and ordering them.

Agreeing is a step of its own: who proposed, accepted or rejected an indicator stands in its history.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from app.accounts.models import Municipality, User
from app.core.clock import local_date
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.indicators import catalogue_queries, queries, services
from app.indicators.catalogue_rules import kind_problem, whole_problem
from app.indicators.enums import Agreement, Polarity, ReferenceType
from app.indicators.layouts import key_of
from app.indicators.models import Indicator, IndicatorDecision
from app.indicators.usual_indicators import UsualIndicator, usual_indicators


class Refused(RuleBroken):
    """A record that cannot be so; `field` names the detail the sentence stands beside."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Step:
    """A step of the agreement: by which body, on which day, why."""

    body: str
    decided_on: date
    reason: str = ""


@dataclass(frozen=True)
class Details:
    """What the record of an indicator says; see the model for each field."""

    name: str
    short_name: str
    unit: str
    factor: int
    numerator: str
    denominator: str | None
    polarity: Polarity
    source: str
    definition: str
    note: str
    reference_type: ReferenceType
    valid_from: date | None
    break_note: str
    options: str
    threshold: int
    minimum_base: int
    whole_id: int | None


def propose_usual(
    *, municipality: Municipality, keys: Collection[str], step: Step, user: User | None, now: datetime
) -> list[Indicator]:
    """Propose some of the usual indicators; those already in the catalogue are left as they are.

    A part finds its whole when that is there or comes along. Raises RuleBroken when nothing new was chosen.
    """
    take_turn(Municipality, municipality.id)
    known = {one.key: one for one in queries.list_catalogue(municipality)}
    wanted = [one for key, one in usual_indicators().items() if key in set(keys) and key not in known]
    if not wanted:
        raise RuleBroken("Wählen Sie mindestens einen Indikator, der noch nicht im Katalog steht.")
    made = []
    for entry in wanted:
        whole = known.get(entry.whole or "")
        known[entry.key] = _create(municipality, entry.key, _details_of(entry, whole.id if whole else None))
        made.append(known[entry.key])
        _note_step(known[entry.key], Agreement.PROPOSED, step, user, now)
    db.session.flush()
    return made


def propose_indicator(
    *, municipality: Municipality, details: Details, step: Step, user: User | None, now: datetime
) -> Indicator:
    """Propose an indicator of one's own; its key is made of its name. Raises Refused for a taken name."""
    take_turn(Municipality, municipality.id)
    _check_name(municipality, details.name)
    _check_whole(municipality, None, details.whole_id)
    taken = {one.key for one in queries.list_catalogue(municipality)}
    base = key_of(details.name)[:70] or "indikator"
    key = next(key for n in range(1, len(taken) + 2) if (key := base if n == 1 else f"{base}_{n}") not in taken)
    indicator = _create(municipality, key, details)
    _note_step(indicator, Agreement.PROPOSED, step, user, now)
    db.session.flush()
    return indicator


def change_indicator(*, municipality: Municipality, indicator: Indicator, details: Details) -> bool:
    """Change the record; True when values held are read differently from now on.

    Raises Refused for a taken name, a circle of wholes, or a change that would make values unreadable.
    """
    take_turn(Municipality, municipality.id)
    _check_name(municipality, details.name, except_for=indicator)
    _check_whole(municipality, indicator, details.whole_id)
    held = catalogue_queries.count_held(indicator)
    if problem := kind_problem(held, details.numerator, details.denominator):
        raise Refused(*problem)
    rereads = ("numerator", "denominator", "unit", "factor")
    changed = [name for name in rereads if getattr(indicator, name) != getattr(details, name)]
    for name, value in vars(details).items():
        setattr(indicator, name, value)
    indicator.short_name = details.short_name or details.name[:60]
    db.session.flush()
    return bool(changed and held.values)


def set_rule(*, indicator: Indicator, threshold: int, minimum_base: int, definition: str) -> None:
    """Change what the statistics office answers for: the rule of disclosure control and the definition."""
    indicator.threshold, indicator.minimum_base, indicator.definition = threshold, minimum_base, definition
    db.session.flush()


def decide(
    *,
    municipality: Municipality,
    indicator: Indicator,
    agreement: Agreement,
    public: bool,
    step: Step,
    user: User | None,
    now: datetime,
) -> None:
    """Note a step of the agreement and whether readers may see the indicator.

    Raises Refused without a body, for a day to come, for a rejection without reason, and for the rejection of a
    part of the newest version of an index.
    """
    if not step.body.strip():
        raise Refused("body", "Nennen Sie, wer das vorgeschlagen oder entschieden hat.")
    if step.decided_on > local_date(now):
        raise Refused("decided_on", "Der Tag liegt in der Zukunft. Halten Sie den Schritt fest, wenn er getan ist.")
    if agreement is Agreement.REJECTED:
        if not step.reason.strip():
            raise Refused("reason", "Nennen Sie den Grund der Ablehnung. Wer später fragt, findet ihn hier.")
        _check_unused(municipality, indicator)
    indicator.agreement, indicator.public = agreement, public
    _note_step(indicator, agreement, step, user, now)
    db.session.flush()


def move_indicator(*, municipality: Municipality, indicator: Indicator, up: bool) -> None:
    """Move an indicator one place up or down in the catalogue; at the end of the list nothing happens."""
    take_turn(Municipality, municipality.id)
    order = queries.list_catalogue(municipality)
    place = order.index(indicator)
    other = place + (-1 if up else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, start=1):
        one.position = position
    db.session.flush()


def delete_indicator(*, indicator: Indicator) -> None:
    """Delete an indicator nothing rests on. Raises RuleBroken when it has values or is used: then reject it."""
    if catalogue_queries.count_held(indicator).values:
        raise RuleBroken("Zu diesem Indikator gibt es Werte. Lehnen Sie ihn ab, statt ihn zu löschen.")
    try:
        with db.session.begin_nested():
            db.session.delete(indicator)
            db.session.flush()
    except IntegrityError as error:
        raise RuleBroken(
            "Dieser Indikator wird noch verwendet: in einem Index, einem Thema, einer Empfehlung oder von einem "
            "anderen Indikator. Lehnen Sie ihn ab, statt ihn zu löschen."
        ) from error


def _create(municipality: Municipality, key: str, details: Details) -> Indicator:
    return services.create_indicator(
        municipality=municipality, key=key, agreement=Agreement.PROPOSED, public=True, **vars(details)
    )


def _details_of(entry: UsualIndicator, whole_id: int | None) -> Details:
    same = {name: getattr(entry, name) for name in vars(entry) if name in Details.__dataclass_fields__}
    return Details(**same | {"options": "\n".join(entry.options), "whole_id": whole_id, "note": "", "valid_from": None})


def _note_step(indicator: Indicator, agreement: Agreement, step: Step, user: User | None, now: datetime) -> None:
    db.session.add(
        IndicatorDecision(
            indicator_id=indicator.id,
            agreement=agreement,
            body=step.body.strip(),
            reason=step.reason.strip(),
            decided_on=step.decided_on,
            noted_at=now,
            noted_by_id=user.id if user else None,
        )
    )


def _check_name(municipality: Municipality, name: str, except_for: Indicator | None = None) -> None:
    other = catalogue_queries.find_with_name(municipality, name)
    if other is not None and other is not except_for:
        sentence = f"„{other.name}“ steht schon im Katalog ({other.agreement.label}). Wählen Sie einen anderen Namen."
        raise Refused("name", sentence)


def _check_whole(municipality: Municipality, indicator: Indicator | None, whole_id: int | None) -> None:
    wholes = {one.id: one.whole_id for one in queries.list_catalogue(municipality)}
    if whole_id is not None and whole_id not in wholes:
        raise Refused("whole", "Wählen Sie einen Indikator aus Ihrem Katalog.")
    if problem := whole_problem(indicator.id if indicator else None, whole_id, wholes):
        raise Refused("whole", problem)


def _check_unused(municipality: Municipality, indicator: Indicator) -> None:
    newest = catalogue_queries.newest_versions(municipality)
    for index in catalogue_queries.list_indexes_using(indicator):
        if newest[index.name] == index.version:
            raise Refused(
                "agreement",
                f"Der Indikator steckt in „{index.name}“ (Fassung {index.version}). "
                "Legen Sie zuerst eine Fassung ohne ihn fest.",
            )
