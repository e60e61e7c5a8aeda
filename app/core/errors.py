"""What can go wrong on purpose, and the pages people see for it."""

import logging

from flask import Flask, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.extensions import db

COLLIDED = {"40P01", "40001"}  # PostgreSQL: deadlock detected, serialization failure
log = logging.getLogger(__name__)


class NotFound(LookupError):
    """A `get_` query found nothing that this person may see; becomes a 404."""


class RuleBroken(ValueError):
    """An act was refused by a rule of the field; the message says why and what to do."""


TITLES = {
    400: _l("Das hat nicht geklappt"),
    403: _l("Dafür fehlt Ihnen die Berechtigung"),
    404: _l("Diese Seite gibt es nicht"),
    405: _l("So lässt sich diese Adresse nicht aufrufen"),
    409: _l("Das geht im Moment nicht"),
    413: _l("Das ist zu groß"),
    429: _l("Bitte einen Moment warten"),
    500: _l("Bei uns ist etwas schiefgegangen"),
}
ADVICE = {
    400: _l("Gehen Sie bitte zurück, laden Sie die Seite neu und versuchen Sie es noch einmal."),
    403: _l("Fragen Sie die Person, die Thementisch bei Ihnen verwaltet."),
    404: _l("Prüfen Sie die Adresse. Vielleicht wurde etwas umbenannt oder ein Link ist abgelaufen."),
    405: _l("Gehen Sie bitte zurück und benutzen Sie die Schaltflächen der Seite."),
    409: _l("Laden Sie die Seite neu, um den aktuellen Stand zu sehen."),
    413: _l("Erlaubt sind höchstens 10 MB."),
    429: _l("Es kamen sehr viele Anfragen in kurzer Zeit. Versuchen Sie es in einer Minute wieder."),
    500: _l("Der Fehler ist festgehalten. Ihre letzte Eingabe wurde nicht halb gespeichert."),
}


def init_app(app: Flask) -> None:
    """Answer every error as a page (or JSON where asked) in the interface's language."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(NotFound, lambda error: _answer(404))  # noqa: ARG005 -- Flask's signature
    app.register_error_handler(RuleBroken, lambda error: _answer(409, str(error)))
    app.register_error_handler(IntegrityError, _collision)
    app.register_error_handler(StaleDataError, _collision)
    app.register_error_handler(OperationalError, _database_trouble)
    app.register_error_handler(Exception, _unexpected)


def _http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    response = _answer(error.code)
    for name, value in error.get_headers():
        if name.lower() in {"retry-after", "allow"}:
            response.headers[name] = value
    return response


def _csrf_error(error: CSRFError):  # noqa: ARG001 -- Flask's signature
    return _answer(400, _("Die Sitzung war abgelaufen. Laden Sie die Seite neu und senden Sie noch einmal."))


def _collision(error: Exception):
    """Two people did the same at once, and no service made them take turns: the first one stands."""
    db.session.rollback()
    log.warning("collision", exc_info=error)
    return _answer(409, _("Jemand anders hat gerade dasselbe geändert. Laden Sie die Seite neu."))


def _database_trouble(error: OperationalError):
    collided = getattr(error.orig, "sqlstate", None) in COLLIDED
    return _collision(error) if collided else _unexpected(error)


def _unexpected(error: Exception):
    db.session.rollback()
    log.exception("unexpected_error", exc_info=error)
    return _answer(500)


def _answer(code: int, message: str | None = None):
    title = TITLES.get(code, TITLES[400])
    advice = message or ADVICE.get(code, ADVICE[400])
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response = jsonify(error=str(title), message=str(advice))
    else:
        response = make_response(render_template("error.html", code=code, title=title, advice=advice))
    response.status_code = code
    return response
