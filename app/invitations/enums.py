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
