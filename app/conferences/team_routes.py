"""The organising team of a conference."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation, preparation_queries, queries
from app.conferences import team as acts
from app.conferences.blueprint import bp
from app.conferences.models import Conference, TeamMember
from app.conferences.preparation_forms import ContactForm, MemberForm, NewMemberForm
from app.conferences.removed import remember, remembered, take_back
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions import queries as institution_queries


@bp.get("/konferenzen/<int:conference_id>/team")
@office(Role.ORGANISER, Role.DEPARTMENT)
def team(conference_id: int):
    """Who prepares the conference, by department, and which department is still missing."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    return _team_page(conference)


@bp.post("/konferenzen/<int:conference_id>/team/aus-dem-verzeichnis")
@office(Role.ORGANISER)
def add_contact(conference_id: int):
    """Take somebody from the directory into the team."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    departments, members = _departments(), preparation_queries.list_team(conference)
    form = _with_contacts(ContactForm(), departments, members)
    if not form.validate():
        return _team_page(conference, contact_form=form, status=422)
    department, contact = form.contact_rows[form.contact.data]
    try:
        member = acts.add_contact(conference=conference, department=department, contact=contact, duty=form.duty.data)
    except RuleBroken as error:
        form.contact.errors = [str(error)]
        return _team_page(conference, contact_form=form, status=422)
    return _added(conference, member)


@bp.post("/konferenzen/<int:conference_id>/team")
@office(Role.ORGANISER)
def add_member(conference_id: int):
    """Take somebody into the team who is not in the directory."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = _with_departments(NewMemberForm(), _departments())
    if not form.validate():
        return _team_page(conference, member_form=form, status=422)
    member = acts.add_member(
        conference=conference,
        department=form.department_rows[form.department.data],
        name=form.name.data,
        email=form.email.data,
        duty=form.duty.data,
    )
    return _added(conference, member)


@bp.get("/konferenzen/<int:conference_id>/team/<int:member_id>")
@office(Role.ORGANISER)
def edit_member(conference_id: int, member_id: int):
    """The form with what is set."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    member = preparation_queries.get_member(conference, member_id)
    form = MemberForm(data={"name": member.name, "email": member.email, "duty": member.duty})
    return render("conferences/member_form.html", conference=conference, member=member, form=form)


@bp.post("/konferenzen/<int:conference_id>/team/<int:member_id>")
@office(Role.ORGANISER)
def edit_member_post(conference_id: int, member_id: int):
    """Save changes."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    member = preparation_queries.get_member(conference, member_id)
    form = MemberForm()
    if not form.validate():
        return render("conferences/member_form.html", status=422, conference=conference, member=member, form=form)
    acts.update_member(member=member, name=form.name.data, email=form.email.data, duty=form.duty.data)
    db.session.commit()
    say(_("Die Angaben zu %(name)s sind gespeichert.", name=member.name))
    return redirect(url_for("conferences.team", conference_id=conference.id))


@bp.post("/konferenzen/<int:conference_id>/team/<int:member_id>/entfernen")
@office(Role.ORGANISER)
def remove_member(conference_id: int, member_id: int):
    """Take somebody out of the team; tasks and material stay without an owner, and can be given back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    member = preparation_queries.get_member(conference, member_id)
    kept = _kept(member)
    remember("member", conference, kept)
    acts.remove_member(member=member)
    note("team.left", _("Ein Mitglied des Teams von „%(title)s“ entfernt.", title=conference.title))
    db.session.commit()
    say(
        _("%(name)s ist nicht mehr im Team. Die Aufgaben bleiben stehen und sind jetzt ohne Person.", name=kept["name"])
        if kept["task_ids"]
        else _("%(name)s ist nicht mehr im Team.", name=kept["name"]),
        "info",
    )
    return redirect(url_for("conferences.team", conference_id=conference.id))


@bp.post("/konferenzen/<int:conference_id>/team/zurueckholen")
@office(Role.ORGANISER)
def restore_member(conference_id: int):
    """Put back who was removed last, with the tasks nobody took over meanwhile."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    if kept := take_back("member", conference):
        department = institution_queries.get_institution(current_user.municipality, kept.pop("department_id"))
        contact_ids = {contact.id for contact in department.contacts}
        kept["contact_id"] = kept["contact_id"] if kept["contact_id"] in contact_ids else None
        acts.bring_back(conference=conference, department=department, **kept)
        db.session.commit()
        say(_("%(name)s ist wieder im Team.", name=kept["name"]))
    return redirect(url_for("conferences.team", conference_id=conference.id))


def _departments() -> list:
    return institution_queries.list_departments(current_user.municipality)


def _with_contacts(form: ContactForm, departments: list, members: list[TeamMember]) -> ContactForm:
    """Offer everybody in the departments who is not in the team yet."""
    taken = {member.contact_id for member in members}
    free = [(house, contact) for house in departments for contact in house.contacts if contact.id not in taken]
    form.contact_rows = {contact.id: (house, contact) for house, contact in free}
    form.contact.choices = {
        house.label: [(contact.id, _person(contact)) for owner, contact in free if owner is house]
        for house in departments
        if any(owner is house for owner, _contact in free)
    }
    return form


def _person(contact) -> str:
    return f"{contact.name}, {contact.role}" if contact.role else contact.name


def _with_departments(form: NewMemberForm, departments: list) -> NewMemberForm:
    form.department_rows = {row.id: row for row in departments}
    form.department.choices = [(row.id, row.label) for row in departments]
    return form


def _added(conference: Conference, member: TeamMember):
    note("team.joined", _("Ein Mitglied ins Team von „%(title)s“ aufgenommen.", title=conference.title))
    db.session.commit()
    say(_("%(name)s ist im Team.", name=member.name))
    return redirect(url_for("conferences.team", conference_id=conference.id))


def _kept(member: TeamMember) -> dict:
    task_ids, item_ids = preparation_queries.ids_owned_by(member)
    return {
        "department_id": member.department_id,
        "contact_id": member.contact_id,
        "name": member.name,
        "email": member.email,
        "duty": member.duty,
        "task_ids": task_ids,
        "item_ids": item_ids,
    }


def _team_page(
    conference: Conference,
    contact_form: ContactForm | None = None,
    member_form: NewMemberForm | None = None,
    status: int = 200,
):
    departments, members = _departments(), preparation_queries.list_team(conference)
    return render(
        "conferences/team.html",
        status=status,
        conference=conference,
        groups=preparation.by_department(members),
        missing=preparation.departments_without(departments, members),
        open_tasks=preparation_queries.count_tasks_by_owner(conference),
        departments=departments,
        contact_form=contact_form or _with_contacts(ContactForm(formdata=None), departments, members),
        member_form=member_form or _with_departments(NewMemberForm(formdata=None), departments),
        removed=remembered("member", conference),
    )
