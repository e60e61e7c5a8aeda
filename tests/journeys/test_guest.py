"""A guest answers by the link in the mail: with the keyboard alone, on a narrow phone, in their own language."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import AXE, axe_findings
from tests.journeys.server import ROOT

pytestmark = pytest.mark.once
NARROW = {"viewport": {"width": 320, "height": 640}}
NEW_LINK = """
from datetime import timedelta
from app import create_app
from app.conferences.models import Conference
from app.core import clock
from app.extensions import db
from app.invitations import links
from app.invitations.models import Invitation
with create_app().app_context():
    invitation = db.session.scalars(db.select(Invitation).order_by(Invitation.id.desc()).limit(1)).one()
    conference = db.session.get(Conference, invitation.conference_id)
    conference.starts_at = clock.now() + timedelta(days=20)
    conference.ends_at = conference.starts_at + timedelta(hours=4)
    print(links.new_link(invitation, clock.now()))
    db.session.commit()
"""


@pytest.fixture(scope="module")
def link(server) -> str:
    """The address in the mail to an institution whose conference is ahead."""
    command = [sys.executable, "-c", NEW_LINK]
    done = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, text=True, stdout=subprocess.PIPE)
    return f"{server.url}/e/{done.stdout.split()[-1]}"


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the element with a name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.labels?.length ? e.labels[0].innerText : e.innerText).trim() }"
        )
        if focused.startswith(label):
            return
    raise AssertionError(f"{label} is out of reach")


def test_a_guest_answers_with_the_keyboard_alone(open_context, link):
    page = open_context(NARROW, java_script_enabled=True).new_page()
    page.goto(link)

    tab_to(page, "Ja, wir kommen")
    page.keyboard.press("Space")
    tab_to(page, "Vorname, Person 1")
    page.keyboard.type("Kim")
    tab_to(page, "Nachname, Person 1")
    page.keyboard.type("Tastatur")
    tab_to(page, "Unterstützung für Person 1")
    page.keyboard.press("Enter")
    tab_to(page, "Ich brauche einen barrierefreien Platz")
    page.keyboard.press("Space")
    tab_to(page, "1. Wunsch")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Antwort senden")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Vielen Dank! Ihre Antwort ist gespeichert.")).to_be_visible()
    expect(page.get_by_text("Kim Tastatur")).to_be_visible()
    assert page.url.endswith("/e/")
    assert link.rsplit("/", 1)[1] not in page.content()


@pytest.mark.parametrize("language", ["de", "leicht", "en", "tr", "ar", "uk"])
def test_the_page_fits_a_narrow_phone_and_axe_finds_nothing(open_context, link, language):
    context = open_context(NARROW)
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.goto(link)
    page.goto(f"{link.rsplit('/', 1)[0]}/?sprache={language}")
    page.locator("[name=answer][value=yes]").check()

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert axe_findings(page) == []


def test_in_arabic_everything_starts_at_the_right(open_context, link):
    page = open_context(NARROW).new_page()
    page.goto(link)
    page.goto(f"{link.rsplit('/', 1)[0]}/?sprache=ar")

    legend, body = page.locator("legend").first.bounding_box(), page.locator("main").bounding_box()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert legend["x"] + legend["width"] > body["x"] + body["width"] - 40
