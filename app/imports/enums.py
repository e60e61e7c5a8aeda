"""Closed lists of the imports floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class ImportState(LabelledEnum):
    """How far an upload is on its way into the tables."""

    UPLOADED = "uploaded", _l("hochgeladen")
    CHECKING = "checking", _l("wird geprüft")
    CHECKED = "checked", _l("geprüft, noch nicht übernommen")
    RUNNING = "running", _l("wird übernommen")
    DONE = "done", _l("übernommen")
    FAILED = "failed", _l("nicht übernommen")
    UNDONE = "undone", _l("zurückgenommen")


class RowState(LabelledEnum):
    """What taking a row over would do."""

    REFUSED = "refused", _l("abgelehnt")
    NEW = "new", _l("neu")
    CHANGED = "changed", _l("geändert")
    SAME = "same", _l("unverändert")
