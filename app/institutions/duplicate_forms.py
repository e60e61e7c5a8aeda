"""The form by which two entries become one."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.institutions.exchange import BY_KEY
from app.institutions.merging import JOINABLE, Side
from app.institutions.models import Institution
from app.institutions.records import INSTITUTION_FIELDS, stored, worded

LEFT, RIGHT, BOTH = "links", "rechts", "beide"


@dataclass(frozen=True)
class Difference:
    """A field in which two entries differ, in words."""

    field: str
    title: str
    left: str
    right: str
    joinable: bool
    choice: str


class MergeForm(FlaskForm):
    """Which of the two stays; what stays of each field is read beside it."""

    stays = RadioField(
        _l("Welcher Eintrag bleibt?"),
        choices=[SelectChoice(LEFT), SelectChoice(RIGHT)],
        validators=[InputRequired(_l("Wählen Sie, welcher Eintrag bleibt."))],
    )


def differences(left: Institution, right: Institution, sent: dict[str, str]) -> list[Difference]:
    """Where two entries (areas loaded) differ, with what was chosen or what seems best: nothing known is lost."""
    names = {area.id: area.name for one in (left, right) for area in one.areas}
    found = []
    for field in INSTITUTION_FIELDS:
        values = stored(left, field), stored(right, field)
        if values[0] == values[1]:
            continue
        joinable = field in JOINABLE and all(values)
        chosen = sent.get(f"feld-{field}")
        if chosen not in {LEFT, RIGHT, *([BOTH] if joinable else [])}:
            chosen = _best(field, *values)
        words = [worded(field, value, names) for value in values]
        found.append(Difference(field, BY_KEY[field].title, *words, joinable, chosen))
    return found


def _best(field: str, left, right) -> str:
    if field == "confirmed_on":
        return LEFT if (left or "") >= (right or "") else RIGHT
    if field == "areas":
        return BOTH if left and right else LEFT
    if left and right:
        return BOTH if field in JOINABLE else LEFT
    return LEFT if left else RIGHT


def sides_of(found: list[Difference], *, left_stays: bool) -> dict[str, Side]:
    """The choices in the words of the service."""
    meant = {
        LEFT: Side.KEPT if left_stays else Side.MERGED,
        RIGHT: Side.MERGED if left_stays else Side.KEPT,
        BOTH: Side.BOTH,
    }
    return {one.field: meant[one.choice] for one in found}
