"""Closed lists of the invitations floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Answer(LabelledEnum):
    """What an invited institution answered."""

    NONE = "none", _l("noch offen")
    YES = "yes", _l("kommt")
    SUBSTITUTE = "substitute", _l("schickt Vertretung")
    NO = "no", _l("kommt nicht")


class AnswerProblem(LabelledEnum):
    """What may be wrong with an answer; as text it is the sentence that says so, in the reader's language."""

    NOBODY = "nobody", _l("Nennen Sie mindestens eine Person, die kommt.")
    CROWD = "crowd", _l("Höchstens 3 Personen je Einladung. Rufen Sie uns an, wenn mehr kommen möchten.")
    HALF_A_NAME = "half_a_name", _l("Geben Sie für jede Person Vorname und Nachname an.")
    TWICE = "twice", _l("Eine Person ist zweimal genannt.")
    MANY_WISHES = "many_wishes", _l("Höchstens 3 Themen.")
    SAME_WISH = "same_wish", _l("Wählen Sie jedes Thema nur einmal.")
    FOREIGN_WISH = "foreign_wish", _l("Ein Thema gehört nicht zu dieser Konferenz. Laden Sie die Seite neu.")

    def __str__(self) -> str:
        return str(self.label)


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
