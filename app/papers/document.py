"""The frozen document of a paper version: assembled once from loaded rows, stored as canonical JSON, never changed.

Everything page, PDF and Word need is inside: texts, labels, figures with date and source, voices in their own words.
Nothing inside names a person.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Conference
from app.consolidation.evidence import Evidence
from app.consolidation.models import ConsolidatedPoint, Recommendation, SetAside
from app.contributions.models import Contribution
from app.core.vocabulary import TargetGroup
from app.indicators.figures import Figure
from app.papers import prose
from app.papers.frozen_figures import frozen
from app.papers.models import StrategyPaper
from app.tables.models import TopicTable

FORMAT = "thementisch-papier/1"


@dataclass(frozen=True)
class Participation:
    """How many were invited and came; counts only."""

    invited: int = 0
    attending: int = 0
    persons: int = 0


@dataclass(frozen=True)
class Material:
    """The loaded rows a document is made of. `voices` holds every contribution that may be printed, by id."""

    municipality: Municipality
    conference: Conference
    parts: list[Area]
    tables: list[TopicTable]
    participation: Participation
    points: list[ConsolidatedPoint]
    recommendations: list[Recommendation]
    voices: dict[int, Contribution]
    set_aside: list[SetAside]
    area_figures: list[Figure]
    evidence: dict[int, Evidence]

    @property
    def open_count(self) -> int:
        """Printable contributions that are neither in a point nor set aside."""
        used = {voice.id for point in self.points for voice in point.contributions}
        return len(set(self.voices) - used - {row.contribution_id for row in self.set_aside})


def canonical(document: dict) -> str:
    """The one spelling of a document: sorted keys, no spaces, letters as they are."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def fingerprint(text: str) -> str:
    """SHA-256 of a canonical document in hex; equals that of the downloaded file."""
    return hashlib.sha256(text.encode()).hexdigest()


def assemble(
    paper: StrategyPaper,
    material: Material,
    *,
    number: int,
    replaces: dict | None,
    reasons: dict[int, str],
    now: datetime,
) -> dict:
    """The document of a paper with its sections.

    `reasons` says by recommendation number why it stands without evidence; `replaces` names the published version
    before this one.
    """
    conference = material.conference
    return {
        "format": FORMAT,
        "title": paper.title,
        "slug": paper.slug,
        "version": number,
        "replaces": replaces,
        "frozen_at": _moment(now),
        "municipality": _municipality(material.municipality),
        "conference": _conference(material),
        "area": {**_area(conference.area), "parts": [_area(part) for part in material.parts]},
        "area_scheme": _scheme(conference.area),
        "area_figures": [frozen(figure) for figure in material.area_figures],
        "sections": [_section(section) for section in paper.sections],
        "action_fields": _action_fields(material),
        "points": [_point(point, material.voices) for point in material.points],
        "recommendations": [_recommendation(row, material, reasons) for row in material.recommendations],
        "contributions": [_voice(voice) for voice in _printed(material)],
        "set_aside": [
            {"contribution": row.contribution_id, "reason": row.reason}
            for row in material.set_aside
            if row.contribution_id in material.voices
        ],
        "open_contributions": material.open_count,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _municipality(municipality: Municipality) -> dict:
    return {
        "slug": municipality.slug,
        "name": municipality.name,
        "imprint": municipality.imprint,
        "contact_email": municipality.contact_email,
    }


def _conference(material: Material) -> dict:
    conference = material.conference
    return {
        "title": conference.title,
        "label": material.municipality.dialogue_label,
        "starts_at": _moment(conference.starts_at),
        "ends_at": _moment(conference.ends_at),
        "venue": conference.venue,
        "venue_address": conference.venue_address,
        "institutions_invited": material.participation.invited,
        "institutions_attending": material.participation.attending,
        "persons_attending": material.participation.persons,
        "tables": [
            {"number": table.number, "title": table.title, "topic": table.topic.title} for table in material.tables
        ],
    }


def _area(area: Area) -> dict:
    return {"code": area.code, "name": area.name, "level": area.level.name}


def _scheme(area: Area) -> dict:
    scheme = area.scheme
    return {
        "name": scheme.name,
        "valid_from": scheme.valid_from.isoformat() if scheme.valid_from else None,
        "valid_to": scheme.valid_to.isoformat() if scheme.valid_to else None,
    }


def _action_fields(material: Material) -> list[str]:
    fields = {row.action_field for row in [*material.recommendations, *material.points] if row.action_field}
    return [field.name for field in sorted(fields, key=lambda field: (field.position, field.id))]


def _section(section) -> dict:
    return {
        "key": section.key,
        "title": section.title,
        "body": section.body,
        "html": str(prose.to_html(section.body)),
    }


def _point(point: ConsolidatedPoint, voices: dict[int, Contribution]) -> dict:
    ids = [voice.id for voice in point.contributions if voice.id in voices]
    return {
        "number": point.number,
        "title": point.title,
        "summary": point.summary,
        "minority": point.minority,
        "action_field": point.action_field.name if point.action_field else None,
        "voices": ids,
        "voices_by_table": _by_table(ids, voices),
    }


def _by_table(ids: list[int], voices: dict[int, Contribution]) -> list[dict]:
    counts = Counter(voices[id_].table.number for id_ in ids)
    return [{"table": number, "voices": counts[number]} for number in sorted(counts)]


def _recommendation(row: Recommendation, material: Material, reasons: dict[int, str]) -> dict:
    evidence = material.evidence[row.id]
    linked, ids = {point.id for point in row.points}, sorted(voice.id for voice in evidence.voices)
    return {
        "number": row.number,
        "title": row.title,
        "text": row.text,
        "goal": row.goal,
        "partners": row.partners,
        "strength": _labelled(row.strength),
        "competence": _labelled(row.competence),
        "time_horizon": _labelled(row.time_horizon),
        "priority": _labelled(row.priority),
        "target_groups": [_labelled(TargetGroup(key)) for key in row.target_groups],
        "action_field": row.action_field.name if row.action_field else None,
        "lead": row.lead.name if row.lead else None,
        "areas": [_area(area) for area in row.areas],
        "points": [point.number for point in material.points if point.id in linked],
        "voices": ids,
        "voices_by_table": _by_table(ids, material.voices),
        "figures": [frozen(figure) for figure in evidence.figures],
        "no_evidence_reason": reasons.get(row.number) or None,
    }


def _labelled(member) -> dict:
    return {"key": member.value, "label": str(member.label)}


def _printed(material: Material) -> list[Contribution]:
    used = {voice.id for point in material.points for voice in point.contributions}
    used |= {row.contribution_id for row in material.set_aside}
    return [material.voices[id_] for id_ in sorted(used) if id_ in material.voices]


def _voice(voice: Contribution) -> dict:
    return {
        "id": voice.id,
        "text": voice.text,
        "kind": _labelled(voice.kind),
        "table": voice.table.number,
        "language": voice.language,
        "target_group": _labelled(voice.target_group) if voice.target_group else None,
        "area": voice.area.name if voice.area else None,
        "dots": voice.dots,
    }
