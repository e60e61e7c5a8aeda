"""Pure decisions about conferences: times in Germany, proposals, questions typed line by line, what feeds what."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
USUAL_START = time(14, 0)
USUAL_END = time(17, 45)
WEEKS_AHEAD = 8
WEEKS_OF_A_YEAR = 52
MOST_QUESTIONS = 8
LONGEST_QUESTION = 255
LONGEST_TITLE = 160
MOST_ROUNDS = 6
WHEN_AND_WHERE = {"starts_at", "ends_at", "venue", "venue_address"}


def usual_day(today: date) -> date:
    """A Thursday far enough ahead to invite people decently."""
    day = today + timedelta(weeks=WEEKS_AHEAD)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def proposed_title(label: str, area_name: str, year: int) -> str:
    """The title of a conference nobody named."""
    return f"{label} {area_name} {year}"[:LONGEST_TITLE]


def title_in_year(title: str, old: int, new: int) -> str:
    """The title of the next event: another year in it where it names its own, unchanged otherwise."""
    return re.sub(rf"(?<!\d){old}(?!\d)", str(new), title)


def moved_to_day(moment: datetime, day: date) -> datetime:
    """The same wall-clock time in Germany on another day, whatever the clock change in between."""
    local = moment.astimezone(BERLIN)
    return datetime.combine(day, local.time(), BERLIN).astimezone(moment.tzinfo)


def moved_by_days(moment: datetime, days: int) -> datetime:
    """The same wall-clock time in Germany so many days later."""
    return moved_to_day(moment, moment.astimezone(BERLIN).date() + timedelta(days=days))


def end_of_day(day: date) -> datetime:
    """The last second of a day in Germany."""
    return datetime.combine(day, time(23, 59, 59), BERLIN)


def must_calendars_learn(changed: Iterable[str]) -> bool:
    """Whether changed columns stand in people's calendars."""
    return bool((WHEN_AND_WHERE | {"title"}) & set(changed))


def must_people_learn(changed: Iterable[str]) -> bool:
    """Whether changed columns would let people come at the wrong time or to the wrong place."""
    return bool(WHEN_AND_WHERE & set(changed))


def feeding_problem(
    conference_id: int | None, begins: datetime, into: int | None, starts: Mapping[int, datetime], feeds: Mapping
) -> str | None:
    """What forbids that a conference's results go into `into`: „circle“, „earlier“ or None.

    `starts` and `feeds` tell of every conference of the municipality, by id, when it begins and where its results go.
    The conference itself is None while it is new. Those that feed into it are looked at too: they must begin before it.
    """
    seen = into
    for _step in range(len(feeds) + 1):
        if seen is not None and seen == conference_id:
            return "circle"
        seen = feeds.get(seen)
    if into is not None and starts[into] <= begins:
        return "earlier"
    own = [starts[other] for other, target in feeds.items() if target == conference_id and target is not None]
    return "fed later" if any(start >= begins for start in own) else None


def proposed_agenda(start: time, end: time) -> list[tuple[time, str]]:
    """A usual afternoon between two wall-clock times: talk takes three quarters of it."""
    opened, closed = _minutes(start), _minutes(end)
    length = closed - opened
    steps = [
        (-30, "Ankommen und Anmeldung"),
        (0, "Begrüßung"),
        (round(length * 0.05), "Das Gebiet in Zahlen"),
        (round(length * 0.2), "Erste Tischrunde: Was sehen wir?"),
        (round(length * 0.48), "Pause"),
        (round(length * 0.56), "Zweite Tischrunde: Was brauchen wir?"),
        (round(length * 0.82), "Aus den Tischen"),
        (round(length * 0.95), "Ausblick und Abschluss"),
    ]
    return [(_on_the_clock(opened + offset), title) for offset, title in steps]


def questions_in(text: str) -> list[str]:
    """The guiding questions of a text field, one per line, blank lines ignored."""
    return [question for line in text.splitlines() if (question := " ".join(line.split()))]


def question_problem(questions: Iterable[str]) -> str | None:
    """What is wrong with a list of guiding questions: „many“, „long“ or None."""
    questions = list(questions)
    if len(questions) > MOST_QUESTIONS:
        return "many"
    return "long" if any(len(question) > LONGEST_QUESTION for question in questions) else None


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _on_the_clock(minutes: int) -> time:
    """Rounded to five minutes, never before midnight."""
    rounded = min(max(5 * round(minutes / 5), 0), 23 * 60 + 55)
    return time(rounded // 60, rounded % 60)
