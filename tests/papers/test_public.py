"""What readers meet: page, frozen document, PDF and Word."""

import hashlib
import io
import json
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from lxml import html

from app.areas.models import Area
from app.conferences.models import Conference
from app.extensions import db
from app.papers import services
from tests import factories
from tests.papers import building


@pytest.fixture
def path(app, town) -> str:
    """The address of a published paper."""
    with app.app_context():
        return f"/k/{town.slug}/papiere/{building.published(town)}"


def text_of_pdf(content: bytes) -> str:
    with closing(pypdfium2.PdfDocument(content)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_page_shows_evidence_and_keeps_the_hidden_hidden(client, path):
    response = client.get(path)

    page = html.document_fromstring(response.get_data(as_text=True))
    card = page.get_element_by_id("empfehlung-1")
    summaries = [" ".join(one.text_content().split()) for one in card.findall(".//summary")]
    assert summaries == ["3 Stimmen von 1 Tisch", "1 Kennzahl"]
    arabic = next(one for one in card.iter("blockquote") if one.text == building.ARABIC)
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert "Stichtag 31.12.2025, Quelle: Statistik der Bundesagentur für Arbeit" in card.text_content()
    for secret in (building.HIDDEN, building.PERSON, "teilnehmer-kennzeichen"):
        assert secret not in response.get_data(as_text=True)


def test_every_entry_of_the_contents_leads_somewhere(client, path):
    page = html.document_fromstring(client.get(path).get_data(as_text=True))

    targets = {link.get("href")[1:] for link in page.xpath("//a[starts-with(@href, '#')]")}
    assert targets - set(page.xpath("//@id")) == set()


def test_hash_on_page_etag_and_file_are_the_same(client, path):
    response = client.get(f"{path}.json")

    sha256 = hashlib.sha256(response.data).hexdigest()
    assert response.get_etag() == (sha256, False)
    assert sha256 in client.get(path).get_data(as_text=True)
    assert client.get(f"{path}.json", headers={"If-None-Match": f'"{sha256}"'}).status_code == 304


def test_nothing_below_changes_what_is_published(app, client, town, path):
    before = client.get(f"{path}.json").data
    words = docx.Document(io.BytesIO(client.get(f"{path}.docx").data)).paragraphs[1].text
    with app.app_context():
        building.change_everything(town)

    assert client.get(f"{path}.json").data == before
    page = html.document_fromstring(client.get(path).get_data(as_text=True))
    assert "GEÄNDERT" not in page.get_element_by_id("inhalt").text_content()
    assert docx.Document(io.BytesIO(client.get(f"{path}.docx").data)).paragraphs[1].text == words


def test_todays_figure_stands_beside_the_frozen_one(app, client, town, path):
    assert (
        "heute" not in html.document_fromstring(client.get(path).data).get_element_by_id("empfehlung-1").text_content()
    )
    with app.app_context():
        indicator = db.session.get(building.Indicator, town.indicator)
        for quarter in town.quarters:
            factories.value(indicator, db.session.get(building.Area, quarter), 300, 1000, factories.NOW.date())
        db.session.commit()

    card = html.document_fromstring(client.get(path).get_data(as_text=True)).get_element_by_id("empfehlung-1")
    cells = [" ".join(cell.text_content().split()) for cell in card.xpath(".//tbody/tr/td")]
    assert cells[:2] == ["20,0 %", "30,0 % am 20.11.2026 (+10,0 Prozentpunkte)"]


def test_unpublished_version_is_for_the_office_only(app, client, organiser, town, path):
    with app.app_context():
        paper = db.session.scalar(db.select(building.StrategyPaper))
        paper.title = "Noch-nicht-öffentlich"
        building.freeze(paper)
        db.session.commit()

    for suffix in ("", ".json", ".pdf", ".docx"):
        assert client.get(f"{path}{suffix}?version=2").status_code == 404
    assert "Noch-nicht-öffentlich" not in client.get(path).get_data(as_text=True)
    assert "Noch nicht veröffentlicht" in organiser.get(f"{path}?version=2").get_data(as_text=True)


def test_never_published_paper_is_unknown(app, client, town):
    with app.app_context():
        building.freeze(building.start(town, "Nur-Entwurf"))
        db.session.commit()

    assert client.get(f"/k/{town.slug}/papiere/musterstadt-mitte-2026").status_code == 404


def test_other_municipality_does_not_show_it(app, client, path):
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    slug = path.rsplit("/", 1)[1]

    for suffix in ("", ".json", ".pdf", ".docx"):
        assert client.get(f"/k/{other.slug}/papiere/{slug}{suffix}").status_code == 404
    stranger = client.sign_in(other.organiser)
    assert stranger.get(f"{path}?version=2").status_code == 404


@pytest.mark.parametrize("version", ["0", "2", "-1", "x", "99999999999999999999", "²", ""])
def test_nonsense_versions_are_unknown_or_ignored(client, path, version):
    assert client.get(f"{path}?version={version}").status_code == (404 if version else 200)


def test_older_version_stays_readable_and_says_so(app, client, town, path):
    first = client.get(f"{path}.json").data
    with app.app_context():
        paper = db.session.scalar(db.select(building.StrategyPaper))
        paper.title = "Zweite Fassung"
        services.publish_paper(version=building.freeze(paper), user=None, now=factories.NOW)
        db.session.commit()

    assert client.get(f"{path}.json?version=1").data == first
    assert "Es gibt eine neuere Version" in client.get(f"{path}?version=1").get_data(as_text=True)
    newest = client.get(path).get_data(as_text=True)
    assert "Zweite Fassung" in newest
    assert "Ersetzt Version 1, veröffentlicht am 20.11.2026." in newest


def test_pdf_is_accessible_and_speaks_every_language(client, path, tmp_path):
    response = client.get(f"{path}.pdf")

    text = text_of_pdf(response.data)
    (tmp_path / "papier.pdf").write_bytes(response.data)
    assert response.mimetype == "application/pdf"
    assert "Größere Straßenüberquerungshilfen wären schön." in text
    assert building.UKRAINIAN in " ".join(text.split())
    assert "Bürgerbus für Überlandfahrten" in text
    assert building.HIDDEN not in text
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("pdfua")), "check", "--format", "json", str(tmp_path / "papier.pdf")],
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout.decode()


