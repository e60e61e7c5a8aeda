"""Pure decisions about conferences: times in Germany, proposals, questions typed line by line."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
USUAL_START = time(14, 0)
USUAL_END = time(17, 45)
WEEKS_AHEAD = 8
MOST_QUESTIONS = 8
LONGEST_QUESTION = 255


def usual_day(today: date) -> date:
    """A Thursday far enough ahead to invite people decently."""
    day = today + timedelta(weeks=WEEKS_AHEAD)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def proposed_title(label: str, area_name: str, year: int) -> str:
    """The title of a conference nobody named."""
    return f"{label} {area_name} {year}"[:160]


def moved_to_day(moment: datetime, day: date) -> datetime:
    """The same wall-clock time in Germany on another day, whatever the clock change in between."""
    local = moment.astimezone(BERLIN)
    return datetime.combine(day, local.time(), BERLIN).astimezone(moment.tzinfo)


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
