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


class Delivery(LabelledEnum):
    """Where the mail of an invitation stands."""

    DRAFT = "draft", _l("zu prüfen")
    WAITING = "waiting", _l("freigegeben")
    SENT = "sent", _l("gesendet")
    REFUSED = "refused", _l("abgelehnt")
    UNCLEAR = "unclear", _l("unklar")
    NONE = "none", _l("ohne Mail")
