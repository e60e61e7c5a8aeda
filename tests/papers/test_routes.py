"""The station „Papier“ of the office."""

import pytest
from lxml import html

from app.extensions import db
from app.papers import queries
from app.papers.models import PaperSection, PaperVersion, StrategyPaper
from tests import factories
from tests.papers import building


@pytest.fixture
def paper(app, town) -> str:
    """A paper being written; returns the address of its station."""
    with app.app_context():
        building.build(town)
        building.start(town)
        db.session.commit()
    return f"/konferenzen/{town.conference}/papier/"


def bodies(app) -> dict[str, str]:
    with app.app_context():
        return {row.key: row.body for row in db.session.scalars(db.select(PaperSection))}


def test_begin_a_paper(app, organiser, town):
    path = f"/konferenzen/{town.conference}/papier/"
    assert 'value="Strategiepapier Musterstadt Mitte 2026"' in organiser.get(path).get_data(as_text=True)

    response = organiser.submit(path, {"title": "Unser Papier"})

    assert response.location == path
    assert "Unser Papier" in organiser.get(path).get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(db.select(StrategyPaper.title)) == "Unser Papier"


def test_begin_without_title_says_so(app, organiser, town):
    response = organiser.submit(f"/konferenzen/{town.conference}/papier/", {"title": " "})

    assert response.status_code == 422
    assert "Geben Sie dem Papier einen Titel." in response.get_data(as_text=True)


def test_save_a_section(app, organiser, paper):
    response = organiser.submit(f"{paper}abschnitt/summary", {"body": "### Kurz\r\n\r\nText", "revision": "1"})

    assert response.location == f"{paper}abschnitt/summary"
    assert bodies(app)["summary"] == "### Kurz\n\nText"
    assert "zuletzt Kim Muster" in organiser.get(paper).get_data(as_text=True)


def test_conflict_keeps_both_texts(app, organiser, paper):
    organiser.submit(f"{paper}abschnitt/summary", {"body": "Text von Ada", "revision": "1"})

    response = organiser.submit(f"{paper}abschnitt/summary", {"body": "Text von Ben", "revision": "1"})

    page = html.document_fromstring(response.get_data(as_text=True))
    assert response.status_code == 409
    assert page.get_element_by_id("saved-source").text.strip() == "Text von Ada"
    assert page.get_element_by_id("body").text.strip() == "Text von Ben"
    assert bodies(app)["summary"] == "Text von Ada"

    revision = page.get_element_by_id("revision").get("value")
    organiser.submit(f"{paper}abschnitt/summary", {"body": "Beides", "revision": revision})

    assert bodies(app)["summary"] == "Beides"


@pytest.mark.parametrize("revision", ["", "x", "²", "-1", "99999999999"])
def test_nonsense_revision_is_a_conflict(organiser, paper, revision):
    response = organiser.submit(f"{paper}abschnitt/summary", {"body": "x", "revision": revision})

    assert response.status_code == 409


def test_too_long_section_keeps_what_was_typed(app, organiser, paper):
    text = "wort " * 12_500

    response = organiser.submit(f"{paper}abschnitt/summary", {"body": text, "revision": "1"})

    assert response.status_code == 422
    assert text.strip() in response.get_data(as_text=True)


def test_preview_is_a_partial_for_htmx_and_saves_nothing(app, organiser, paper):
    before = bodies(app)
    data = {"body": "### Neu\n\nBewohner*innen <b>hier</b>", "revision": "1"}

    partial = organiser.submit(f"{paper}abschnitt/summary/vorschau", data, headers={"HX-Request": "true"})
    page = organiser.submit(f"{paper}abschnitt/summary/vorschau", data)

    assert partial.get_data(as_text=True).startswith('<section class="tt-paper-preview" id="papers-preview"')
    assert "<p>Bewohner*innen &lt;b&gt;hier&lt;/b&gt;</p>" in partial.get_data(as_text=True)
    assert "<h3>Neu</h3>" in page.get_data(as_text=True)
    assert bodies(app) == before


def test_freeze_and_publish(app, organiser, client, paper, town):
    publish = organiser.submit(f"{paper}einfrieren").location
    assert publish == f"{paper}version/1/veroeffentlichen"
    page = organiser.get(publish).get_data(as_text=True)
    assert f"/k/{town.slug}/papiere/musterstadt-mitte-2026" in page
    assert "Beiträge im Wortlaut, ohne Namen: 4" in page

    organiser.submit(publish)

    assert client.get(f"/k/{town.slug}/papiere/musterstadt-mitte-2026").status_code == 200
    assert organiser.get(publish).status_code == 404


def test_recommendation_without_evidence_asks_for_a_reason(app, organiser, client, paper, town):
    with app.app_context():
        factories.recommendation(db.session.get(building.Conference, town.conference), "Ohne alles", 9)
        db.session.commit()
    organiser.submit(f"{paper}einfrieren")

    refused = organiser.submit(f"{paper}version/1/veroeffentlichen")

    assert refused.status_code == 409
    assert "9 „Ohne alles“" in refused.get_data(as_text=True)
    assert 'name="grund-9"' in organiser.get(f"{paper}einfrieren").get_data(as_text=True)
    organiser.submit(f"{paper}einfrieren", {"grund-9": "Beschluss des Rates", "grund-x": "", "grund-²": "y"})
    organiser.submit(f"{paper}version/2/veroeffentlichen")
    public = client.get(f"/k/{town.slug}/papiere/musterstadt-mitte-2026").get_data(as_text=True)
    assert "Ohne Beleg aufgenommen, weil: Beschluss des Rates" in public


def test_department_reads_and_does_not_write(app, client, paper, town):
    department = client.sign_in(town.department)

    assert "Version einfrieren" not in department.get(paper).get_data(as_text=True)
    assert department.get(f"{paper}abschnitt/summary").status_code == 403
    assert department.submit(f"{paper}einfrieren").status_code == 403
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(PaperVersion.id))) == 0


def test_other_municipality_finds_nothing(app, client, paper):
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    stranger = client.sign_in(other.organiser)

    for path in (paper, f"{paper}abschnitt/summary", f"{paper}einfrieren"):
        response = stranger.get(path)
        assert response.status_code == 404
        assert "Musterstadt" not in response.get_data(as_text=True)
    assert stranger.submit(f"{paper}abschnitt/summary", {"body": "x", "revision": "1"}).status_code == 404


@pytest.mark.parametrize(
    "rest", ["abschnitt/nichts", "version/7/veroeffentlichen", "version/99999999999999999999/veroeffentlichen"]
)
def test_unknown_parts_are_404(organiser, paper, rest):
    assert organiser.get(f"{paper}{rest}").status_code == 404


def test_writing_page_needs_few_statements(app, organiser, paper, town, statements):
    counts = {}
    for rows in (1, 3):
        if rows == 3:
            with app.app_context():
                conference = db.session.get(building.Conference, town.conference)
                for number in (2, 3):
                    factories.recommendation(conference, "Noch eine", number)
                for _ in range(3):
                    building.freeze(queries.get_paper(db.session.scalar(db.select(StrategyPaper.id))))
                db.session.commit()
        for path in (paper, f"{paper}abschnitt/fields", f"{paper}einfrieren"):
            organiser.get(path)
            statements.clear()
            organiser.get(path)
            counts.setdefault(path, []).append(len(statements))

    for one, three in counts.values():
        assert three <= one + 1 <= 15