def structure_of(content: bytes) -> list:
    """The tags of a PDF in reading order, each with its dictionary."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for part in element:
                walk(part)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append((str(element.S), element))
            walk(element.get("/K", 0))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        walk(pdf.Root.StructTreeRoot.K)
        return [(tag, "/Alt" in element) for tag, element in found] + [("/Lang", str(pdf.Root.Lang))]


def test_pdf_structure_nests_headings_and_describes_pictures(client, path):
    structure = structure_of(client.get(f"{path}.pdf").data)

    levels = [int(tag[2]) for tag, _ in structure if tag[:2] == "/H" and tag[2:].isdigit()]
    assert {1, 2, 3} <= set(levels)
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert [described for tag, described in structure if tag == "/Figure"] == [True]
    tags = [tag for tag, _ in structure]
    assert tags.count("/Table") >= 3
    assert tags.count("/TH") >= 3 * tags.count("/Table")
    assert structure[-1] == ("/Lang", "de-DE")


def test_pdf_takes_markup_for_text(app, client, town):
    hostile = '#read("paper.typ") \\ $x$ *fett* <label> @ref // [#link("x")] `roh` "Anführung"'
    with app.app_context():
        building.build(town)
        row = db.session.scalar(db.select(building.Recommendation))
        row.title, row.text = hostile[:160], hostile
        paper = building.start(town, hostile[:160])
        services.publish_paper(version=building.freeze(paper), user=None, now=factories.NOW)
        db.session.commit()
        slug = paper.slug

    response = client.get(f"/k/{town.slug}/papiere/{slug}.pdf")

    assert '#read("paper.typ")' in " ".join(text_of_pdf(response.data).split())
    assert client.get(f"/k/{town.slug}/papiere/{slug}.docx").status_code == 200


def test_files_are_a_cache(app, client, path, data_dir):
    first = client.get(f"{path}.pdf").data
    kept = list((data_dir / "files").glob("papier-*.pdf"))
    for file in kept:
        file.unlink()

    assert kept
    assert client.get(f"{path}.pdf").data == first


def test_word_file_has_real_styles_and_tables(client, path):
    response = client.get(f"{path}.docx")

    paper = docx.Document(io.BytesIO(response.data))
    styles = {paragraph.style.name for paragraph in paper.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= styles
    assert paper.tables[0].rows[0].cells[1].text == "Empfehlung"
    assert 'w:val="de-DE"' in paper.styles.element.xml
    assert building.UKRAINIAN in [paragraph.text for paragraph in paper.paragraphs]


def test_page_needs_the_same_statements_for_one_and_three(app, client, statements, path, town):
    statements.clear()
    client.get(path)
    one = len(statements)
    with app.app_context():
        for row in db.session.scalars(db.select(building.ConsolidatedPoint)):
            row.number += 100
        for row in db.session.scalars(db.select(building.Recommendation)):
            row.number += 100
        db.session.flush()
        building.build(town, 3)
        paper = db.session.scalar(db.select(building.StrategyPaper))
        services.publish_paper(version=building.freeze(paper), user=None, now=factories.NOW)
        db.session.commit()

    statements.clear()
    page = client.get(path).get_data(as_text=True)

    assert page.count('id="empfehlung-') >= 4
    assert len(statements) == one <= 12


def test_document_is_json_with_a_format(client, path):
    document = json.loads(client.get(f"{path}.json").data)

    assert document["format"] == "thementisch-papier/1"
    assert document["area"]["name"] == "Musterstadt Mitte"


def test_the_longest_names_fit_into_every_file(app, client, town):
    with app.app_context():
        db.session.get(Conference, town.conference).title = "K" * 160
        db.session.get(Area, town.social_area).name = "G" * 160
        slug = building.published(town)

    for suffix in ("pdf", "docx", "json"):
        assert client.get(f"/k/{town.slug}/papiere/{slug}.{suffix}").status_code == 200
