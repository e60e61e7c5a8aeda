"""Planned mailings leave by themselves: looked at every minute, each exactly once, none after a restore."""

import logging

from flask import current_app

from app.accounts.models import Municipality
from app.core import clock
from app.core.archive import restored
from app.core.base_url import public_base_url
from app.core.jobs import jobs
from app.extensions import db
from app.mailings import queries, services
from app.mailings.services import Reach

log = logging.getLogger(__name__)


def reach_of(municipality: Municipality) -> Reach:
    """Where the links of a municipality's mails lead."""
    base_url = public_base_url()
    path = current_app.url_map.bind("").build("portal.papers", {"slug": municipality.slug})
    return Reach(base_url, base_url + path)


@jobs.every_minute
@jobs.job
def write_due_mailings() -> int:
    """Write and release every mailing that is due, one commit each; returns how many mails.

    One that cannot be written does not keep the others back; it is tried again the next minute.
    """
    now = clock.now()
    due = queries.list_due(now)
    db.session.rollback()
    return sum(_write_one(mailing_id, now) for mailing_id in due)


def _write_one(mailing_id: int, now) -> int:
    try:
        municipality = queries.get_circumstances(mailing_id)[2]
        reach = reach_of(municipality)
        db.session.rollback()
        written = services.write_due_mailing(mailing_id=mailing_id, reach=reach, now=now)
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("mailing_not_written", extra={"mailing": mailing_id})
        return 0
    return written or 0


@restored.connect
def stop_planned(_sender: object, **_others) -> None:
    """After a restore nobody knows what left since: planned mailings need a person again."""
    services.stop_all_planned(clock.now())
