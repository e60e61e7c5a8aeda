"""What usually has to be packed for a conference: pure reckoning from tables and people."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

SPARE_BADGES = 0.1
WITHOUT_PHONE = 0.2
CARDS_PER_PERSON = 3
PENS_PER_TABLE = 2
CARDS_PER_TABLE = 20


@dataclass(frozen=True)
class Packed:
    """One line of the list; `reason` says how the quantity came about."""

    title: str
    quantity: str
    reason: str


def usual_material(tables: int, people: int) -> list[Packed]:
    """The usual list for so many tables and people.

    Every fifth person is expected to write on paper, three cards each; every tenth comes unannounced.
    """
    badges = people + ceil(people * SPARE_BADGES)
    paper = ceil(people * WITHOUT_PHONE) * CARDS_PER_PERSON
    lines = [
        ("Tischkarten mit QR-Code", tables, "eine pro Tisch"),
        ("Stifte", tables * PENS_PER_TABLE, "zwei pro Tisch"),
        ("Moderationskarten", tables * CARDS_PER_TABLE, "zwanzig pro Tisch"),
        ("Tablets für die Moderation", tables, "eins pro Tisch"),
        ("Ladegeräte für Tablets", tables, "eins pro Tisch"),
        ("Mehrfachsteckdosen mit Verlängerung", ceil(tables / 2), "eine für zwei Tische"),
        ("Namensschilder", badges, "eins pro Person, ein Zehntel Reserve"),
        ("Papierkarten für Menschen ohne Handy", paper, "drei Karten für jede fünfte Person"),
        ("Teilnahmeliste", 1 if people else 0, "für den Empfang"),
        ("Wegweiser", 1, "ein Satz für Eingang, Aufzug und Säle"),
        ("Beamer und Laptop für die Wand", 1, "je ein Gerät"),
    ]
    return [Packed(title, str(count), reason) for title, count, reason in lines if count]


def not_packed_yet(proposed: Iterable[Packed], titles: Iterable[str]) -> list[Packed]:
    """Lines whose title is not on the conference's list yet."""
    known = {title.casefold() for title in titles}
    return [line for line in proposed if line.title.casefold() not in known]
