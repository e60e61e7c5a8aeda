"""One phone in a bad hall: no network, no script, sent twice."""

import json
import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

JSON = {"Accept": "application/json", "Content-Type": "application/json"}


@pytest.fixture
def table(info) -> str:
    """The address of an open table nobody else in this file writes to."""
    return info["tables"][3]["url"]


def stored(page, table: str, text: str) -> int:
    """How often a text is stored at a table."""
    items = page.request.get(f"{table}/beitraege", headers={"Accept": "application/json"}).json()["items"]
    return sum(item["text"] == text for item in items)


def test_what_is_sent_without_network_arrives_exactly_once_when_it_is_back(open_context, table):
    text = f"Ohne Netz geschrieben {uuid.uuid4()}"
    context = open_context(PHONE)
    phone = context.new_page()
    phone.goto(table)
    expect(phone.get_by_text("live", exact=True)).to_be_visible()

    context.set_offline(True)
    phone.get_by_label("Ihr Beitrag").fill(text)
    phone.get_by_label(re.compile("^Bedarf")).check()
    phone.get_by_role("button", name="Senden").click()
    expect(phone.locator("#contributions-mine")).to_contain_text("auf diesem Handy gespeichert")
    context.set_offline(False)
    expect(phone.locator("#contributions-mine")).to_contain_text("angekommen", timeout=30_000)
    phone.reload()
    phone.wait_for_timeout(1500)

    assert stored(phone, table, text) == 1


def test_a_reload_while_offline_loses_nothing(open_context, table):
    text = f"Vor dem Neuladen {uuid.uuid4()}"
    context = open_context(PHONE)
    phone = context.new_page()
    phone.goto(table)
    phone.get_by_label("Ihr Beitrag").fill(text)
    phone.get_by_label(re.compile("^Idee")).check()
    context.set_offline(True)
    phone.get_by_role("button", name="Senden").click()
    expect(phone.locator("#contributions-mine")).to_contain_text("auf diesem Handy gespeichert")

    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(table)
    expect(again.locator("#contributions-mine")).to_contain_text("angekommen", timeout=30_000)

    assert stored(again, table, text) == 1


def test_contributing_works_without_javascript(open_context, table):
    text = f"Ganz ohne Skript {uuid.uuid4()}"
    phone = open_context(PHONE, java_script_enabled=False).new_page()
    phone.goto(table)

    phone.get_by_label("Ihr Beitrag").fill(text)
    phone.get_by_label(re.compile("^Lücke")).check()
    phone.get_by_role("button", name="Senden").click()

    expect(phone.get_by_text(text).first).to_be_visible()
    assert stored(phone, table, text) == 1


def test_the_same_sending_twice_is_one_row_and_bad_ones_are_explained(open_context, table):
    request = open_context(PHONE).request
    body = {"text": f"Zweimal gesendet {uuid.uuid4()}", "kind": "need", "client_id": str(uuid.uuid4())}

    first, second = (request.post(f"{table}/beitraege", headers=JSON, data=json.dumps(body)) for _ in range(2))
    empty = request.post(f"{table}/beitraege", headers=JSON, data=json.dumps({**body, "text": " "}))
    long = request.post(f"{table}/beitraege", headers=JSON, data=json.dumps({**body, "text": "x" * 5000}))

    assert (first.status, second.status) == (201, 200)
    assert first.json() == second.json()
    assert (empty.status, long.status) == (422, 422)
    assert "1.000 Zeichen" in long.json()["errors"]["text"][0]


def test_the_phone_page_is_light_and_fits_small_screens(open_context, table):
    phone = open_context({**PHONE, "viewport": {"width": 320, "height": 640}}).new_page()
    sizes: list[int] = []
    phone.on("response", lambda response: sizes.append(int(response.headers.get("content-length", 0))))

    phone.goto(table)
    phone.wait_for_timeout(500)

    assert sum(sizes) < 100_000
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
