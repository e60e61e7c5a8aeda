"""What single cells of an offer table say. Values in, values out; ValueError says in words what is wrong."""

import re
from datetime import datetime

from app.core.collation import sort_key
from app.core.exports import DANGEROUS
from app.core.letters import one_line
from app.core.vocabulary import TargetGroup
from app.offers import rules
from app.offers.enums import Entrance

THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
ENTRANCES = {
    "": Entrance.UNKNOWN,
    "unbekannt": Entrance.UNKNOWN,
    "ja": Entrance.STEP_FREE,
    "barrierefrei": Entrance.STEP_FREE,
    "stufenlos": Entrance.STEP_FREE,
    "teilweise": Entrance.PARTLY,
    "teilweise barrierefrei": Entrance.PARTLY,
    "nein": Entrance.STEPS,
    "nicht barrierefrei": Entrance.STEPS,
    "stufen": Entrance.STEPS,
}


def plain(text: str) -> str:
    """A name without what does not tell names apart: case, accents, surplus spaces."""
    return sort_key(" ".join(text.split()))[0][0]


def as_typed(text: str) -> str:
    """A cell without what an export put in front to make it inert."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def target_group(word: str) -> str:
    """The key of a target group by its words. Raises ValueError with those there are."""
    wanted = plain(word)
    for group in TargetGroup:
        if wanted in (group.value, plain(str(group.label))):
            return group.value
    known = ", ".join(str(group.label) for group in TargetGroup)
    raise ValueError(f"Zielgruppe „{word}“ ist nicht bekannt. Möglich sind: {known}.")


def entrance(text: str, said: dict[str, str]) -> dict:
    """A known word, or a remark about the access where the file has no column for remarks."""
    wanted = plain(text)
    words = {plain(word): member for word, member in ENTRANCES.items()}
    words |= {plain(str(member.label)): member for member in Entrance}
    if wanted in words:
        return {"entrance": words[wanted].value}
    if said.get("access"):
        raise ValueError(
            f"Zugang „{text[:60]}“ ist nicht bekannt. Möglich sind: stufenlos, teilweise, nein, unbekannt."
        )
    return {"access": one_line(text)}


def whole_number(text: str, title: str) -> int | None:
    """A count, „85 %“ and „12,0“ included; None for an empty cell. Raises ValueError."""
    digits = re.sub(r"[\s%]", "", text)
    digits = re.sub(r",0+$|\.0{1,2}$", "", digits)
    digits = digits.replace(".", "") if THOUSANDS.fullmatch(digits) else digits
    if not digits:
        return None
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
        raise ValueError(f"{title}: „{text[:40]}“ ist keine ganze Zahl.")
    return int(digits)


def day_of(text: str, title: str) -> str | None:
    """A day as ISO text; None for an empty cell. Raises ValueError."""
    if not text:
        return None
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text[:10].strip(), pattern).date()  # noqa: DTZ007 -- a calendar day has no zone
        except ValueError:
            continue
        if rules.is_plausible(day):
            return day.isoformat()
    raise ValueError(f"{title}: „{text[:40]}“ ist kein Tag. Schreiben Sie ihn so: 31.12.2027.")
