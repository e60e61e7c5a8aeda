"""Closed lists of the areas floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class GroupKind(LabelledEnum):
    """Why some areas are taken together."""

    GROUPING = "grouping", _l("Zusammenfassung")
    ACTION_AREA = "action_area", _l("Handlungsraum")
