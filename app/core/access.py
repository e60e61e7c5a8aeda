"""Who may use an endpoint: declared at every view, refused where nothing is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request, url_for
from flask_login import current_user

from app.core.hypermedia import redirect
from app.core.typed import usable


@dataclass(frozen=True)
class Access:
    """The declaration: `kind` is public, token or office; `roles` counts for office only."""

    kind: str
    roles: frozenset[str] = frozenset()


def public(view: Callable) -> Callable:
    """Anybody may call it."""
    view.access = Access("public")
    return view


def by_token(view: Callable) -> Callable:
    """Whoever holds the code or link in the address may call it; the view checks it."""
    view.access = Access("token")
    return view


def office(*roles: str) -> Callable[[Callable], Callable]:
    """Only signed-in people with one of the roles; without roles, every member of the municipality."""

    def declare(view: Callable) -> Callable:
        view.access = Access("office", frozenset(roles))
        return view

    return declare


def init_app(app: Flask) -> None:
    """Put the guard before every request."""
    public(app.view_functions["static"])
    app.before_request(_guard)


def declared(endpoint: str) -> Access | None:
    """The declaration of an endpoint of the running application, or None."""
    return getattr(current_app.view_functions.get(endpoint), "access", None)


def _guard():
    if request.endpoint is None:
        return None  # no such address: the router answers 404 or 405
    access = declared(request.endpoint)
    if access is None:
        abort(403)
    if access.kind == "token":
        return None
    signed_in = current_user.is_authenticated  # asked here, so that no template has to read the database for it
    if access.kind == "public":
        return None
    if not signed_in:
        return redirect(url_for("accounts.sign_in", weiter=_came_for()))
    if access.roles and current_user.role not in access.roles:
        abort(403)
    return None


def _came_for() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None


def safe_path(target: str | None) -> str | None:
    """A path on this site to go on to after signing in, or None: never another host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if usable(target) != target or any(character in target for character in "\t\r\n"):
        return None  # browsers drop these: "/<tab>/host" would become "//host"
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target


def refuse_cross_site() -> None:
    """Abort with 403 when a browser says that another site sent this request."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin and _host_of(origin) != request.host:
        abort(403)


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None
