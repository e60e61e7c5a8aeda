"""Personal data goes when its time has come: floors register what to delete, one nightly run does it."""

from collections.abc import Callable
from datetime import datetime

from app.core import clock
from app.core.jobs import jobs
from app.extensions import db

_rules: dict[str, Callable[[datetime], int]] = {}


def retention_rule(name: str) -> Callable[[Callable[[datetime], int]], Callable[[datetime], int]]:
    """Register a function that deletes what is due at a moment and returns how many it deleted."""

    def register(function: Callable[[datetime], int]) -> Callable[[datetime], int]:
        _rules[name] = function
        return function

    return register


def run_retention(now: datetime) -> dict[str, int]:
    """Apply every rule and commit; returns the number of deletions by rule."""
    counts = {name: rule(now) for name, rule in sorted(_rules.items())}
    db.session.commit()
    return counts


@jobs.nightly
def nightly_retention() -> None:
    """The nightly run of the worker."""
    run_retention(clock.now())
