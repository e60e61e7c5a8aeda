"""Who sends, without knowing who it is: a random token in the cookie, a digest per conference in the database."""

from flask import Response, current_app, request

from app.core import tokens

THREE_DAYS = 3 * 24 * 60 * 60


def _cookie_name() -> str:
    return "__Host-teilnahme" if current_app.config["SESSION_COOKIE_SECURE"] else "teilnahme"


def token() -> str | None:
    """The token this browser sent, or None."""
    return request.cookies.get(_cookie_name()) or None


def in_conference(conference_id: int) -> str | None:
    """What is stored of the participant: another digest in every conference, so that they cannot be joined."""
    given = token()
    return tokens.digest(f"{given}|{conference_id}") if given else None


def remember(response: Response) -> Response:
    """Give a browser that has none a token, on the way out."""
    if token() is None:
        response.set_cookie(
            _cookie_name(),
            tokens.new_link_token(),
            max_age=THREE_DAYS,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            path="/",
        )
    return response
