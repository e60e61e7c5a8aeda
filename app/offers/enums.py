"""Closed lists of the offers floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Entrance(LabelledEnum):
    """Whether people with a wheelchair or pram get in."""

    UNKNOWN = "unknown", _l("nicht bekannt")
    STEP_FREE = "step_free", _l("stufenlos")
    PARTLY = "partly", _l("teilweise stufenlos")
    STEPS = "steps", _l("nur über Stufen")
