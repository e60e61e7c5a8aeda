"""Personal links: the secret comes in by the address once, moves into a cookie, and the address is clean from then on.

So it stands in no browser history entry that is shown, no log of a proxy in between, no referrer. The cookie lives as
long as the browser is open; the link in the mail works again until it is revoked or the time for it is over.

A browser holds one link of a kind at a time. Forms carry the `fingerprint` of the link they were shown for, so that
what was typed for one link is never kept under another that was opened in a second tab meanwhile.
"""

import hmac

from flask import Blueprint, Response, current_app, request

from app.core import tokens
from app.core.hypermedia import redirect

FIELD = "link"
"""The name of the hidden form field that carries the fingerprint."""


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


def fingerprint(name: str) -> str:
    """What a form carries to say which link it was shown for; nobody gets from it to the secret."""
    return tokens.digest(secret(name))[:16]


def belongs_together(name: str) -> bool:
    """Whether the form that was sent was shown for the link this browser holds now."""
    return hmac.compare_digest(request.form.get(FIELD, "").encode(), fingerprint(name).encode())


def keep_private(bp: Blueprint) -> None:
    """Keep everything a blueprint answers out of caches and search engines: names of guests belong in neither."""
    bp.after_request(_private)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
