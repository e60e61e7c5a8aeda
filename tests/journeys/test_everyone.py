"""Everyone who should be there, by hand: 45 invited, every way of answering, seats, two phones at the door, the reach.

All of it at 320 px; the guest's part by keyboard alone.
"""

import re
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

NARROW = {"viewport": {"width": 320, "height": 700}}
DAY = date.today() + timedelta(days=50)  # noqa: DTZ011 -- a day ahead, whatever the zone
PLACES = 4


@pytest.fixture
def office(open_context, info) -> Page:
    """The organiser's desk on a narrow screen."""
    return sign_in(open_context(NARROW).new_page(), info)


def test_from_45_invitations_to_the_reach_report(office, open_context, info, server):
    conference = copied_conference(office, info)
    few_places_and_open_registration(office, conference)
    mails = invite_everybody(office, conference, server)
    links = [link_in(mail, "/e/") for mail in mails]
    guest = open_context(NARROW).new_page()
    comes_by_keyboard(guest, links[0])
    sends_a_colleague(open_context(NARROW).new_page(), links[1])
    answers_by_phone(office, conference)
    waiting = registers_openly(open_context(NARROW).new_page(), office, conference, server)
    declines_after_all(guest)
    moves_up(open_context(NARROW).new_page(), waiting)
    everybody_has_a_seat(office, conference)
    two_phones_at_the_door(office, sign_in(open_context(NARROW).new_page(), info), conference)
    the_report_says_it(office, conference)


def press(page: Page, name: str | re.Pattern) -> None:
    """Press a button and wait for what comes."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def copied_conference(office: Page, info: dict) -> str:
    """Last time's conference again, in the near future; returns the address of its page."""
    office.goto(info["conference_url"].rstrip("/") + "/kopieren")
    office.get_by_label("Titel").fill("Expert*innendialog Mitte/Hafen, noch einmal")
    office.get_by_label("Datum").fill(DAY.isoformat())
    press(office, "Kopie anlegen")
    return re.search(r".*/konferenzen/\d+", office.url).group()


def few_places_and_open_registration(office: Page, conference: str) -> None:
    office.goto(f"{conference}/bearbeiten")
    office.get_by_label("Einladungen und offene Anmeldung").check()
    office.get_by_label(re.compile("^Plätze für Personen")).fill(str(PLACES))
    press(office, "Speichern")


def invite_everybody(office: Page, conference: str, server) -> list:
    """Choose all, release all; returns the mails as they went out."""
    before = set(outbox(server))
    office.goto(f"{conference}/einladungen/auswahl?alle=1")
    press(office, "Angekreuzte einladen")
    office.goto(f"{conference}/einladungen/postausgang/freigabe")
    press(office, "45 Mails senden")
    expect(office.get_by_text(re.compile("45")).first).to_be_visible()
    return wait_for_mails(office, server, before, 45)


def outbox(server) -> list[Path]:
    """Files of the mails that left, oldest first."""
    return sorted((Path(server.environment["DATA_DIR"]) / "mail").glob("*"), key=lambda path: path.stat().st_mtime)


def wait_for_mails(page: Page, server, before: set, count: int) -> list:
    """The mails that left since, once there are `count` of them."""
    for _ in range(300):
        mails = [mail for path in outbox(server) if path not in before for mail in mails_in(path)]
        if len(mails) >= count:
            return mails
        page.wait_for_timeout(250)
    raise AssertionError(f"{len(mails)} of {count} mails left")


def mails_in(path: Path) -> list:
    """The mails of one file of the outbox."""
    parts = [part for part in path.read_bytes().split(b"-" * 79) if part.strip()]
    return [message_from_bytes(part.lstrip(), policy=policy.default) for part in parts]


def link_in(mail, path: str) -> str:
    """The personal link in a mail."""
    text = mail.get_body(("plain",)).get_content()
    return re.search(rf"https?://\S+{path}\S+", text).group()


