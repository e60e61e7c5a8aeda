"""The whole thread by hand: one dialogue from area data to a published paper, in the browser and on two phones."""

import io
import re
import time
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, sign_in

DAY = date.today() + timedelta(days=40)  # noqa: DTZ011 -- a day in the near future, whatever the zone
TITLE = f"Expert*innendialog Nordstadt {DAY.year}"
VOICE_A = "Am Lirchener Markt fehlt ein Treffpunkt für Eltern mit kleinen Kindern."
VOICE_B = "Die Elternberatung kennt hier niemand, obwohl sie gut ist."
POINT = "Eltern in der Nordstadt fehlt ein bekannter Ort"
RECOMMENDATION = "Offener Elterntreff am Lirchener Markt"


@pytest.fixture
def office(open_context, info) -> Page:
    """The organiser's desk."""
    return sign_in(open_context(DESK).new_page(), info)


def press(page: Page, name: str) -> None:
    """Press a button and wait for what comes."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    """Follow a link of the content and wait for its page."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def station(page: Page, name: str) -> None:
    """Go to a station of the thread."""
    page.get_by_role("navigation", name=re.compile("Roter Faden")).get_by_role("link", name=re.compile(name)).click()
    page.wait_for_load_state()


def test_one_dialogue_from_area_data_to_a_published_paper(office, open_context, info, server):
    home_says_what_is_next(office)
    area_data(office)
    institutions(office)
    conference(office)
    invitations(office, open_context)
    code = tables_and_print_kit(office, server)
    phones = [open_context(PHONE).new_page() for _ in range(2)]
    two_phones_and_a_host(office, phones, f"{server.url}/t/{code}")
    dots_and_wall(office, phones, open_context)
    consolidation(office)
    paper = paper_and_publication(office)
    a_councillor_reads(open_context(PHONE).new_page(), info["portal_url"], paper)


def home_says_what_is_next(office: Page) -> None:
    expect(office.get_by_role("navigation", name=re.compile("Roter Faden: .*Mitte.Hafen")).first).to_be_visible()
    expect(office.get_by_text("Als Nächstes").first).to_be_visible()


def area_data(office: Page) -> None:
    office.get_by_role("link", name="Daten", exact=True).click()
    expect(office.get_by_role("heading", level=1, name="Daten")).to_be_visible()
    orientation = "Ein höherer Wert bedeutet eine höhere soziale Belastung."
    expect(office.locator("p", has_text=orientation).first).to_be_visible()
    expect(office.locator("main svg").first).to_be_visible()
    expect(office.get_by_role("row", name=re.compile(r"^Innenstadt\b.*\b40,1\b"))).to_be_visible()
    office.goto(re.sub(r"/daten/.*", "/k/auenbrueck/raeume/01", office.url))
    expect(office.get_by_role("heading", level=1)).to_contain_text("Mitte/Hafen")
    expect(office.get_by_text("47,1").first).to_be_visible()


def institutions(office: Page) -> None:
    office.goto(re.sub(r"/k/.*", "/institutionen/", office.url))
    expect(office.get_by_role("link", name="Caritasverband Auenbrück e. V.")).to_be_visible()
    office.get_by_role("link", name="Caritasverband Auenbrück e. V.").click()
    expect(office.get_by_text("Gabriele Terhorst").first).to_be_visible()


def conference(office: Page) -> None:
    office.get_by_role("link", name="Konferenzen", exact=True).first.click()
    follow(office, "Konferenz anlegen")
    office.get_by_label("Gebiet").select_option(label=area_option(office, "Nordstadt"))
    office.get_by_label("Datum").fill(DAY.isoformat())
    office.get_by_label("Beginn").fill("14:00")
    office.get_by_label("Ende").fill("17:30")
    office.get_by_label(re.compile("^Ort")).fill("Bürgerzentrum Lirchen")
    press(office, "Anlegen und weiter zu den Themen")
    add_topic(office, "Familien in der Nordstadt", "Was fehlt Familien hier?")
    add_topic(office, "", "", is_open=True)
    follow(office, "Weiter zu den Tischen")
    press(office, "Tische zu allen Themen anlegen")
    edit_first_table(office)
    office.get_by_role("link", name="Ablauf", exact=True).click()
    office.get_by_label("Was").first.fill("Ankommen")
    press(office, "Ablauf speichern")
    expect(office.get_by_label("Was").first).to_have_value("Ankommen")


def area_option(page: Page, name: str) -> str:
    """The option of the area select that ends with a name."""
    options = page.get_by_label("Gebiet").locator("option").all_inner_texts()
    return next(option for option in options if option.endswith(name) or option.startswith(name))


