"""Decisions about schemes and codes, without database."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class HasValidity(Protocol):
    """Anything with validity dates and an id."""

    id: int
    valid_from: date | None
    valid_to: date | None


Scheme = TypeVar("Scheme", bound=HasValidity)


def current_scheme(schemes: Iterable[Scheme], on: date | None = None) -> Scheme | None:
    """The scheme that counts on a day (None: the one that is not over yet).

    Schemes that are over stay readable but are never current while another one is valid; among several
    the one that began last wins, then the one added last. A town whose only scheme is over keeps it.
    """
    begun = [s for s in schemes if on is None or s.valid_from is None or s.valid_from <= on]
    valid = [s for s in begun if s.valid_to is None or (on is not None and s.valid_to >= on)]
    return max(valid or begun, key=lambda s: (s.valid_from or date.min, s.id), default=None)


def code_problem(code: str) -> str | None:
    """Why a code cannot be stored, or None. Codes are text and keep their leading zeros."""
    if not code:
        return "Der Schlüssel fehlt."
    if len(code) > 40:
        return "Der Schlüssel ist länger als 40 Zeichen."
    if code in {".", ".."}:
        return "Ein Schlüssel braucht Buchstaben oder Ziffern."
    if "/" in code:
        return "Ein Schlüssel darf keinen Schrägstrich enthalten, weil er Teil der Webadresse ist."
    return None


def name_problem(name: str) -> str | None:
    """Why a name cannot be stored, or None."""
    if not name:
        return "Der Name fehlt."
    return "Der Name ist länger als 160 Zeichen." if len(name) > 160 else None
