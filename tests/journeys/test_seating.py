"""The room plan by proposal, by key, by mouse, and without JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import AXE, DESK, PHONE, axe_findings, sign_in

pytestmark = pytest.mark.once

pytestmark = pytest.mark.journey


def said(page: Page) -> str:
    """What the live region says."""
    return page.locator(".tt-messages").inner_text()


def first_at(page: Page, table: int) -> str:
    """Who is listed first at a table."""
    return page.locator(f"#tisch-{table} [data-person]").first.get_attribute("data-person")


def sits_at(page: Page, person: str, table: int) -> None:
    """Wait until somebody sits at a table."""
    page.locator(f"#tisch-{table} [data-person='{person}']").wait_for()


def test_proposal_keyboard_and_mouse(open_context, info):
    context = open_context(DESK)
    context.add_init_script(path=AXE)
    page = sign_in(context.new_page(), info)
    page.goto(f"{info['conference_url']}plaetze/")
    page.get_by_role("button", name="vorschlagen").or_(
        page.get_by_role("button", name="Vorschlag machen")
    ).first.click()
    page.locator(".tt-messages").get_by_text("Plätze sind vergeben").wait_for()
    assert axe_findings(page) == []

    by_key = first_at(page, 1)
    page.locator(f"#person-{by_key}").focus()
    page.keyboard.press("3")
    sits_at(page, by_key, 3)
    assert "Jetzt fest an Tisch 3" in said(page)
    assert page.evaluate("document.activeElement.id") == f"person-{by_key}"

    by_mouse = first_at(page, 2)
    grip = page.locator(f"#tisch-2 [data-person='{by_mouse}'] .tt-grip")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), page.locator("#tisch-1 .tt-round__top").bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 20, steps=4)
    page.mouse.up()
    sits_at(page, by_mouse, 1)
    assert "Jetzt fest an Tisch 1" in said(page)


def test_without_javascript_on_a_small_phone(open_context, info):
    page = sign_in(
        open_context(PHONE | {"viewport": {"width": 320, "height": 700}}, java_script_enabled=False).new_page(), info
    )
    page.goto(f"{info['conference_url']}plaetze/?zeigen=alle")
    person = first_at(page, 2)
    page.locator(f"#person-{person}").check(force=True)
    page.get_by_label("Angehakte setzen an").select_option(index=3)
    page.get_by_role("button", name="Umsetzen").click()

    assert "Jetzt fest an Tisch 4" in said(page)
    sits_at(page, person, 4)
    assert page.locator("html").evaluate("element => element.scrollWidth") <= 320
