"""Beginning, saving, freezing and publishing a paper."""

import json

import pytest

from app.consolidation.models import Recommendation
from app.core.errors import RuleBroken
from app.extensions import db
from app.papers import queries, services
from app.papers.document import canonical, fingerprint
from tests import factories
from tests.papers import building


@pytest.fixture
def paper_id(app, town):
    with app.app_context():
        building.build(town)
        paper = building.start(town)
        db.session.commit()
        return paper.id


def test_start_brings_outline_and_first_texts(app, town):
    with app.app_context():
        building.build(town)
        paper_id = building.start(town).id
        db.session.commit()

    with app.app_context():
        paper = queries.get_paper(paper_id)
        bodies = {section.key: section.body for section in paper.sections}
    assert list(bodies) == [
        "summary", "mandate", "method", "area", "dialogue", "fields", "priorities", "statements", "not_pursued",
    ]  # fmt: skip
    assert paper.slug == "musterstadt-mitte-2026"
    assert "SGB-II-Quote: Stichtag 31.12.2025" in bodies["method"]
    assert bodies["mandate"] == ""


def test_second_paper_of_a_conference_is_refused(app, town, paper_id):
    with app.app_context(), pytest.raises(RuleBroken):
        building.start(town)


def test_late_author_overwrites_nothing(app, paper_id):
    with app.app_context():
        section = queries.get_paper(paper_id).sections[0]
        services.save_section(section=section, body="Erste", revision=1, user=None, now=factories.NOW)
        db.session.commit()

    with app.app_context():
        section = queries.get_paper(paper_id).sections[0]
        with pytest.raises(services.SectionMoved):
            services.save_section(section=section, body="Zweite", revision=1, user=None, now=factories.NOW)
        db.session.rollback()
        assert queries.get_paper(paper_id).sections[0].body == "Erste"


def test_saved_text_is_frozen_in_the_same_session(app, paper_id):
    with app.app_context():
        paper = queries.get_paper(paper_id)
        services.save_section(section=paper.sections[0], body="Ganz neu.", revision=1, user=None, now=factories.NOW)
        version = building.freeze(paper)

        assert json.loads(version.document)["sections"][0]["html"] == "<p>Ganz neu.</p>"


def test_document_holds_evidence_and_never_what_is_hidden_or_personal(app, paper_id):
    with app.app_context():
        text = building.freeze(queries.get_paper(paper_id)).document

    document = json.loads(text)
    recommendation = document["recommendations"][0]
    assert len(recommendation["voices"]) == 3
    assert recommendation["voices_by_table"] == [{"table": 1, "voices": 3}]
    figure = recommendation["figures"][0]
    assert (figure["numerator"], figure["denominator"], figure["value"]) == (600, 3000, 20)
    assert (figure["reference_date"], figure["source"]) == ("2025-12-31", "Statistik der Bundesagentur für Arbeit")
    assert document["open_contributions"] == 1
    assert [row["reason"] for row in document["set_aside"]] == ["kein Anliegen"]
    for secret in (building.HIDDEN, building.PERSON, "teilnehmer-kennzeichen", "Toni Tisch"):
        assert secret not in text


def test_document_is_canonical(app, paper_id):
    with app.app_context():
        version = building.freeze(queries.get_paper(paper_id))

        assert version.document == canonical(json.loads(version.document))
        assert version.sha256 == fingerprint(version.document)
        assert building.UKRAINIAN in version.document


def test_next_version_says_what_it_replaces(app, paper_id):
    with app.app_context():
        paper = queries.get_paper(paper_id)
        first = building.freeze(paper)
        services.publish_paper(version=first, user=None, now=factories.NOW)
        second = json.loads(building.freeze(paper).document)

        assert second["replaces"] == {
            "number": 1, "published_at": "2026-11-20T14:00:00Z", "sha256": first.sha256,
        }  # fmt: skip


def test_publishing_without_evidence_needs_a_reason_that_is_kept(app, town, paper_id):
    with app.app_context():
        conference = db.session.get(building.Conference, town.conference)
        factories.recommendation(conference, "Ohne alles", 9)
        paper = queries.get_paper(paper_id)
        bare = building.freeze(paper)
        with pytest.raises(RuleBroken, match="9 „Ohne alles“"):
            services.publish_paper(version=bare, user=None, now=factories.NOW)

        building.freeze(paper, reasons={9: "Pflicht aus dem Gesetz"})
        again = building.freeze(paper)
        services.publish_paper(version=again, user=None, now=factories.NOW)

        reasons = {row["number"]: row["no_evidence_reason"] for row in json.loads(again.document)["recommendations"]}
        assert reasons == {1: None, 9: "Pflicht aus dem Gesetz"}


def test_outdated_version_is_not_published(app, paper_id):
    with app.app_context():
        paper = queries.get_paper(paper_id)
        old = building.freeze(paper)
        building.freeze(paper)

        with pytest.raises(RuleBroken, match="überholt"):
            services.publish_paper(version=old, user=None, now=factories.NOW)


def test_recommendation_keeps_its_number_when_others_vanish(app, town, paper_id):
    with app.app_context():
        conference = db.session.get(building.Conference, town.conference)
        factories.recommendation(conference, "Bleibt", 7)
        db.session.delete(db.session.scalar(db.select(Recommendation).where(Recommendation.number == 1)))
        db.session.flush()

        document = json.loads(building.freeze(queries.get_paper(paper_id)).document)

        assert [row["number"] for row in document["recommendations"]] == [7]
