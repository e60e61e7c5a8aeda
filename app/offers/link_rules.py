"""How long a provider's link works, and where a request stands."""

from datetime import datetime, timedelta

from app.offers.enums import LinkState

VALID_FOR = timedelta(days=90)
REPLY_WITHIN = timedelta(days=21)
KEPT_FOR = timedelta(days=365)
MOST_OFFERS = 200  # of one provider: a link passed on must not fill the Sozialatlas


def opens(*, now: datetime, expires_at: datetime, revoked_at: datetime | None) -> bool:
    """Whether a link still leads to the page."""
    return revoked_at is None and now < expires_at


def state_of(
    *,
    now: datetime,
    expires_at: datetime,
    answered_at: datetime | None,
    revoked_at: datetime | None,
    mail_state: LinkState,
) -> LinkState:
    """The state of a request: an answer counts even when the link has gone since."""
    if answered_at is not None:
        return LinkState.ANSWERED
    if revoked_at is not None:
        return LinkState.REVOKED
    if now >= expires_at:
        return LinkState.EXPIRED
    return mail_state
