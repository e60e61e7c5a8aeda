"""Browsers and servers for the journeys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium
from tests.journeys.server import ROOT, Server

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items):
    """Everything in this folder is a journey; one process drives the browser for a file."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.QUIET)
        yield browser
        browser.close()


def new_server(folder: Path) -> Server:
    """A server on the kind of database under test, migrated and empty."""
    url = None
    if os.environ.get("TEST_DATABASE", "sqlite") != "sqlite":
        from tests.postgres import new_database

        url = new_database(f"journey_{folder.name}".replace("-", "_"))
    server = Server(folder, url)
    server.flask("db", "upgrade")
    return server


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """The demo town, running."""
    server = new_server(tmp_path_factory.mktemp("server"))
    server.flask("demo", "seed")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def info(server: Server) -> dict:
    """Addresses and sign-in data of the running demo town."""
    return server.info()


@pytest.fixture
def open_context(browser: Browser) -> Iterator:
    """Make browser contexts that are closed afterwards; `open_context(PHONE)`."""
    contexts: list[BrowserContext] = []

    def make(device: dict, **options) -> BrowserContext:
        context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", **device, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


def sign_in(page: Page, info: dict) -> Page:
    """Sign in as the demo's organiser."""
    page.goto(info["login_url"])
    page.get_by_label("E-Mail-Adresse").fill(info["organiser"]["email"])
    page.get_by_label("Passwort").fill(info["organiser"]["password"])
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(lambda url: "anmelden" not in url)
    return page


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds on a page whose context carries `AXE` as init script, one line per broken rule."""
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]} – {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
