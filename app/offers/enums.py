"""Closed lists of the offers floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Entrance(LabelledEnum):
    """Whether people with a wheelchair or pram get in."""

    UNKNOWN = "unknown", _l("nicht bekannt")
    STEP_FREE = "step_free", _l("stufenlos")
    PARTLY = "partly", _l("teilweise stufenlos")
    STEPS = "steps", _l("nur über Stufen")


class Standing(LabelledEnum):
    """Which offers need a look; an offer may stand in several."""

    UNCONFIRMED = "unconfirmed", _l("nicht bestätigt in 12 Monaten")
    RUNNING_OUT = "running_out", _l("Förderung endet in 12 Monaten")
    ENDED = "ended", _l("beendet")


class LinkState(LabelledEnum):
    """Where the request to a provider stands."""

    DRAFT = "draft", _l("zu prüfen")
    WAITING = "waiting", _l("unterwegs")
    SENT = "sent", _l("noch keine Antwort")
    REFUSED = "refused", _l("abgelehnt vom Mailserver")
    UNCLEAR = "unclear", _l("Versand unklar")
    ANSWERED = "answered", _l("beantwortet")
    REVOKED = "revoked", _l("widerrufen")
    EXPIRED = "expired", _l("abgelaufen")
