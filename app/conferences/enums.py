"""Closed lists of the conferences floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Moderation(LabelledEnum):
    """What a host must have seen before others see it."""

    BEFORE_WALL = "before_wall", _l("Am Tisch sofort, auf der Wand erst nach Freigabe")
    BEFORE_TABLE = "before_table", _l("Auch am Tisch erst nach Freigabe")


class Participation(LabelledEnum):
    """Who may take part; it differs between municipalities and changes from round to round."""

    INVITATION = "invitation", _l("nur auf Einladung")
    OPEN = "open", _l("offen für alle, mit Anmeldung")
    MIXED = "mixed", _l("Einladungen und offene Anmeldung")
    ADMINISTRATION = "administration", _l("nur Verwaltung")

    @property
    def takes_registrations(self) -> bool:
        """Whether people may register without being invited."""
        return self in {Participation.OPEN, Participation.MIXED}
