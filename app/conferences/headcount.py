"""How many are expected: later floors know, and answer when they are asked."""

from dataclasses import dataclass

from blinker import Signal

from app.conferences.models import Conference

headcount_asked = Signal("Sent with the conference; whoever knows answers with „people“ and „tables“ in a dict.")


@dataclass(frozen=True)
class Headcount:
    """People with a place, and tables set up."""

    people: int = 0
    tables: int = 0


def headcount(conference: Conference) -> Headcount:
    """Ask whoever knows."""
    answers = {}
    for _receiver, answer in headcount_asked.send(conference):
        answers |= answer
    return Headcount(**answers)
