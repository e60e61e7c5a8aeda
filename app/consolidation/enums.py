"""Closed lists of consolidation."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Strength(LabelledEnum):
    """How far a recommendation commits."""

    EXAMINE = "examine", _l("prüfen")
    DESIGN = "design", _l("konzipieren")
    PILOT = "pilot", _l("erproben")
    EXTEND = "extend", _l("ausbauen")
    CONTINUE = "continue", _l("verstetigen")


class Competence(LabelledEnum):
    """Who can decide it."""

    OWN = "own", _l("eigene Zuständigkeit")
    SHARED = "shared", _l("gemeinsam mit anderen")
    APPEAL = "appeal", _l("Appell an Dritte")


class TimeHorizon(LabelledEnum):
    """Until when."""

    SHORT = "short", _l("kurzfristig (bis 1 Jahr)")
    MEDIUM = "medium", _l("mittelfristig (1 bis 3 Jahre)")
    LONG = "long", _l("langfristig (über 3 Jahre)")


class Priority(LabelledEnum):
    """How urgent."""

    HIGH = "high", _l("hoch")
    MEDIUM = "medium", _l("mittel")
    LOW = "low", _l("niedrig")
