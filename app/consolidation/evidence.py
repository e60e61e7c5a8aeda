"""What a recommendation rests on: plain values, read once, safe to freeze into a paper."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.contributions.enums import ContributionState, Kind
from app.core.vocabulary import TargetGroup
from app.indicators.figures import Figure


@dataclass(frozen=True)
class Voice:
    """One contribution in its original wording; hidden ones never become a voice."""

    id: int
    text: str
    kind: Kind
    language: str | None
    dots: int
    state: ContributionState
    target_group: TargetGroup | None
    table_number: int
    table_title: str


@dataclass(frozen=True)
class TableCount:
    """How many voices came from one table."""

    number: int
    title: str
    voices: int


@dataclass(frozen=True)
class PointEvidence:
    """One point with the voices it holds, strongest first."""

    id: int
    number: int
    title: str
    summary: str
    minority: bool
    voices: tuple[Voice, ...]

    @property
    def tables(self) -> tuple[TableCount, ...]:
        """Voices by table, in the order of the tables."""
        return count_by_table(self.voices)


@dataclass(frozen=True)
class Evidence:
    """Everything behind one recommendation. A voice in two of its points counts once."""

    points: tuple[PointEvidence, ...]
    figures: tuple[Figure, ...]

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The voices of all points, each once, strongest first."""
        return by_strength({voice.id: voice for point in self.points for voice in point.voices}.values())

    @property
    def tables(self) -> tuple[TableCount, ...]:
        """Voices by table, in the order of the tables."""
        return count_by_table(self.voices)

    @property
    def dots(self) -> int:
        """Dots on all voices together."""
        return sum(voice.dots for voice in self.voices)


def by_strength(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Most dots first, then in the order of arrival."""
    return tuple(sorted(voices, key=lambda voice: (-voice.dots, voice.id)))


def count_by_table(voices: Iterable[Voice]) -> tuple[TableCount, ...]:
    """How many voices each table brought, in the order of the tables."""
    counts = Counter((voice.table_number, voice.table_title) for voice in voices)
    return tuple(TableCount(number, title, count) for (number, title), count in sorted(counts.items()))
