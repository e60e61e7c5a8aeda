"""The indicators many municipalities agree on, read from `usual_indicators.toml`, ready to be proposed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.indicators.enums import Polarity, ReferenceType

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class UsualIndicator:
    """One entry; `whole` is the key of the indicator its cases are a part of, `options` are one sentence each."""

    key: str
    name: str
    numerator: str
    source: str
    definition: str
    short_name: str = ""
    denominator: str | None = None
    unit: str = "%"
    factor: int = 100
    polarity: Polarity = Polarity.CONTEXT
    reference_type: ReferenceType = ReferenceType.DAY
    threshold: int = 3
    minimum_base: int = 100
    whole: str | None = None
    break_note: str = ""
    options: tuple[str, ...] = field(default=())


@cache
def usual_indicators() -> Mapping[str, UsualIndicator]:
    """All entries by key, in the order of the file."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({key: _entry(key, given) for key, given in entries.items()})


def _entry(key: str, given: dict) -> UsualIndicator:
    return UsualIndicator(
        **given
        | {
            "key": key,
            "polarity": Polarity(given.get("polarity", Polarity.CONTEXT)),
            "reference_type": ReferenceType(given.get("reference_type", ReferenceType.DAY)),
            "options": tuple(given.get("options", ())),
        }
    )
