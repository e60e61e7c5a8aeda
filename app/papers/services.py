"""Acts of the papers floor: begin, write, freeze, publish."""

import json
from datetime import datetime

from sqlalchemy import update

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.conferences.models import Conference
from app.core import clock
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.papers import outline, queries, rules
from app.papers.document import assemble, canonical, fingerprint
from app.papers.material import facts_of, material_for
from app.papers.models import PaperSection, PaperVersion, StrategyPaper


class SectionMoved(RuleBroken):
    """Somebody saved the section meanwhile; both texts are still there."""


def start_paper(
    *, municipality: Municipality, conference: Conference, title: str, user: User | None, now: datetime
) -> StrategyPaper:
    """Begin the paper of a conference with first texts from the data; its address never changes afterwards.

    Raises RuleBroken when the conference already has a paper.
    """
    take_turn(Conference, conference.id)
    if queries.paper_of_conference(conference) is not None:
        raise RuleBroken("Für diese Konferenz gibt es schon ein Papier.")
    facts = facts_of(material_for(conference.id))
    year = clock.local_date(conference.starts_at).year
    paper = StrategyPaper(
        municipality_id=municipality.id,
        conference_id=conference.id,
        slug=rules.slug_for(facts.area, year, queries.taken_slugs(municipality)),
        title=title,
        sections=[
            PaperSection(position=position, key=key, title=name, body=outline.first_text(key, facts))
            for position, (key, name) in enumerate(outline.SECTIONS.items(), start=1)
        ],
    )
    db.session.add(paper)
    db.session.flush()
    _note(paper, user, "paper.started", f"Papier „{title}“ begonnen.", now)
    return paper


def rename_paper(*, paper: StrategyPaper, title: str, user: User | None, now: datetime) -> None:
    """Change the title of what is being written; frozen versions keep theirs."""
    paper.title = title
    db.session.flush()
    _note(paper, user, "paper.renamed", f"Papier heißt jetzt „{title}“.", now)


def save_section(*, section: PaperSection, body: str, revision: int, user: User | None, now: datetime) -> None:
    """Store a section's text. `revision` is the one the author began from.

    Raises SectionMoved when another text was saved since; nothing is overwritten then.
    """
    saved = db.session.execute(
        update(PaperSection)
        .where(PaperSection.id == section.id, PaperSection.revision == revision)
        .values(body=body, revision=revision + 1, saved_at=now, saved_by_id=user.id if user else None)
        .execution_options(synchronize_session=False)
    )
    if saved.rowcount != 1:
        raise SectionMoved("Dieser Abschnitt wurde inzwischen gespeichert. Ihr Text ist nicht verloren.")
    db.session.refresh(section, ["body", "revision", "saved_at", "saved_by_id"])


def freeze_paper(
    *, paper: StrategyPaper, user: User | None, now: datetime, reasons: dict[int, str] | None = None
) -> PaperVersion:
    """Freeze the paper with everything it rests on, as it is stored now, as its next version.

    `reasons` says by recommendation number why it stands without evidence; those of the version before are kept.
    """
    take_turn(StrategyPaper, paper.id)
    paper = queries.get_paper(paper.id)
    before, replaced = queries.find_newest_version(paper.id), queries.find_replaced(paper.id)
    number = before.number + 1 if before else 1
    document = assemble(
        paper,
        material_for(paper.conference_id),
        number=number,
        replaces=_replaced(replaced),
        reasons={**kept_reasons(before), **(reasons or {})},
        now=now,
    )
    text = canonical(document)
    version = PaperVersion(
        paper_id=paper.id,
        number=number,
        document=text,
        sha256=fingerprint(text),
        frozen_at=now,
        frozen_by_id=user.id if user else None,
    )
    db.session.add(version)
    db.session.flush()
    _note(paper, user, "paper.frozen", f"Papier „{paper.title}“ als Version {number} eingefroren.", now)
    return version


def kept_reasons(version: PaperVersion | None) -> dict[int, str]:
    """Why recommendations stood without evidence in a version, by number."""
    if version is None:
        return {}
    rows = json.loads(version.document)["recommendations"]
    return {row["number"]: row["no_evidence_reason"] for row in rows if row["no_evidence_reason"]}


def _replaced(version: PaperVersion | None) -> dict | None:
    if version is None:
        return None
    return {
        "number": version.number,
        "published_at": version.published_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "sha256": version.sha256,
    }


def publish_paper(*, version: PaperVersion, user: User | None, now: datetime) -> None:
    """Show a frozen version to everybody, for good. Only the newest version can go out.

    Raises RuleBroken for an outdated or published version and for recommendations without evidence or reason.
    """
    take_turn(StrategyPaper, version.paper_id)
    db.session.refresh(version, ["published_at"])
    paper, newest = queries.get_paper(version.paper_id), queries.find_newest_version(version.paper_id)
    refusal = rules.refusal_to_publish(
        json.loads(version.document), newest=newest.number, published=version.published_at is not None
    )
    if refusal:
        raise RuleBroken(refusal)
    version.published_at = now
    db.session.flush()
    _note(paper, user, "paper.published", f"Papier „{paper.title}“, Version {version.number}, veröffentlicht.", now)


def _note(paper: StrategyPaper, user: User | None, action: str, sentence: str, now: datetime) -> None:
    note_act(municipality_id=paper.municipality_id, user=user, action=action, sentence=sentence, now=now)
