"""Acts on the organising team of a conference."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import update

from app.conferences import preparation_queries as queries
from app.conferences.models import Conference, MaterialItem, PreparationTask, TeamMember
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.institutions.models import Contact, Institution


def add_contact(*, conference: Conference, department: Institution, contact: Contact, duty: str = "") -> TeamMember:
    """Take somebody from the directory into the team. Raises RuleBroken for somebody who is in it."""
    take_turn(Conference, conference.id)
    if any(member.contact_id == contact.id for member in queries.list_team(conference)):
        raise RuleBroken(_("%(name)s ist schon im Team.", name=contact.name))
    return _add(conference, department, contact.name, contact.email, duty, contact.id)


def add_member(
    *, conference: Conference, department: Institution, name: str, email: str = "", duty: str = ""
) -> TeamMember:
    """Take somebody into the team who is not in the directory. Raises RuleBroken without a name."""
    return _add(conference, department, _name(name), email, duty, None)


def update_member(*, member: TeamMember, name: str, email: str, duty: str) -> None:
    """Change how somebody is called, reached, and what they take care of. Raises RuleBroken without a name."""
    member.name, member.email, member.duty = _name(name), email.strip(), duty.strip()
    db.session.flush()


def remove_member(*, member: TeamMember) -> None:
    """Take somebody out of the team; their tasks and material stay, without an owner."""
    db.session.delete(member)
    db.session.flush()


def bring_back(
    *,
    conference: Conference,
    department: Institution,
    name: str,
    email: str,
    duty: str,
    contact_id: int | None,
    task_ids: Sequence[int],
    item_ids: Sequence[int],
) -> TeamMember:
    """Put somebody back into the team, with those of their tasks and material nobody took over meanwhile."""
    member = _add(conference, department, name, email, duty, contact_id)
    for model, ids in ((PreparationTask, task_ids), (MaterialItem, item_ids)):
        db.session.execute(
            update(model)
            .where(model.conference_id == conference.id, model.id.in_(ids), model.owner_id.is_(None))
            .values(owner_id=member.id)
        )
    return member


def _add(
    conference: Conference, department: Institution, name: str, email: str, duty: str, contact_id: int | None
) -> TeamMember:
    member = TeamMember(
        conference_id=conference.id,
        department=department,
        contact_id=contact_id,
        name=name[:160],
        email=email.strip(),
        duty=duty.strip(),
    )
    db.session.add(member)
    db.session.flush()
    return member


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Geben Sie den Namen ein."))
    return name
