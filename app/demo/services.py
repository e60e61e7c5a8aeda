"""Seeding the demo town: each stage adds what is missing, through the same services as people's acts."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from app.conferences.models import Conference
from app.conferences.queries import list_conferences
from app.core import clock
from app.demo import dialogue, last_year
from app.demo import place as places
from app.demo.place import Place


class Stage(StrEnum):
    """How far the running conference has come."""

    INVITED = "invited"
    LIVE = "live"
    CONSOLIDATED = "consolidated"
    PUBLISHED = "published"


DAYS_SINCE_THE_CONFERENCE = {Stage.INVITED: -21, Stage.LIVE: 0, Stage.CONSOLIDATED: 3, Stage.PUBLISHED: 90}


def seed(*, stage: Stage, base_url: str, now: datetime) -> list[str]:
    """Bring the demo town to a stage; returns what was added, in words. What is there already stays."""
    day = conference_day(stage, clock.local_date(now))
    place = places.load()
    done = []
    if place is None:
        place = places.build(now)
        last_year.build(place, day, now)
        done.append("Auenbrück mit Gebieten, Kennzahlen, Verzeichnis, Angeboten und dem Papier des Vorjahres")
    conference = find_running_conference(place)
    if conference is None:
        conference = dialogue.prepare(place, day, base_url, min(now, clock.from_local(day - timedelta(days=45), 9)))
        done.append("Konferenz mit Themen, Tischen, 45 Einladungen und Antworten")
    if stage is not Stage.INVITED and not dialogue.was_held(conference):
        dialogue.hold(place, conference, day, now)
        done.append("offene Tische mit rund 250 Beiträgen")
    if stage in {Stage.CONSOLIDATED, Stage.PUBLISHED} and not dialogue.is_consolidated(conference):
        dialogue.consolidate(place, conference, now)
        done.append("20 Ergebnispunkte, 12 Empfehlungen und ein Papier im Entstehen")
    if stage is Stage.PUBLISHED and not dialogue.is_published(conference):
        dialogue.publish(place, conference, now)
        done.append("das veröffentlichte Papier")
    return done


def conference_day(stage: Stage, today: date) -> date:
    """The day of the running conference as seen from a stage."""
    return today - timedelta(days=DAYS_SINCE_THE_CONFERENCE[stage])


def find_running_conference(place: Place) -> Conference | None:
    """The conference of Mitte/Hafen, or None before it is created."""
    return next((one for one in list_conferences(place.municipality) if one.area_id == place.areas["01"].id), None)
