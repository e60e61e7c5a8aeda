"""The station „Papier“: begin, write section by section, freeze, publish."""

import json

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences import queries as conferences
from app.conferences.models import Conference
from app.consolidation import queries as consolidation
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.errors import NotFound, RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.papers import outline, prose, queries, rules, services
from app.papers.forms import FreezeForm, SectionForm, TitleForm, reasons_of
from app.papers.models import PaperSection, StrategyPaper

bp = Blueprint("papers", __name__)


@bp.get("/konferenzen/<int:conference_id>/papier/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def write(conference_id: int):
    """The outline with what is written, the recommendations, and the versions; or the form that begins a paper."""
    conference = _conference(conference_id)
    paper = queries.paper_of_conference(conference)
    if paper is None:
        return _start_page(conference, TitleForm(data={"title": _proposed_title(conference)}))
    return _write_page(conference, paper, TitleForm(data={"title": paper.title}))


@bp.post("/konferenzen/<int:conference_id>/papier/")
@office(Role.ORGANISER)
def start(conference_id: int):
    """Begin the paper with first texts from the data."""
    conference, form = _conference(conference_id), TitleForm()
    if not form.validate():
        return _start_page(conference, form, status=422)
    services.start_paper(
        municipality=current_user.municipality,
        conference=conference,
        title=form.title.data,
        user=current_user.user,
        now=clock.now(),
    )
    db.session.commit()
    say(_("Das Papier ist begonnen. Wo die Daten etwas hergeben, steht schon ein erster Text."))
    return redirect(url_for("papers.write", conference_id=conference.id))


@bp.post("/konferenzen/<int:conference_id>/papier/titel")
@office(Role.ORGANISER)
def rename(conference_id: int):
    """Change the title of what is being written."""
    conference, form = _conference(conference_id), TitleForm()
    paper = queries.get_paper_of_conference(conference)
    if not form.validate():
        return _write_page(conference, paper, form, status=422)
    services.rename_paper(paper=paper, title=form.title.data, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Der Titel ist geändert."))
    return redirect(url_for("papers.write", conference_id=conference.id))


@bp.get("/konferenzen/<int:conference_id>/papier/abschnitt/<key>")
@office(Role.ORGANISER)
def section(conference_id: int, key: str):
    """One section: text and preview."""
    conference, paper, row = _section(conference_id, key)
    return _section_page(conference, paper, row, SectionForm(data={"body": row.body, "revision": row.revision}))


@bp.post("/konferenzen/<int:conference_id>/papier/abschnitt/<key>")
@office(Role.ORGANISER)
def section_post(conference_id: int, key: str):
    """Save the text, unless somebody else saved since: then both texts are shown."""
    conference, paper, row = _section(conference_id, key)
    form = SectionForm()
    if not form.validate():
        return _section_page(conference, paper, row, form, status=422)
    try:
        services.save_section(
            section=row, body=form.body.data, revision=form.begun_from(), user=current_user.user, now=clock.now()
        )
    except services.SectionMoved:
        current = queries.get_section_as_saved(row)
        form.revision.data = str(current.revision)
        return _section_page(conference, paper, current, form, status=409, conflict=True)
    db.session.commit()
    say(_("„%(title)s“ ist gespeichert.", title=row.title))
    return redirect(url_for("papers.section", conference_id=conference.id, key=key))


@bp.post("/konferenzen/<int:conference_id>/papier/abschnitt/<key>/vorschau")
@office(Role.ORGANISER)
def preview(conference_id: int, key: str):
    """What the typed text looks like; nothing is saved."""
    conference, paper, row = _section(conference_id, key)
    form = SectionForm()
    return _section_page(conference, paper, row, form, status=200 if form.validate() else 422)


@bp.get("/konferenzen/<int:conference_id>/papier/einfrieren")
@office(Role.ORGANISER)
def freeze(conference_id: int):
    """What freezing means, and reasons for recommendations that rest on nothing."""
    conference = _conference(conference_id)
    paper = queries.get_paper_of_conference(conference)
    newest = queries.find_newest_version(paper.id)
    recommendations = consolidation.list_recommendations(conference)
    weights = consolidation.weights(conference)
    lacking = rules.lacking_numbers(json.loads(newest.document)) if newest else set()
    bare = [
        row
        for row in recommendations
        if row.number in lacking or not (row.indicators or any(point.id in weights for point in row.points))
    ]
    return render(
        "papers/freeze.html",
        form=FreezeForm(),
        conference=conference,
        paper=paper,
        number=newest.number + 1 if newest else 1,
        empty=[row for row in paper.sections if not row.body],
        recommendations=recommendations,
        bare=bare,
        reasons=services.kept_reasons(newest),
        tally=consolidation.tally(conference),
    )


@bp.post("/konferenzen/<int:conference_id>/papier/einfrieren")
@office(Role.ORGANISER)
def freeze_post(conference_id: int):
    """Freeze the next version and go on to its publication."""
    paper = queries.get_paper_of_conference(_conference(conference_id))
    version = services.freeze_paper(
        paper=paper, reasons=reasons_of(request.form), user=current_user.user, now=clock.now()
    )
    db.session.commit()
    say(_("Version %(number)s ist eingefroren. Noch sieht sie nur die Verwaltung.", number=version.number))
    return redirect(url_for("papers.publish", conference_id=conference_id, number=version.number))


@bp.get("/konferenzen/<int:conference_id>/papier/version/<int:number>/veroeffentlichen")
@office(Role.ORGANISER)
def publish(conference_id: int, number: int):
    """What becomes public, where, and what it replaces."""
    conference = _conference(conference_id)
    paper = queries.get_paper_of_conference(conference)
    return _publish_page(conference, paper, number)


@bp.post("/konferenzen/<int:conference_id>/papier/version/<int:number>/veroeffentlichen")
@office(Role.ORGANISER)
def publish_post(conference_id: int, number: int):
    """Publish the version for good."""
    conference = _conference(conference_id)
    paper = queries.get_paper_of_conference(conference)
    version = queries.get_version(paper, number)
    try:
        services.publish_paper(version=version, user=current_user.user, now=clock.now())
    except RuleBroken as refusal:
        return _publish_page(conference, paper, number, status=409, refusal=str(refusal))
    db.session.commit()
    say(_("Version %(number)s ist veröffentlicht.", number=number))
    return redirect(url_for("papers.write", conference_id=conference_id))


def _conference(conference_id: int) -> Conference:
    return conferences.get_conference(current_user.municipality, conference_id)


def _section(conference_id: int, key: str) -> tuple[Conference, StrategyPaper, PaperSection]:
    conference = _conference(conference_id)
    paper = queries.get_paper_of_conference(conference)
    return conference, paper, queries.get_section(paper, key)


def _proposed_title(conference: Conference) -> str:
    year = clock.local_date(conference.starts_at).year
    return _("Strategiepapier %(area)s %(year)s", area=conference.area.name, year=year)


def _start_page(conference: Conference, form: TitleForm, status: int = 200):
    return render(
        "papers/start.html", status=status, form=form, conference=conference, sections=outline.SECTIONS.values()
    )


def _write_page(conference: Conference, paper: StrategyPaper, form: TitleForm, status: int = 200):
    return render(
        "papers/write.html",
        status=status,
        form=form,
        conference=conference,
        paper=paper,
        outline=[(row, prose.count_words(row.body)) for row in paper.sections],
        hints=outline.HINTS,
        recommendations=consolidation.list_recommendations(conference),
        versions=queries.list_versions(paper),
        address=_address(paper),
    )


def _section_page(
    conference: Conference,
    paper: StrategyPaper,
    row: PaperSection,
    form: SectionForm,
    status: int = 200,
    conflict: bool = False,
):
    place = next(place for place, one in enumerate(paper.sections) if one.id == row.id)
    return render(
        "papers/section.html",
        "papers/_preview.html" if request.endpoint == "papers.preview" else None,
        status=status,
        form=form,
        conference=conference,
        paper=paper,
        section=row,
        hint=outline.HINTS.get(row.key, ""),
        preview=prose.to_html(form.body.data or ""),
        words=prose.count_words(form.body.data or ""),
        saved=prose.to_html(row.body) if conflict else None,
        before=paper.sections[place - 1] if place else None,
        after=next(iter(paper.sections[place + 1 :]), None),
        recommendations=consolidation.list_recommendations(conference) if row.key == "fields" else [],
    )


def _publish_page(conference: Conference, paper: StrategyPaper, number: int, status: int = 200, refusal: str = ""):
    version = queries.get_version(paper, number)
    if version.published_at is not None:
        raise NotFound(number)
    document = json.loads(version.document)
    newest = queries.find_newest_version(paper.id)
    return render(
        "papers/publish.html",
        status=status,
        form=FreezeForm(),
        conference=conference,
        paper=paper,
        version=version,
        document=document,
        refusal=refusal or rules.refusal_to_publish(document, newest=newest.number, published=False),
        address=_address(paper),
        draft=url_for(
            "papers_public.paper", slug=current_user.municipality.slug, paper_slug=paper.slug, version=number
        ),
    )


def _address(paper: StrategyPaper) -> str:
    return public_base_url() + url_for(
        "papers_public.paper", slug=current_user.municipality.slug, paper_slug=paper.slug
    )
