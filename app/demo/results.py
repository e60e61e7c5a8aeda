"""What became of the voices: points, recommendations, the paper in the making."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.conferences.models import Conference
from app.consolidation.enums import Competence, Priority, Strength, TimeHorizon
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.consolidation.services import create_point, create_recommendation, set_aside
from app.contributions.models import Contribution
from app.core.vocabulary import TargetGroup
from app.demo.place import Place
from app.papers.models import StrategyPaper
from app.papers.services import save_section, start_paper


def add_points(
    place: Place,
    conference: Conference,
    points: Iterable[Mapping],
    rows: Iterable[Mapping],
    voices: Mapping[str, Contribution],
) -> dict[int, ConsolidatedPoint]:
    """Group the contributions as the files say; returns the points by number."""
    rows = list(rows)
    return {
        point["number"]: create_point(
            conference=conference,
            title=point["title"],
            summary=point["summary"],
            action_field=place.action_fields[point["action_field"]],
            minority=point["minority"],
            contributions=[voices[row["id"]] for row in rows if str(row["point"] or "") == str(point["number"])],
        )
        for point in points
    }


def set_some_aside(rows: Iterable[Mapping], voices: Mapping[str, Contribution], now: datetime) -> None:
    """Put aside what supports no point, each with its reason."""
    for row in rows:
        if row["set_aside"]:
            set_aside(contributions=[voices[row["id"]]], reason=row["set_aside"], now=now)


def add_recommendations(
    place: Place, conference: Conference, rows: Iterable[Mapping], points: Mapping[int, ConsolidatedPoint]
) -> dict[int, Recommendation]:
    """Make recommendations of points; returns them by number."""
    by_name = {institution.name: institution for institution in place.institutions.values()}
    by_name |= {one.short_name: one for one in place.institutions.values() if one.short_name}
    return {
        row["number"]: create_recommendation(
            conference=conference,
            title=row["title"],
            text=row["text"],
            goal=row["goal"],
            partners="\n".join(row["partners"]),
            strength=Strength(row["strength"]),
            competence=Competence(row["competence"]),
            time_horizon=TimeHorizon(row["time_horizon"]),
            priority=Priority(row["priority"]),
            action_field=place.action_fields[row["action_field"]],
            lead=by_name[row["lead"]],
            target_groups=[TargetGroup(key) for key in row["target_groups"]],
            points=[points[number] for number in row["points"]],
            areas=[place.areas[code] for code in row["areas"]],
            indicators=[place.indicators[key] for key in row["indicators"]],
        )
        for row in rows
    }


def write_paper(place: Place, conference: Conference, sections: Iterable[Mapping], now: datetime) -> StrategyPaper:
    """Begin the conference's paper and put the demo's sections in."""
    paper = start_paper(
        municipality=place.municipality,
        conference=conference,
        title=f"Strategiepapier {conference.area.name} {conference.starts_at.year}",
        user=place.organiser,
        now=now,
    )
    bodies = {section["key"]: section["body"] for section in sections}
    for section in paper.sections:
        if section.key in bodies:
            save_section(
                section=section, body=bodies[section.key], revision=section.revision, user=place.organiser, now=now
            )
    return paper
