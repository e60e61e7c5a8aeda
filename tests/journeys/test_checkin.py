"""The door on two narrow phones at once, with the keyboard alone, and without script."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import AXE, axe_findings, sign_in

NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
STAND = re.compile(r"(\d+) von (\d+) Personen da")


@pytest.fixture
def door(info) -> str:
    """The door of the demo conference."""
    return info["conference_url"] + "einlass/"


def stand(page: Page) -> tuple[int, int]:
    """How many are there, out of how many."""
    there, expected = STAND.search(page.locator("#attendance-count").inner_text()).groups()
    return int(there), int(expected)


def take_in(page: Page, door: str, last_name: str) -> None:
    """Let somebody in who has no registration."""
    page.goto(door + "ohne-anmeldung")
    page.get_by_label("Nachname").fill(last_name)
    page.get_by_role("button", name="Einlassen").click()
    page.wait_for_url(door)


def take_back(page: Page, door: str, name: str) -> None:
    """Somebody is not there after all."""
    page.goto(f"{door}?suche={name}")
    page.locator(".door-guest__who").first.click()
    page.get_by_role("button", name="Doch nicht da").click()
    page.wait_for_url(door)


def test_two_phones_check_the_same_person_in_at_once_and_agree(open_context, info, door):
    phones = [sign_in(open_context(NARROW).new_page(), info) for _phone in range(2)]
    take_in(phones[0], door, "Zweihandy")
    take_back(phones[0], door, "Zweihandy")
    for phone in phones:
        phone.goto(door)
        expect(phone.locator("#contributions-connection")).to_have_text("Zahlen aktualisieren sich")
    before, expected = stand(phones[0])
    tokens = []
    for phone in phones:
        phone.get_by_label("Name oder Institution").fill("zweihandy")
        button = phone.get_by_role("button", name="Einlassen Zweihandy")
        expect(button).to_be_visible()
        form = button.locator("xpath=ancestor::form")
        tokens.append((phone.url, form.get_attribute("action"), form.locator("[name=csrf_token]").input_value()))

    contexts = [phone.context.storage_state() for phone in phones]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(_post, contexts, tokens))

    assert answers == [303, 303]
    for phone in phones:
        expect(phone.locator("#attendance-count")).to_contain_text(f"{before + 1} von {expected + 1} Personen da")
        expect(phone.locator("#attendance-count")).to_contain_text("Zuletzt: Zweihandy")
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    take_back(phones[0], door, "Zweihandy")


def _post(state: dict, sent: tuple[str, str, str]) -> int:
    """Send the form with a phone's cookies, from a thread of its own; returns the status."""
    page, action, token = sent
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in state["cookies"])
    connection = HTTPConnection(urlsplit(page).netloc, timeout=30)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", action, urlencode({"csrf_token": token}), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_two_taps_a_guest_and_the_other_phone_counts_along(open_context, info, door):
    tapping, watching = (sign_in(open_context(NARROW).new_page(), info) for _phone in range(2))
    take_in(tapping, door, "Zweitaps")
    take_back(tapping, door, "Zweitaps")
    watching.goto(door)
    expect(watching.locator("#contributions-connection")).to_have_text("Zahlen aktualisieren sich")
    before, expected = stand(watching)

    tapping.get_by_label("Name oder Institution").fill("zweitaps")
    tapping.get_by_role("button", name="Einlassen Zweitaps").tap()

    expect(tapping.get_by_text("Zweitaps ist da")).to_be_visible()
    expect(watching.locator("#attendance-count")).to_contain_text(f"{before + 1} von {expected + 1} Personen da")
    assert stand(tapping) == (before + 1, expected + 1)
    take_back(tapping, door, "Zweitaps")


@pytest.mark.once
def test_the_keyboard_alone_is_enough(open_context, info, door):
    page = sign_in(open_context({"viewport": {"width": 1280, "height": 900}}).new_page(), info)
    take_in(page, door, "Tastatur")
    take_back(page, door, "Tastatur")
    page.goto(door)

    page.keyboard.type("tastatur")
    expect(page.get_by_role("button", name="Einlassen Tastatur")).to_be_visible()
    for _step in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith("Einlassen"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_text("Tastatur ist da")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "suche"
    take_back(page, door, "Tastatur")


@pytest.mark.once
def test_the_door_works_without_script(open_context, info, door):
    page = sign_in(open_context(NARROW, java_script_enabled=False).new_page(), info)
    take_in(page, door, "Ohneskript")

    page.get_by_label("Name oder Institution").fill("ohneskript")
    page.get_by_role("button", name="Suchen").click()

    expect(page.get_by_text("da seit")).to_be_visible()
    take_back(page, door, "Ohneskript")


@pytest.mark.once
def test_the_pages_of_a_guest_break_no_rule_of_accessibility(open_context, info, door):
    context = open_context(NARROW, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = sign_in(context.new_page(), info)
    take_in(page, door, "Barrierefrei")

    findings = {}
    for address in (f"{door}?suche=barrierefrei", door + "ohne-anmeldung", info["conference_url"] + "reichweite"):
        page.goto(address)
        findings[address] = axe_findings(page)
    page.goto(f"{door}?suche=barrierefrei")
    page.locator(".door-guest__who").first.click()
    page.get_by_role("button", name="Doch nicht da").wait_for()
    findings["guest"] = axe_findings(page)
    take_back(page, door, "Barrierefrei")

    assert {address: found for address, found in findings.items() if found} == {}
