"""Pages of the need links: which figure shows the need for which offers."""

from flask import request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.findings import queries, services, usual_links
from app.findings.blueprint import bp
from app.findings.forms import NeedLinkForm, typed_number
from app.findings.models import NeedLink
from app.indicators.enums import Agreement
from app.indicators.figures import measure_of
from app.indicators.models import Indicator
from app.indicators.queries import get_indicator, list_indicators
from app.offers.queries import list_categories

REMOVED = "findings-removed"


@bp.get("/befunde/bedarfsbezug/")
@office(Role.ORGANISER)
def links():
    """The need links, and usual ones to adopt."""
    found = queries.list_need_links(current_user.municipality)
    return render(
        "findings/links.html",
        links=found,
        proposals=_proposals(found),
        removed=session.get(REMOVED),
        groups={one.value: one for one in TargetGroup},
    )


@bp.post("/befunde/bedarfsbezug/uebernehmen")
@office(Role.ORGANISER)
def adopt_links():
    """Adopt all usual links for the indicators there are."""
    found = queries.list_need_links(current_user.municipality)
    count = services.adopt_usual(municipality=current_user.municipality, chosen=_proposals(found))
    note("need_links.adopted", _("%(n)s übliche Bedarfsbezüge übernommen.", n=count))
    db.session.commit()
    say(_("%(n)s Bedarfsbezüge sind übernommen. Sie können jeden ändern oder entfernen.", n=count))
    return redirect(url_for("findings.links"))


@bp.get("/befunde/bedarfsbezug/neu")
@office(Role.ORGANISER)
def create_link():
    """The empty form."""
    form = _prepared(NeedLinkForm(data={"category": request.args.get("kategorie", "")}))
    return render("findings/link_form.html", form=form, link=None)


@bp.post("/befunde/bedarfsbezug/neu")
@office(Role.ORGANISER)
def create_link_post():
    """Add a need link."""
    return _save(_prepared(NeedLinkForm()), None)


@bp.get("/befunde/bedarfsbezug/<int:need_link_id>")
@office(Role.ORGANISER)
def edit_link(need_link_id: int):
    """The form with what is stored."""
    link = queries.get_need_link(current_user.municipality, need_link_id)
    form = NeedLinkForm(
        data={
            "category": link.category,
            "target_group": link.target_group,
            "indicator": str(link.indicator_id),
            "population": str(link.population_id or ""),
            "benchmark": f"{link.benchmark:g}".replace(".", ",") if link.benchmark else "",
        }
    )
    return render("findings/link_form.html", form=_prepared(form, link), link=link)


@bp.post("/befunde/bedarfsbezug/<int:need_link_id>")
@office(Role.ORGANISER)
def edit_link_post(need_link_id: int):
    """Change a need link."""
    link = queries.get_need_link(current_user.municipality, need_link_id)
    return _save(_prepared(NeedLinkForm(), link), link)


@bp.post("/befunde/bedarfsbezug/<int:need_link_id>/entfernen")
@office(Role.ORGANISER)
def remove_link(need_link_id: int):
    """Remove a need link; the next page offers to bring it back."""
    link = queries.get_need_link(current_user.municipality, need_link_id)
    memory = services.unlink_need(link=link)
    note("need_link.removed", _("Bedarfsbezug für „%(name)s“ entfernt.", name=memory["category"]))
    db.session.commit()
    session[REMOVED] = memory
    return redirect(url_for("findings.links"))


@bp.post("/befunde/bedarfsbezug/zurueckholen")
@office(Role.ORGANISER)
def restore_link():
    """Bring the need link back that was removed last."""
    memory = session.pop(REMOVED, None)
    if memory is None:
        raise RuleBroken(_("Es gibt keinen entfernten Bedarfsbezug mehr, der sich zurückholen lässt."))
    link = services.link_need(
        municipality=current_user.municipality,
        category=memory["category"],
        target_group=TargetGroup(memory["target_group"]),
        indicator=get_indicator(current_user.municipality, memory["indicator_id"]),
        population=_population(memory["population_id"]),
        benchmark=memory["benchmark"],
    )
    note("need_link.restored", _("Bedarfsbezug für „%(name)s“ zurückgeholt.", name=link.category))
    db.session.commit()
    say(_("Der Bedarfsbezug für „%(name)s“ ist wieder da.", name=link.category))
    return redirect(url_for("findings.links"))


def _save(form: NeedLinkForm, link: NeedLink | None):
    if not form.validate():
        return render("findings/link_form.html", status=422, form=form, link=link)
    try:
        saved = services.link_need(municipality=current_user.municipality, link=link, **_given(form))
    except RuleBroken as error:
        form.category.errors = [str(error)]
        return render("findings/link_form.html", status=422, form=form, link=link)
    note("need_link.saved", _("Bedarfsbezug für „%(name)s“ gespeichert.", name=saved.category))
    db.session.commit()
    say(_("Der Bedarfsbezug für „%(name)s“ ist gespeichert.", name=saved.category))
    return redirect(url_for("findings.links"))


def _given(form: NeedLinkForm) -> dict:
    """What the form says, as the service takes it."""
    return {
        "category": form.category.data,
        "target_group": TargetGroup(form.target_group.data),
        "indicator": get_indicator(current_user.municipality, int(form.indicator.data)),
        "population": _population(form.population.data),
        "benchmark": typed_number(form.benchmark.data),
    }


def _population(indicator_id: str | int | None) -> Indicator | None:
    return get_indicator(current_user.municipality, int(indicator_id)) if indicator_id else None


def _prepared(form: NeedLinkForm, link: NeedLink | None = None) -> NeedLinkForm:
    """Offer categories in use and usual ones, agreed rates as need and counts as population."""
    accepted = _accepted()
    categories = usual_links.category_choices(list_categories(current_user.municipality))
    if link and link.category not in categories:
        categories.append(link.category)
    counts = [one for one in accepted if measure_of(one).counted]
    form.offer(categories, [one for one in accepted if not measure_of(one).counted], counts)
    return form


def _proposals(found: list[NeedLink]) -> list[usual_links.Proposal]:
    rates = [one for one in _accepted() if not measure_of(one).counted]
    taken = {(link.category, link.target_group) for link in found}
    return usual_links.proposals(rates, taken, list_categories(current_user.municipality))


def _accepted() -> list[Indicator]:
    return [one for one in list_indicators(current_user.municipality) if one.agreement is Agreement.ACCEPTED]
