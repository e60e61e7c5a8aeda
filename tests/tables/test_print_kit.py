"""The print kit, read back from the PDFs: codes by a decoder, text and pages by a PDF library."""

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from app.accounts.models import Municipality
from app.conferences import topics
from app.extensions import db
from app.seating.services import seat_registration
from app.tables import services
from app.tables.models import TopicTable
from app.tables.printing import fonts, text
from app.tables.printing.badges import Badge, badges
from app.tables.printing.poster import PosterLine, room_poster
from app.tables.printing.table_cards import TableCard, table_cards
from tests import factories
from tests.tables.people import conference_of, guest

LONGEST_NAME = "Małgorzata Żółkiewska-Çelikoğlu von und zu Donaudampfschifffahrtsgesellschaftskapitänshausen"


@pytest.fixture
def base(town) -> str:
    return f"/konferenzen/{town.conference}/druck"


def codes_on(document: bytes, page: int) -> list[str]:
    """What a phone would read on a page."""
    pdf = pypdfium2.PdfDocument(document)
    picture = pdf[page].render(scale=2).to_pil().convert("L")
    found = [code.text for code in zxingcpp.read_barcodes(picture)]
    pdf.close()
    return found


def text_of(document: bytes) -> list[str]:
    """The text of every page, wherever its lines break."""
    pdf = pypdfium2.PdfDocument(document)
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    pdf.close()
    return pages


def test_the_code_on_every_table_card_leads_to_its_table(app, town, organiser, base):
    with app.app_context():
        for title in ("Wohnen", "Übergang Schule – Beruf"):
            services.add_table(topic=topics.add_topic(conference=conference_of(town), title=title))
        db.session.commit()
        codes = [table.code for table in db.session.query(TopicTable).order_by(TopicTable.number)]

    document = organiser.get(f"{base}/tischkarten.pdf").data

    pages = text_of(document)
    assert len(pages) == 3
    for page, code in enumerate(codes):
        assert codes_on(document, page) == [f"http://localhost/t/{code}"] * 2
        assert f"{code[:3]} {code[3:]}" in pages[page]
        assert f"localhost/t/{code}" in pages[page]


def test_the_public_address_goes_into_the_codes(app, town, organiser, base, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://dialog.musterstadt.example")

    document = organiser.get(f"{base}/tischkarten.pdf").data

    assert set(codes_on(document, 0)) == {f"https://dialog.musterstadt.example/t/{town.code}"}


def test_the_poster_names_tables_and_rooms_and_leads_to_the_portal(town, organiser, base):
    document = organiser.get(f"{base}/raumplan.pdf").data

    assert codes_on(document, 0) == [f"http://localhost/k/{town.slug}/"]
    assert all(word in text_of(document)[0] for word in ("Familie im Stadtteil", "Saal 1"))


def test_badges_and_list_carry_everybody_in_german_order(app, town, organiser, base):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        early = factories.institution(home, "Ärztenetz")
        table = db.session.get(TopicTable, town.table)
        seat_registration(table=table, registration=guest(town, "Żółkiewska", first_name="Małgorzata"))
        guest(town, "Öztürk", first_name="Gül")
        guest(town, "Шевченко", first_name="Оксана", institution=early.id)
        factories.small_town("Geheimstadt")
        db.session.commit()

    cards = text_of(organiser.get(f"{base}/namensschilder.pdf").data)[0]
    listed = text_of(organiser.get(f"{base}/anwesenheitsliste.pdf").data)[0]

    by_last_name = [cards.index(name) for name in ("Gül Öztürk", "Małgorzata Żółkiewska", "Оксана Шевченко")]
    assert by_last_name == sorted(by_last_name)
    by_institution = [listed.index(name) for name in ("Шевченко, Оксана", "Öztürk, Gül", "Żółkiewska, Małgorzata")]
    assert by_institution == sorted(by_institution)
    assert "Geheim" not in cards + listed


@pytest.mark.parametrize("name", ["tischkarten", "namensschilder", "anwesenheitsliste", "raumplan"])
def test_documents_tell_title_and_language_and_embed_their_fonts(app, town, organiser, base, name, tmp_path):
    with app.app_context():
        guest(town, "Adam")
        db.session.commit()
    response = organiser.get(f"{base}/{name}.pdf")
    (tmp_path / "document.pdf").write_bytes(response.data)

    assert response.mimetype == "application/pdf"
    with pikepdf.open(tmp_path / "document.pdf") as pdf:
        assert str(pdf.docinfo.Title).endswith("Expert*innendialog Musterstadt Mitte")
        assert str(pdf.Root.Lang) == "de-DE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
        assert all("FiraSans" in name for name in names)


def test_without_tables_there_is_nothing_to_print_and_a_way_on(app, town, organiser, base):
    with app.app_context():
        db.session.query(TopicTable).delete()
        db.session.commit()

    assert organiser.get(f"{base}/tischkarten.pdf").location == f"/konferenzen/{town.conference}/tische/"
    assert organiser.get(f"{base}/namensschilder.pdf").status_code == 200
    assert "Zuerst die Tische" in organiser.get(f"{base}/").get_data(as_text=True)


def test_the_print_page_warns_of_an_address_no_phone_reaches(organiser, base):
    assert "erreicht nur dieser Rechner" in organiser.get(f"{base}/").get_data(as_text=True)


def test_fitted_text_never_leaves_its_box():
    fonts.register()
    for words in (LONGEST_NAME, "x" * 300, "a " * 200, "Träger/Verband/Verein", "", "   "):
        fitted = text.fit(words, fonts.BOLD, 150, size=30, smallest=8, most_lines=3)

        assert len(fitted.lines) <= 3
        assert all(text.stringWidth(line, fonts.BOLD, fitted.size) <= 150 for line in fitted.lines)
        assert 8 <= fitted.size <= 30


def test_text_is_cut_only_when_nothing_else_helps():
    fonts.register()

    short = text.fit("Familie im Stadtteil", fonts.BOLD, 150, size=30, smallest=8, most_lines=2)
    endless = text.fit("Wort " * 100, fonts.BOLD, 150, size=30, smallest=8, most_lines=2)

    assert " ".join(short.lines) == "Familie im Stadtteil"
    assert endless.lines[-1].endswith("…")


def test_long_words_and_many_rows_stay_on_the_page():
    long_title = f"{'Übergangsmanagement' * 6} II"[:120]
    card = TableCard(
        12, long_title, "Was? " * 50, "Raum " * 16, LONGEST_NAME, "ABC 234", "http://x.example/t/ABC234", "x"
    )
    documents = [
        table_cards("Konferenz " * 16, "Stadt", [card]),
        badges("Konferenz", "Stadt", [Badge(LONGEST_NAME, LONGEST_NAME, "12")] * 11),
        room_poster(
            "Konferenz", "wann", "Stadt", [PosterLine(n, long_title, "Raum") for n in range(30)], "http://x/k/y/"
        ),
    ]

    assert [len(text_of(document)) for document in documents] == [1, 2, 3]
    for document in documents:
        _assert_text_inside(document)


def _assert_text_inside(document: bytes) -> None:
    pdf = pypdfium2.PdfDocument(document)
    for page in pdf:
        width, height = page.get_size()
        words = page.get_textpage()
        for number in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(number)
            assert left >= 0
            assert bottom >= 0
            assert right <= width
            assert top <= height
    pdf.close()
