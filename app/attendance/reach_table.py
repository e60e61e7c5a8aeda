"""The report of reach in words: labels, and the table that leaves the house."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app.attendance.reach import Reach, bar
from app.core.german import number
from app.institutions.enums import InstitutionType
from app.invitations.enums import Origin

__all__ = ["bar", "header", "origin_label", "per_cent", "rows", "type_label"]


def type_label(kind: str | None) -> str:
    """What a type is called; without one, typed organisations and private persons."""
    return str(InstitutionType(kind).label) if kind else _("ohne Art, Privatpersonen")


def origin_label(origin: str) -> str:
    """How somebody came to be registered."""
    return str(Origin(origin).label)


def per_cent(value: float | None) -> str:
    """A share without decimals, „–“ where there is nothing to compare with."""
    return f"{number(value)} %" if value is not None else number(None)


def header() -> list[str]:
    """The columns of the table."""
    return [
        _("Gruppe"),
        _("Institutionen eingeladen"),
        _("geantwortet"),
        _("zugesagt"),
        _("Institutionen da"),
        _("Personen da"),
        _("Anteil an allen Personen in Prozent"),
    ]


def rows(reach: Reach) -> Iterator[list]:
    """Everybody first, then type by type, then persons without institution and the lists by name."""
    yield [
        _("alle"),
        reach.invited,
        reach.answered,
        reach.said_yes,
        reach.institutions_came,
        reach.persons_came,
        100 if reach.persons_came else None,
    ]
    for row in reach.by_type:
        share = round(row.share, 1) if row.share is not None else None
        yield [type_label(row.type), row.invited, row.answered, row.said_yes, row.came, row.persons, share]
    yield [_("Personen mit Platz"), None, None, reach.persons_placed, None, reach.persons_came - reach.walk_ins, None]
    yield [_("Personen ohne Anmeldung"), None, None, None, None, reach.walk_ins, None]
    yield [_("Privatpersonen"), None, None, reach.private_placed, None, reach.private_came, None]
    for name in reach.promised_but_absent:
        yield [_("zugesagt, aber nicht gekommen: %(name)s", name=name), *[None] * 6]
    for name in reach.came_unannounced:
        yield [_("ohne Anmeldung gekommen: %(name)s", name=name), *[None] * 6]
