"""Asking providers to look through their offers: whom, the mails as they will read, who answered."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.delivery import deliver_released
from app.core.hypermedia import redirect, render, say
from app.core.jobs import jobs
from app.extensions import db
from app.offers import link_queries, link_rules, link_services
from app.offers.blueprint import bp
from app.offers.enums import LinkState
from app.offers.link_forms import AskForm, ReleaseForm
from app.offers.link_queries import Provider
from app.offers.models import ProviderLink


@bp.get("/angebote/traeger")
@office(Role.ORGANISER)
def links():
    """Every request by state, newest of each provider first."""
    return render("offers/links.html", tray=_tray(), kept_for_days=link_rules.KEPT_FOR.days)


@bp.get("/angebote/traeger/auswahl")
@office(Role.ORGANISER)
def ask():
    """Providers with offers; those whose entries nobody confirmed for a year are marked."""
    providers = _providers()
    form = AskForm(reply_by=clock.local_date(clock.now() + link_rules.REPLY_WITHIN))
    form.institutions.data = [
        one.institution.id for one in providers if one.stale and one.contact and one.open_link is None
    ]
    return _ask_page(form, providers)


@bp.post("/angebote/traeger/auswahl")
@office(Role.ORGANISER)
def ask_post():
    """Write the mails for review; nothing leaves the house."""
    providers = {one.institution.id: one for one in _providers() if one.contact}
    form = AskForm()
    now = clock.now()
    form.offer(list(providers), clock.local_date(now), clock.local_date(now + link_rules.VALID_FOR))
    if not form.validate():
        return _ask_page(form, _providers(), status=422)
    asked = link_services.ask_providers(
        municipality=current_user.municipality,
        institutions=[providers[id_].institution for id_ in form.institutions.data],
        reply_by=form.reply_by.data,
        note=form.note.data,
        user=current_user.user,
        base_url=public_base_url(),
        now=now,
    )
    db.session.commit()
    say(ngettext("Eine Mail liegt zum Prüfen bereit.", "%(num)s Mails liegen zum Prüfen bereit.", len(asked)))
    return redirect(url_for("atlas.links"))


@bp.get("/angebote/traeger/freigabe")
@office(Role.ORGANISER)
def release():
    """Asks once more: how many mails leave the house, and to whom."""
    return render("offers/release.html", links=_tray()[LinkState.DRAFT])


@bp.post("/angebote/traeger/freigabe")
@office(Role.ORGANISER)
def release_post():
    """Let exactly the mails named on the confirmation page leave."""
    drafts = {link.id: link for link in _tray()[LinkState.DRAFT]}
    form = ReleaseForm(list(drafts))
    if not form.validate() or not form.links.data:
        say(_("Der Postausgang hat sich geändert. Es ist nichts hinausgegangen; prüfen Sie noch einmal."), "warning")
        return redirect(url_for("atlas.links"))
    count = link_services.release_requests(
        municipality=current_user.municipality,
        links=[drafts[id_] for id_ in form.links.data],
        user=current_user.user,
        now=clock.now(),
    )
    db.session.commit()
    jobs.enqueue(current_app, deliver_released)
    say(ngettext("Eine Mail geht jetzt hinaus.", "%(num)s Mails gehen jetzt hinaus.", count))
    return redirect(url_for("atlas.links"))


@bp.post("/angebote/traeger/<int:link_id>/widerrufen")
@office(Role.ORGANISER)
def revoke(link_id: int):
    """Make a link useless."""
    link = link_queries.get_link(current_user.municipality, link_id)
    name = link.institution.name
    link_services.revoke_link(
        municipality=current_user.municipality, link=link, user=current_user.user, now=clock.now()
    )
    db.session.commit()
    say(_("Der Link von %(name)s gilt nicht mehr.", name=name), "info")
    return redirect(url_for("atlas.links"))


@bp.post("/angebote/traeger/<int:link_id>/neu")
@office(Role.ORGANISER)
def reissue(link_id: int):
    """Write again with a new link; the mail waits for review."""
    link = link_queries.get_link(current_user.municipality, link_id)
    name = link.institution.name
    link_services.reissue_link(
        municipality=current_user.municipality,
        link=link,
        user=current_user.user,
        base_url=public_base_url(),
        now=clock.now(),
    )
    db.session.commit()
    say(_("Für %(name)s liegt eine neue Mail zum Prüfen bereit. Der alte Link gilt nicht mehr.", name=name))
    return redirect(url_for("atlas.links"))


def _tray() -> dict[LinkState, list[ProviderLink]]:
    now = clock.now()
    tray: dict[LinkState, list[ProviderLink]] = {state: [] for state in LinkState}
    for link in link_queries.list_links(current_user.municipality):
        tray[link_queries.state_of(link, now)].append(link)
    return tray


def _providers() -> list[Provider]:
    now = clock.now()
    return link_queries.list_providers(current_user.municipality, now, clock.local_date(now))


def _ask_page(form: AskForm, providers: list[Provider], status: int = 200):
    return render("offers/ask.html", status=status, form=form, providers=providers, ticked=form.institutions.data or [])
