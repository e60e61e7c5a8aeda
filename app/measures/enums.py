"""Closed lists of follow-up."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class ImplementationStatus(LabelledEnum):
    """Umsetzungsstand of a recommendation."""

    NOT_STARTED = "not_started", _l("nicht begonnen")
    PLANNED = "planned", _l("in Planung")
    IN_PROGRESS = "in_progress", _l("in Umsetzung")
    COMPLETED = "completed", _l("umgesetzt")
    CONTINUED = "continued", _l("verstetigt")
    DEFERRED = "deferred", _l("zurückgestellt")
    NOT_FEASIBLE = "not_feasible", _l("nicht umsetzbar")


class Light(LabelledEnum):
    """Traffic light, always with its word."""

    GREEN = "green", _l("läuft")
    YELLOW = "yellow", _l("stockt")
    RED = "red", _l("steht")
