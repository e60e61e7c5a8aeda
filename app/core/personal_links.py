"""Personal links: the secret comes in by the address once, moves into a cookie, and the address is clean from then on.

So it stands in no browser history entry that is shown, no log of a proxy in between, no referrer. The cookie lives as
long as the browser is open; the link in the mail works again until it is revoked or the time for it is over.
"""

from flask import Response, current_app, request

from app.core.hypermedia import redirect


def _cookie(name: str) -> str:
    return f"__Host-{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name


def exchange(name: str, token: str, clean_address: str) -> Response:
    """Put the secret into the cookie `name` and send the browser on to the address without it."""
    response = redirect(clean_address)
    response.set_cookie(
        _cookie(name),
        token,
        httponly=True,
        samesite="Lax",  # the link is followed from a mail: a strict cookie would not come along
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def secret(name: str) -> str:
    """The secret this browser brought, or an empty text."""
    return request.cookies.get(_cookie(name), "")
