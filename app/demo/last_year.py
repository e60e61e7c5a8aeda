"""The conference of the year before: held, consolidated, published, followed up."""

from datetime import date, datetime, timedelta

from app.conferences.models import Conference
from app.conferences.services import create_conference
from app.conferences.topics import add_topic
from app.core import clock
from app.demo import preparation, results, room, town
from app.demo.place import Place
from app.measures.enums import ImplementationStatus, Light
from app.measures.services import report_status
from app.papers.services import freeze_paper, publish_paper
from app.tables.services import add_table, close_table, open_table

HELD_BEFORE = timedelta(days=364)
PUBLISHED_BEFORE = timedelta(days=200)


def build(place: Place, today: date, now: datetime) -> Conference:
    """Seed the conference of Osterholz with its published paper and what became of its recommendations."""
    story = town.document("last_year")
    day = today - HELD_BEFORE
    dialogue, series = preparation.frame(place)
    conference = create_conference(
        municipality=place.municipality,
        area=place.areas["03"],
        title=f"Expert*innendialog Osterholz {day.year}",
        starts_at=clock.from_local(day, 14),
        ends_at=clock.from_local(day, 17, 30),
        venue="Bürgerhaus Osterholz",
        venue_address="Knappenstraße 18, Auenbrück",
        format=dialogue,
        series=series,
        series_round=1,
    )
    tables = {}
    for row in story["tables"]:
        topic = add_topic(
            conference=conference,
            title=row["title"],
            questions=[row["question"]],
            indicators=[place.indicators["child_poverty_u15"], place.indicators["sgb2_rate"]],
        )
        tables[row["number"]] = add_table(topic=topic, room="Bürgersaal", host="", capacity=12)
        open_table(table=tables[row["number"]], now=conference.starts_at)
    voices = room.fill(place, tables, story["contributions"], conference.starts_at + timedelta(minutes=50))
    for table in tables.values():
        close_table(table=table)
    points = results.add_points(place, conference, story["points"], story["contributions"], voices)
    recommendations = results.add_recommendations(place, conference, story["recommendations"], points)
    paper = results.write_paper(place, conference, story["paper"], conference.ends_at)
    published_at = now - PUBLISHED_BEFORE
    version = freeze_paper(paper=paper, user=place.organiser, now=published_at)
    publish_paper(version=version, user=place.organiser, now=published_at)
    _follow_up(place, story["status"], recommendations, published_at)
    return conference


def _follow_up(place: Place, stories: list[dict], recommendations: dict, published_at: datetime) -> None:
    for story in stories:
        for report in story["reports"]:
            moment = published_at + timedelta(days=report["days_after"])
            report_status(
                recommendation=recommendations[story["recommendation"]],
                status=ImplementationStatus(report["status"]),
                light=Light(report["light"]),
                note=report["note"],
                as_of=clock.local_date(moment),
                user=place.organiser,
                now=moment,
            )
