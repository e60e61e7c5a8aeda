"""Words that several floors share: for whom something is meant."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class TargetGroup(LabelledEnum):
    """For whom something is needed, offered or recommended."""

    EARLY_CHILDHOOD = "early_childhood", _l("Schwangere und Kinder bis 3")
    CHILDREN = "children", _l("Kinder von 3 bis 10")
    YOUTH = "youth", _l("Jugendliche")
    YOUNG_ADULTS = "young_adults", _l("Junge Erwachsene")
    FAMILIES = "families", _l("Familien")
    SINGLE_PARENTS = "single_parents", _l("Alleinerziehende")
    UNEMPLOYED = "unemployed", _l("Erwerbslose")
    NEWCOMERS = "newcomers", _l("Zugewanderte und Geflüchtete")
    OLDER = "older", _l("Ältere")
    DISABLED = "disabled", _l("Menschen mit Behinderung")
    CARERS = "carers", _l("Pflegende Angehörige")
    HOMELESS = "homeless", _l("Wohnungslose")
    ADDICTED = "addicted", _l("Menschen mit Suchterkrankung")
    ALL = "all", _l("Alle")
