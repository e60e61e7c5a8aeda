"""Closed lists of the conferences floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Moderation(LabelledEnum):
    """What a host must have seen before others see it."""

    BEFORE_WALL = "before_wall", _l("Am Tisch sofort, auf der Wand erst nach Freigabe")
    BEFORE_TABLE = "before_table", _l("Auch am Tisch erst nach Freigabe")
