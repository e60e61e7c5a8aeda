"""Requests to be invited, in the office: look, take into the directory, decline, think again."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions import merge_queries, queries, request_queries, requests
from app.institutions.blueprint import bp
from app.institutions.enums import InstitutionType
from app.institutions.models import InviteRequest
from app.institutions.request_forms import AttachForm, TakeForm


@bp.get("/institutionen/anfragen/")
@office(Role.ORGANISER)
def requests_index():
    """Who asked to be invited, new ones first."""
    rows = request_queries.list_requests(current_user.municipality)
    names = dict(queries.list_choices(current_user.municipality))
    return render("institutions/requests.html", requests=rows, names=names, kept=_kept())


@bp.get("/institutionen/anfragen/<int:request_id>")
@office(Role.ORGANISER)
def request_detail(request_id: int):
    """One request, whom it resembles, and what can be done with it."""
    return _page(_mine(request_id))


@bp.post("/institutionen/anfragen/<int:request_id>/aufnehmen")
@office(Role.ORGANISER)
def request_take(request_id: int):
    """Make a new entry of the directory."""
    asked, form = _mine(request_id), TakeForm()
    if not form.validate():
        return _page(asked, take=form, status=422)
    try:
        institution = requests.take_as_new(
            municipality=current_user.municipality,
            request=asked,
            name=form.name.data,
            type=InstitutionType(form.type.data),
            contact=form.details_for(asked),
            now=clock.now(),
        )
    except RuleBroken as error:
        form.name.errors = [str(error)]
        return _page(asked, take=form, status=422)
    note("request.taken", _("Anfrage um Einladung als „%(name)s“ ins Verzeichnis übernommen.", name=institution.name))
    db.session.commit()
    say(_("„%(name)s“ steht jetzt im Verzeichnis.", name=institution.name))
    return redirect(url_for("institutions.detail", institution_id=institution.id))


@bp.post("/institutionen/anfragen/<int:request_id>/zuordnen")
@office(Role.ORGANISER)
def request_attach(request_id: int):
    """Add the person to an institution that is there already."""
    asked, form = _mine(request_id), AttachForm()
    form.offer_institutions(queries.list_choices(current_user.municipality))
    if not form.validate():
        return _page(asked, attach=form, status=422)
    institution = queries.get_institution(current_user.municipality, int(form.institution.data))
    try:
        is_new = requests.take_as_contact(
            request=asked, institution=institution, contact=form.details_for(asked), now=clock.now()
        )
    except RuleBroken as error:
        form.institution.errors = [str(error)]
        return _page(asked, attach=form, status=422)
    note("request.attached", _("Anfrage um Einladung dem Eintrag „%(name)s“ zugeordnet.", name=institution.name))
    db.session.commit()
    say(
        _("Die Person ist jetzt Kontaktperson von „%(name)s“.", name=institution.name)
        if is_new
        else _("Die Adresse steht schon bei „%(name)s“. Die Anfrage ist zugeordnet.", name=institution.name)
    )
    return redirect(url_for("institutions.detail", institution_id=institution.id))


@bp.post("/institutionen/anfragen/<int:request_id>/ablehnen")
@office(Role.ORGANISER)
def request_decline(request_id: int):
    """Do not take it over."""
    requests.decline(request=_mine(request_id), now=clock.now())
    note("request.declined", _("Eine Anfrage um Einladung nicht übernommen."))
    db.session.commit()
    say(_("Nicht übernommen. Die Anfrage wird in 180 Tagen gelöscht; bis dahin können Sie es sich anders überlegen."))
    return redirect(url_for("institutions.requests_index"))


@bp.post("/institutionen/anfragen/<int:request_id>/zurueck")
@office(Role.ORGANISER)
def request_undo(request_id: int):
    """Let it wait again."""
    requests.think_again(request=_mine(request_id))
    note("request.reopened", _("Eine Anfrage um Einladung wieder auf „neu“ gesetzt."))
    db.session.commit()
    say(_("Die Anfrage wartet wieder auf Ihre Entscheidung. Was schon im Verzeichnis steht, bleibt dort."))
    return redirect(url_for("institutions.request_detail", request_id=request_id))


def _mine(request_id: int) -> InviteRequest:
    return request_queries.get_request(current_user.municipality, request_id)


def _kept() -> dict[int, int]:
    return queries.kept_ids(current_user.municipality)


def _page(asked: InviteRequest, take: TakeForm | None = None, attach: AttachForm | None = None, status: int = 200):
    alike = merge_queries.list_resembling(current_user.municipality, asked.institution_name, asked.email)
    person = requests.person_of(asked)
    begun = {"first_name": person.first_name, "last_name": person.last_name}
    if attach is None:
        attach = AttachForm(formdata=None, data={**begun, "institution": str(alike[0].id) if alike else ""})
        attach.offer_institutions(queries.list_choices(current_user.municipality))
    return render(
        "institutions/request.html",
        status=status,
        asked=asked,
        alike=alike,
        take=take or TakeForm(formdata=None, data={**begun, "name": asked.institution_name}),
        attach=attach,
        names=dict(queries.list_choices(current_user.municipality)),
        kept=_kept(),
    )
