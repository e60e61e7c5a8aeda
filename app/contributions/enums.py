"""Closed lists of the live room."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Kind(LabelledEnum):
    """What a contribution says."""

    NEED = "need", _l("Bedarf")
    GAP = "gap", _l("Lücke")
    OVERSUPPLY = "oversupply", _l("Überangebot")
    RESOURCE = "resource", _l("Ressource")
    IDEA = "idea", _l("Idee")
    QUESTION = "question", _l("Frage")

    @property
    def meaning(self):
        """One line for people who have never been at such a table."""
        return KIND_MEANINGS[self]


KIND_MEANINGS = {
    Kind.NEED: _l("Das brauchen Menschen hier."),
    Kind.GAP: _l("Das fehlt oder kennt niemand."),
    Kind.OVERSUPPLY: _l("Davon gibt es zu viel oder doppelt."),
    Kind.RESOURCE: _l("Das gibt es schon und hilft."),
    Kind.IDEA: _l("Das schlage ich vor."),
    Kind.QUESTION: _l("Das möchte ich wissen."),
}


class ContributionState(LabelledEnum):
    """Whether a host has seen it and let it onto the wall."""

    WAITING = "waiting", _l("wartet")
    SHOWN = "shown", _l("gezeigt")
    HIDDEN = "hidden", _l("ausgeblendet")


class Origin(LabelledEnum):
    """How a contribution got in."""

    PHONE = "phone", _l("Handy")
    HOST = "host", _l("von der Moderation eingetragen")
