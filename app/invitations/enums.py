"""Closed lists of the invitations floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Answer(LabelledEnum):
    """What an invited institution answered."""

    NONE = "none", _l("noch offen")
    YES = "yes", _l("kommt")
    SUBSTITUTE = "substitute", _l("schickt Vertretung")
    NO = "no", _l("kommt nicht")


class Channel(LabelledEnum):
    """How the answer reached us."""

    LINK = "link", _l("über den Link")
    PHONE = "phone", _l("telefonisch")


class Origin(LabelledEnum):
    """How somebody came to be registered."""

    INVITATION = "invitation", _l("auf Einladung")
    BY_HAND = "by_hand", _l("von Hand eingetragen")
    OPEN = "open", _l("offene Anmeldung")
    WALK_IN = "walk_in", _l("am Tag dazugekommen")


class Place(LabelledEnum):
    """Whether somebody has a place."""

    CONFIRMED = "confirmed", _l("angemeldet")
    WAITING = "waiting", _l("auf der Warteliste")
    CANCELLED = "cancelled", _l("abgesagt")


class MailKind(LabelledEnum):
    """What a mail of a conference is for; those after the gap answer something the recipient did."""

    REMINDER = "reminder", _l("Erinnerung an die Einladung")
    CHANGE = "change", _l("Änderung")
    CANCELLATION = "cancellation", _l("Absage der Veranstaltung")
    BEFORE = "before", _l("Kurz vor der Veranstaltung")
    THANKS = "thanks", _l("Dank und Rückmeldung")
    OUTCOME = "outcome", _l("Was daraus wurde")

    SUBSTITUTE = "substitute", _l("Nachricht an die Vertretung")
    REGISTERED = "registered", _l("Anmeldung bestätigt")
    CONFIRM = "confirm", _l("Bitte um Bestätigung")
    WAITING = "waiting", _l("Warteliste")
    MOVED_UP = "moved_up", _l("Platz frei geworden")


class Delivery(LabelledEnum):
    """Where the mail of an invitation stands."""

    DRAFT = "draft", _l("zu prüfen")
    WAITING = "waiting", _l("freigegeben")
    SENT = "sent", _l("gesendet")
    REFUSED = "refused", _l("abgelehnt")
    UNCLEAR = "unclear", _l("unklar")
    BOUNCED = "bounced", _l("kam zurück")
    NONE = "none", _l("ohne Mail")
