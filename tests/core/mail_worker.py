"""What a killed worker runs: the real delivery, and a wrong one for comparison. Imported once, then forked."""

from sqlalchemy import select

from app.core import delivery
from app.core.mail import MailMessage, MailState
from app.extensions import db
from wsgi import app


def deliver(settings: dict) -> None:
    """As the worker does it every minute."""
    app.config.update(settings)
    with app.app_context():
        delivery.deliver_released()


def deliver_in_the_wrong_order(settings: dict) -> None:
    """Sends first and notes afterwards: what happens when nobody claims."""
    app.config.update(settings)
    released = select(MailMessage).where(MailMessage.state == MailState.RELEASED).order_by(MailMessage.id).limit(1)
    with app.app_context(), delivery._carrier() as carrier:
        while (row := db.session.scalar(released)) is not None:
            prepared = delivery._prepare(row, row.created_at)
            db.session.rollback()
            carrier.carry(prepared)
            db.session.get(MailMessage, prepared.id).state = MailState.SENT
            db.session.commit()
