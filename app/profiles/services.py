"""Acts on what professionals say about an area."""

from datetime import date

from flask_babel import gettext as _

from app.areas.models import Area
from app.core.errors import RuleBroken
from app.extensions import db
from app.profiles.models import Assessment


def add_assessment(*, area: Area, author_group: str, made_on: date, text: str, public: bool, today: date) -> Assessment:
    """Note how a group sees an area. Raises RuleBroken for an empty text or group and for a day to come."""
    row = Assessment(area_id=area.id)
    _fill(row, author_group, made_on, text, today)
    row.public = public
    db.session.add(row)
    db.session.flush()
    return row


def update_assessment(
    *, assessment: Assessment, author_group: str, made_on: date, text: str, public: bool, today: date
) -> None:
    """Change an assessment. Raises RuleBroken like `add_assessment`."""
    _fill(assessment, author_group, made_on, text, today)
    assessment.public = public
    db.session.flush()


def remove_assessment(*, assessment: Assessment) -> None:
    """Take an assessment away; the route remembers its words so that it can be put back."""
    db.session.delete(assessment)
    db.session.flush()


def _fill(row: Assessment, author_group: str, made_on: date, text: str, today: date) -> None:
    author_group, text = " ".join(author_group.split()), text.strip()
    if not author_group or not text:
        raise RuleBroken(_("Eine Einschätzung braucht eine Gruppe, die sie abgibt, und einen Text."))
    if made_on > today:
        raise RuleBroken(_("Der Tag liegt in der Zukunft. Geben Sie an, wann die Einschätzung abgegeben wurde."))
    row.author_group, row.made_on, row.text = author_group, made_on, text