def add_topic(office: Page, title: str, question: str, is_open: bool = False) -> None:
    office.get_by_role("link", name=re.compile("Erstes Thema anlegen|Thema hinzufügen")).first.click()
    if is_open:
        office.get_by_label(re.compile("^Freies Thema")).check()
    else:
        office.get_by_label(re.compile("^Thema")).fill(title)
        office.get_by_label(re.compile("^Leitfragen")).fill(question)
        office.get_by_label(re.compile("^Kinderarmut")).check()
    press(office, "Speichern")


def edit_first_table(office: Page) -> None:
    office.get_by_role("link", name="Bearbeiten Tisch 1").click()
    office.get_by_label(re.compile("^(Gastgeber|Moderation)")).fill("Gül Yıldız")
    press(office, "Speichern")
    expect(office.get_by_text("Gül Yıldız")).to_be_visible()


def invitations(office: Page, open_context) -> None:
    station(office, "Einladen")
    follow(office, "Institutionen auswählen")
    for name in ("Diakonie Auenbrück", "Nachbarschaftsverein Lirchen e. V."):
        office.get_by_label(f"{name} einladen").check()
    press(office, "Angekreuzte einladen")
    office.get_by_role("link", name=re.compile("freigeben")).first.click()
    office.wait_for_load_state()
    office.locator("main form button[type=submit]").last.click()
    office.wait_for_load_state()
    office.goto(re.sub(r"/einladungen/.*", "/einladungen/postausgang", office.url))
    link = re.search(r"https?://\S+/e/\S+", office.content().replace("</", " </"))
    assert link, "the mail in the outbox carries the personal link"
    answer_by_link(open_context(PHONE).new_page(), link.group().split("<")[0])
    station_url = re.sub(r"postausgang.*", "", office.url)
    office.goto(station_url)
    expect(office.get_by_text("Kai Antwort").first).to_be_visible()


def answer_by_link(guest: Page, link: str) -> None:
    guest.goto(link)
    guest.get_by_label("Ja, wir kommen").check()
    guest.get_by_label(re.compile("^Vorname")).first.fill("Kai")
    guest.get_by_label(re.compile("^Nachname")).first.fill("Antwort")
    guest.locator("select").first.select_option(label="Familien in der Nordstadt")
    guest.get_by_role("button", name="Antwort senden").click()
    expect(guest.get_by_text("Sie kommen.")).to_be_visible()


def tables_and_print_kit(office: Page, server) -> str:
    """Name the open topic, seat people, look at the print kit; returns the code of the first table."""
    station(office, "Vorbereiten")
    follow(office, "Plätze verteilen")
    press(office, "Vorschlag machen")
    expect(office.get_by_text("Alle haben einen Platz.")).to_be_visible()
    station(office, "Vorbereiten")
    office.get_by_role("link", name="Freies Thema festlegen").first.click()
    office.get_by_label(re.compile("^Thema|^Titel|einigt")).first.fill("Wege im Dunkeln")
    press(office, "Thema festlegen")
    expect(office.get_by_text("Wege im Dunkeln").first).to_be_visible()
    conference_path = re.search(r"/konferenzen/\d+", office.url).group()
    for name in ("tischkarten", "namensschilder", "anwesenheitsliste", "raumplan"):
        response = office.request.get(f"{server.url}{conference_path}/druck/{name}.pdf")
        assert response.ok, name
        assert response.body().startswith(b"%PDF")
    cards = office.request.get(f"{server.url}{conference_path}/druck/tischkarten.pdf").body()
    first = pypdfium2.PdfDocument(io.BytesIO(cards))[0].render(scale=3).to_pil()
    addresses = {found.text for found in zxingcpp.read_barcodes(first)}
    address = next(iter(addresses))
    assert address.startswith(f"{server.url}/t/")
    return address.rsplit("/", 1)[-1]


def two_phones_and_a_host(office: Page, phones: list[Page], address: str) -> None:
    station(office, "Durchführen")
    press(office, "Alle Tische eröffnen")
    office.get_by_role("link", name="Moderation").first.click()
    for phone in phones:
        phone.goto(address)
        expect(phone.get_by_text("Was fehlt Familien hier?")).to_be_visible()
        expect(phone.get_by_text(re.compile("Kinderarmut")).first).to_be_visible()
    first, second = phones
    expect(second.get_by_text("live", exact=True)).to_be_visible()
    first.get_by_label("Ihr Beitrag").fill(VOICE_A)
    first.get_by_text("Lücke").first.click()
    begun = time.perf_counter()
    first.get_by_role("button", name="Senden").click()
    expect(second.locator("#contributions-feed")).to_contain_text(VOICE_A, timeout=5000)
    assert time.perf_counter() - begun < 1, "what one phone sends the other sees in under a second"
    expect(first.locator("#contributions-mine")).to_contain_text("angekommen")
    second.get_by_label("Ihr Beitrag").fill(VOICE_B)
    second.get_by_text("Ressource").first.click()
    second.get_by_role("button", name="Senden").click()
    expect(first.locator("#contributions-feed")).to_contain_text(VOICE_B)
    expect(office.locator("#contributions-waiting")).to_contain_text(VOICE_B)
    for voice in (VOICE_A, VOICE_B):
        office.locator("#contributions-waiting li", has_text=voice).get_by_role("button", name="Zeigen").click()
        expect(office.locator("#contributions-shown")).to_contain_text(voice)


