"""The paper as readers meet it: page, PDF, Word and the frozen document itself."""

import json
from collections.abc import Callable

from flask import Blueprint, Response, make_response, request, url_for
from flask_login import current_user

from app.accounts import queries as accounts
from app.accounts.enums import Role
from app.accounts.models import Municipality
from app.core.access import public
from app.core.base_url import public_base_url
from app.core.errors import NotFound
from app.core.hypermedia import render
from app.core.ids import typed_id
from app.papers import files, pdf, queries, word
from app.papers.booklet import booklet
from app.papers.models import PaperVersion
from app.papers.today import figures_today

bp = Blueprint("papers_public", __name__)
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/k/<slug>/papiere/<paper_slug>")
@public
def paper(slug: str, paper_slug: str):
    """The paper to read, with today's figures beside those of then."""
    municipality, version = _version(slug, paper_slug)
    document = json.loads(version.document)
    published = queries.list_published_versions(version.paper)
    return render(
        "papers/paper.html",
        municipality=municipality,
        paper=booklet(document, version.sha256, figures_today(municipality, document)),
        version=version,
        versions=published,
        newest=published[0][0] if published else None,
        asked=request.args.get("version"),
        address=_address(slug, paper_slug),
    )


@bp.get("/k/<slug>/papiere/<paper_slug>.json")
@public
def paper_json(slug: str, paper_slug: str):
    """The frozen document byte for byte; its SHA-256 is the ETag."""
    _municipality, version = _version(slug, paper_slug)
    response = make_response(version.document.encode())
    response.mimetype = "application/json"
    return _tagged(response, version.sha256)


@bp.get("/k/<slug>/papiere/<paper_slug>.pdf")
@public
def paper_pdf(slug: str, paper_slug: str):
    """The paper as tagged PDF."""
    return _file(slug, paper_slug, "pdf", "application/pdf", pdf.render)


@bp.get("/k/<slug>/papiere/<paper_slug>.docx")
@public
def paper_docx(slug: str, paper_slug: str):
    """The paper for Word."""
    return _file(slug, paper_slug, "docx", WORD_TYPE, word.render)


def _file(slug: str, paper_slug: str, suffix: str, mimetype: str, make: Callable[[dict, str], bytes]) -> Response:
    _municipality, version = _version(slug, paper_slug)
    address = _address(slug, paper_slug)
    content = files.kept(
        version.sha256,
        suffix,
        address,
        lambda: make(booklet(json.loads(version.document), version.sha256), address),
    )
    response = make_response(content)
    response.mimetype = mimetype
    kind = "inline" if suffix == "pdf" else "attachment"
    name = f"{version.paper.slug}-version-{version.number}.{suffix}"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


def _version(slug: str, paper_slug: str) -> tuple[Municipality, PaperVersion]:
    """The published version asked for or the newest; the office also reads its own frozen ones. Raises NotFound."""
    municipality = accounts.get_municipality(slug)
    asked = request.args.get("version", "")
    number = typed_id(asked)
    if asked and number is None:
        raise NotFound(asked)
    version = queries.find_published_version(municipality, paper_slug, number)
    if version is None and number and _works_here(municipality):
        version = queries.find_any_version(municipality, paper_slug, number)
    if version is None:
        raise NotFound(paper_slug)
    return municipality, version


def _works_here(municipality: Municipality) -> bool:
    return (
        current_user.is_authenticated
        and current_user.municipality.id == municipality.id
        and current_user.role in {Role.ORGANISER, Role.DEPARTMENT}
    )


def _address(slug: str, paper_slug: str) -> str:
    return public_base_url() + url_for("papers_public.paper", slug=slug, paper_slug=paper_slug)


def _tagged(response: Response, sha256: str) -> Response:
    response.set_etag(sha256)
    return response.make_conditional(request)
