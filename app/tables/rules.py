"""Pure decisions about tables: phases, titles, addresses."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from app.tables.enums import Phase

NEXT_PHASES: Mapping[Phase, tuple[Phase, ...]] = {
    Phase.PREPARING: (Phase.COLLECTING,),
    Phase.COLLECTING: (Phase.VOTING, Phase.CLOSED),
    Phase.VOTING: (Phase.COLLECTING, Phase.CLOSED),
    Phase.CLOSED: (Phase.COLLECTING,),
}
OPEN_PHASES = frozenset({Phase.COLLECTING, Phase.VOTING})
LONGEST_TITLE = 120
ROMAN = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def may_follow(current: Phase, wanted: Phase) -> bool:
    """Whether a table may go from one phase to another."""
    return wanted in NEXT_PHASES[current]


def takes_contributions(phase: Phase) -> bool:
    """Whether phones may send while a table is in a phase."""
    return phase in OPEN_PHASES


def roman(number: int) -> str:
    """1 → I, 4 → IV; for parallel tables, so up to 39 is plenty."""
    written = ""
    for value, letters in ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written


def table_titles(topic: str, count: int) -> list[str]:
    """The titles of the tables that share a topic: one keeps its name, several are numbered I, II, III."""
    if count == 1:
        return [topic[:LONGEST_TITLE]]
    endings = [f" {roman(number)}" for number in range(1, count + 1)]
    return [topic[: LONGEST_TITLE - len(ending)] + ending for ending in endings]


def grouped_code(code: str) -> str:
    """A code as people read it aloud: „ABC 123“."""
    return f"{code[:3]} {code[3:]}"


def table_address(base_url: str, code: str) -> str:
    """What the QR code of a table opens."""
    return f"{base_url.rstrip('/')}/t/{code}"


def short_address(address: str) -> str:
    """An address as people type it: without the scheme."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def reaches_only_this_machine(base_url: str) -> bool:
    """Whether phones in the hall would look for the address on themselves."""
    return urlsplit(base_url).hostname in {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 -- a comparison
