"""Closed lists of the accounts floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Role(LabelledEnum):
    """What a person may do in one municipality."""

    ORGANISER = "organiser", _l("Organisation")
    HOST = "host", _l("Tischmoderation")
    DEPARTMENT = "department", _l("Fachbereich")
    STATISTICS = "statistics", _l("Statistikstelle")


class GenderForm(LabelledEnum):
    """How the municipality writes people of all genders."""

    STAR = "star", _l("Expert*innen")
    COLON = "colon", _l("Expert:innen")
    SLASH = "slash", _l("Expert/-innen")
    PAIR = "pair", _l("Expertinnen und Experten")