def dots_and_wall(office: Page, phones: list[Page], open_context) -> None:
    wall_path = office.get_by_role("link", name="Wand dieses Tisches").get_attribute("href")
    wall = open_context({"viewport": {"width": 1920, "height": 1080}}).new_page()
    wall.goto(re.sub(r"/tische/.*", wall_path, office.url))
    expect(wall.get_by_text(VOICE_B).first).to_be_visible()
    press(office, "Punkte vergeben lassen")
    give = phones[0].locator("li", has_text=VOICE_A).get_by_role("button", name=re.compile("Punkt geben"))
    give.click()
    expect(phones[0].get_by_text("Noch 2 von 3 Punkten")).to_be_visible()
    press(office, "Weiter sammeln")
    expect(wall.locator("#contributions-wall")).to_contain_text("1 Punkt")
    press(office, "Tisch schließen")
    expect(phones[1].get_by_text("Der Tisch ist geschlossen.")).to_be_visible()


def consolidation(office: Page) -> None:
    follow(office, f"Raum: {TITLE}")
    station(office, "Auswerten")
    for voice in (VOICE_A, VOICE_B):
        office.locator("#desk-left li", has_text=voice).get_by_role("checkbox").check()
    office.locator("#desk-sort input[type=text]").first.fill(POINT)
    office.locator("#desk-sort").get_by_role("button", name="Neuer Punkt").click()
    expect(office.locator("#consolidation-points")).to_contain_text(POINT)
    expect(office.locator("#desk-left li", has_text=VOICE_A)).to_have_count(0)
    follow(office, "Zu den Empfehlungen")
    office.get_by_role("main").get_by_role("link", name=re.compile("Neue Empfehlung|Empfehlung aus")).first.click()
    office.get_by_label(re.compile("^Titel")).fill(RECOMMENDATION)
    office.get_by_label(re.compile("^(Empfehlung|Text|Wortlaut)")).first.fill(
        "Wir empfehlen, am Lirchener Markt für Familien bis Ende nächsten Jahres einen offenen Elterntreff zu erproben."
    )
    office.get_by_label(re.compile(re.escape(POINT))).check()
    office.get_by_label(re.compile("^Kinderarmut")).first.check()
    office.get_by_label(re.compile("^Federführung")).select_option(index=1)
    expect(office.locator("#consolidation-evidence")).to_contain_text("2 Stimmen")
    press(office, "Empfehlung speichern")
    expect(office.get_by_text(RECOMMENDATION).first).to_be_visible()


def paper_and_publication(office: Page) -> str:
    """Write, freeze, publish; returns the address of the paper."""
    follow(office, "Zum Papier")
    press(office, "Papier beginnen")
    office.get_by_role("main").get_by_role("link", name=re.compile("Zusammenfassung")).first.click()
    office.get_by_role("textbox").last.fill("Eltern in der Nordstadt wünschen sich **einen Ort**, den alle kennen.")
    press(office, "Speichern")
    station(office, "Papier")
    follow(office, "Version einfrieren")
    press(office, "Version 1 einfrieren")
    press(office, "Jetzt veröffentlichen")
    expect(office.get_by_text(re.compile("veröffentlicht")).first).to_be_visible()
    return office.locator("a[href*='/papiere/']").first.get_attribute("href").split("?")[0]


def a_councillor_reads(phone: Page, portal: str, paper: str) -> None:
    phone.goto(portal)
    phone.locator(f"a[href='{paper}']").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Nordstadt")
    card = phone.locator("article", has_text=RECOMMENDATION).first
    expect(card).to_contain_text("2 Stimmen")
    card.locator("summary", has_text="2 Stimmen").click()
    expect(card.locator("blockquote", has_text=VOICE_A)).to_be_visible()
    card.locator("summary", has_text="Kennzahl").click()
    expect(card.get_by_text(re.compile("Kinderarmut.*31.12.2025.*Quelle")).first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    pdf = phone.request.get(phone.url.split("#")[0].split("?")[0] + ".pdf")
    assert pdf.body().startswith(b"%PDF")
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf.body())))
    assert "Lirchener Markt" in words
