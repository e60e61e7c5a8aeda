"""Closed lists of the tables floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Phase(LabelledEnum):
    """What happens at a table; contributions are taken while collecting and voting."""

    PREPARING = "preparing", _l("noch nicht eröffnet")
    COLLECTING = "collecting", _l("Beiträge sammeln")
    VOTING = "voting", _l("Punkte vergeben")
    CLOSED = "closed", _l("geschlossen")
