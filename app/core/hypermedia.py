"""Pages and partials: the same route answers a browser and htmx."""

from flask import Response, flash, make_response, render_template, request
from flask import redirect as flask_redirect
from werkzeug.urls import iri_to_uri


def wants_partial() -> bool:
    """True when htmx asks for a part of the page it already shows."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def render(page: str, partial: str | None = None, status: int = 200, **context) -> Response:
    """Render `partial` for htmx and `page` for everybody else."""
    template = partial if partial and wants_partial() else page
    response = make_response(render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def redirect(location: str) -> Response:
    """Send browser or htmx to another page."""
    if request.headers.get("HX-Request") == "true":
        response = make_response("", 200)
        response.headers["HX-Redirect"] = iri_to_uri(location)
        return response
    return flask_redirect(location, 303)


def say(message: str, kind: str = "success") -> None:
    """Show a message on the next page; `kind` is success, info, warning or danger."""
    flash(message, kind)