def focus_next(page: Page, name: str | re.Pattern, role: str) -> None:
    """Go on with Tab until the wanted control has the focus, as somebody without a mouse does."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


def comes_by_keyboard(guest: Page, link: str) -> None:
    """One person comes, with a wish and a need; no mouse is used."""
    guest.goto(link)
    assert guest.url.endswith("/e/"), "the secret is gone from the address"
    focus_next(guest, re.compile("^Ja, wir kommen"), "radio")
    guest.keyboard.press("Space")
    focus_next(guest, "Vorname, Person 1", "textbox")
    guest.keyboard.press("Control+a")
    guest.keyboard.type("Tastatur")
    focus_next(guest, "Nachname, Person 1", "textbox")
    guest.keyboard.press("Control+a")
    guest.keyboard.type("Allein")
    focus_next(guest, re.compile("1. Wunsch"), "combobox")
    guest.keyboard.press("ArrowDown")
    focus_next(guest, "Antwort senden", "button")
    guest.keyboard.press("Enter")
    expect(guest.get_by_text("Sie kommen.")).to_be_visible()
    expect(guest.get_by_text("Tastatur Allein")).to_be_visible()


def sends_a_colleague(guest: Page, link: str) -> None:
    guest.goto(link)
    guest.get_by_label(re.compile("^Eine Kollegin oder ein Kollege")).check()
    guest.get_by_label("Vorname der Vertretung").fill("Vera")
    guest.get_by_label("Nachname der Vertretung").fill("Tretung")
    guest.get_by_label("E-Mail-Adresse der Vertretung").fill("vera@vertretung.example")
    press(guest, "Antwort senden")
    expect(guest.get_by_text("Eine Vertretung kommt.")).to_be_visible()


def answers_by_phone(office: Page, conference: str) -> None:
    """The third institution calls: two people come, and the house is full."""
    office.goto(f"{conference}/einladungen/?antwort=none")
    office.get_by_role("link", name=re.compile("^Antwort eintragen")).nth(1).click()
    office.get_by_label("kommt", exact=True).check()
    office.get_by_text("Person 2 hinzufügen").click()
    for number, name in ((1, "Anna"), (2, "Otto")):
        office.get_by_label(f"Vorname, Person {number}").fill(name)
        office.get_by_label(f"Nachname, Person {number}").fill("Telefon")
    press(office, re.compile("Antwort .*"))
    office.goto(f"{conference}/personen/")
    for name in ("Anna Telefon", "Vera Tretung"):
        expect(office.get_by_role("rowheader", name=name)).to_be_visible()


def registers_openly(guest: Page, office: Page, conference: str, server) -> str:
    """A private person registers, confirms, and waits; returns the link to the own page."""
    before = set(outbox(server))
    number = conference.rsplit("/", 1)[-1]
    guest.goto(f"{server.url}/k/auenbrueck/termine/{number}/anmeldung")
    expect(guest.get_by_text("Ausgebucht")).to_be_visible()
    guest.get_by_label("Vorname").fill("Privat")
    guest.get_by_label("Nachname").fill("Wartend")
    guest.get_by_label(re.compile("^E-Mail")).fill("privat@wartend.example")
    guest.get_by_label(re.compile("Privatperson")).check()
    press(guest, "Anmelden")
    expect(guest.get_by_text("Sehen Sie jetzt in Ihr Postfach")).to_be_visible()
    mail = next(mail for mail in wait_for_mails(office, server, before, 1) if "privat@wartend.example" in mail["To"])
    link = link_in(mail, "/p/")
    guest.goto(link)
    press(guest, "Ja, ich habe mich angemeldet")
    expect(guest.get_by_text(re.compile("Warteliste")).first).to_be_visible()
    return link


def declines_after_all(guest: Page) -> None:
    """The first guest changes the answer: a place becomes free."""
    guest.get_by_label("Nein, wir können nicht kommen").check()
    press(guest, "Antwort ändern")
    expect(guest.get_by_text("Sie kommen nicht.")).to_be_visible()


def moves_up(guest: Page, link: str) -> None:
    """Nobody had to do anything: who waited has the place."""
    guest.goto(link)
    expect(guest.get_by_text("Sie haben einen Platz")).to_be_visible()
    expect(guest.get_by_text(re.compile("auf der Warteliste"))).to_have_count(0)


def everybody_has_a_seat(office: Page, conference: str) -> None:
    office.goto(f"{conference}/plaetze/")
    press(office, "Vorschlag machen")
    expect(office.get_by_text("Alle haben einen Platz.")).to_be_visible()


def two_phones_at_the_door(first: Page, second: Page, conference: str) -> None:
    """Both let people in; each sees what the other did."""
    for phone, name in ((first, "Telefon"), (second, "Tretung")):
        phone.goto(f"{conference}/einlass/?suche={name}")
        phone.get_by_role("button", name=re.compile("^Ist da")).first.click()
        phone.wait_for_load_state()
    for phone in (first, second):
        expect(phone.locator("#attendance-count")).to_contain_text(re.compile(r"2\s*von\s*4"))
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def the_report_says_it(office: Page, conference: str) -> None:
    """Institutions and persons are counted apart."""
    office.goto(f"{conference}/reichweite")
    for step, number in (
        ("Institutionen eingeladen", "45"),
        ("Institutionen mit Antwort", "3"),
        ("Institutionen mit Zusage", "2"),
        ("Institutionen gekommen", "2"),
        ("Personen mit Platz", "4"),
        ("Personen gekommen", "2"),
    ):
        row = office.get_by_role("row", name=re.compile(f"^{step}"))
        expect(row.get_by_role("cell").first).to_have_text(number)
