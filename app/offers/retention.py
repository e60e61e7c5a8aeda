"""Links of providers and the mails that carried them go after a year."""

from datetime import datetime

from sqlalchemy import delete, select

from app.core.mail import MailMessage
from app.core.retention import retention_rule
from app.extensions import db
from app.offers.link_rules import KEPT_FOR
from app.offers.models import ProviderLink


@retention_rule("Links für Träger")
def forget_links(now: datetime) -> int:
    """Delete links made more than a year ago together with their mails; what they confirmed stays."""
    due = ProviderLink.created_at < now - KEPT_FOR
    mails = list(db.session.scalars(select(ProviderLink.mail_id).where(due, ProviderLink.mail_id.is_not(None))))
    gone = db.session.execute(delete(ProviderLink).where(due)).rowcount
    db.session.execute(delete(MailMessage).where(MailMessage.id.in_(mails)))
    return gone
