"""The blueprint of everything guests of this floor open; it speaks their language and stays out of caches."""

from flask import Blueprint, Response

from app.core.languages import speak_to_guests

bp = Blueprint("registrations_public", __name__)
speak_to_guests(bp)


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    """Names of guests belong in no cache, and their pages in no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
