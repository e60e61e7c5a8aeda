"""What may become of an entry of the catalogue: pure decisions, each None or what refuses."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """How many values an indicator has, and how many of them know numerator and denominator."""

    values: int = 0
    numerators: int = 0
    denominators: int = 0


def kind_problem(held: Held, numerator: str, denominator: str | None) -> tuple[str, str] | None:
    """Field and sentence when an indicator with values may not become another kind (rate, count, published figure).

    The names of numerator and denominator say how stored values are read, so dropping or adding one can make every
    value unreadable.
    """
    uncounted = held.numerators - held.denominators
    if held.denominators and not denominator:
        return "denominator", (
            f"Zu diesem Indikator gibt es {held.denominators} Werte mit Nenner. Ohne Nenner würde aus der Quote eine "
            "Anzahl. Legen Sie dafür einen neuen Indikator an."
        )
    if uncounted > 0 and denominator:
        return "denominator", (
            f"Zu diesem Indikator gibt es {uncounted} Werte ohne Nenner. Als Quote wären sie nicht mehr lesbar. "
            "Legen Sie dafür einen neuen Indikator an."
        )
    if held.numerators and not numerator:
        return "numerator", (
            f"Zu diesem Indikator gibt es {held.numerators} gezählte Werte. Ohne Zähler wären sie nicht mehr lesbar. "
            "Beschreiben Sie, was gezählt wird."
        )
    return None


def whole_problem(indicator_id: int | None, whole_id: int | None, wholes: Mapping[int, int | None]) -> str | None:
    """Why one indicator cannot be a part of another, or None; `wholes` maps every indicator to its whole."""
    seen: set[int] = set()
    while whole_id is not None and whole_id not in seen:
        if whole_id == indicator_id:
            return (
                "Ein Indikator kann nicht Teil von sich selbst sein, auch nicht auf Umwegen. Wählen Sie einen anderen."
            )
        seen.add(whole_id)
        whole_id = wholes.get(whole_id)
    return None
