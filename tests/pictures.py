"""Takes the pictures of README and docs from a running demo town: `make pictures`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tests.journeys.conftest import DESK, PHONE, new_server, sign_in

FOLDER = Path(__file__).parents[1] / "docs" / "bilder"


def take(page: Page, address: str, name: str, full_page: bool = False) -> None:
    """Open an address and keep what it shows."""
    page.goto(address)
    page.wait_for_timeout(1200)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=full_page)
    sys.stdout.write(f"docs/bilder/{name}.png\n")


def main() -> None:
    """Start the demo town, walk through it, take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = new_server(Path(folder))
        server.flask("demo", "seed")
        server.start(worker=False)
        info = server.info()
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.QUIET)
        conference = info["conference_url"]
        desk = sign_in(browser.new_context(locale="de-DE", reduced_motion="reduce", **DESK).new_page(), info)
        take(desk, f"{conference}auswertung/?punkt=12", "auswerten")
        take(desk, conference, "konferenz")
        take(desk, f"{server.url}/raeume/8", "profil")
        take(desk, f"{server.url}/befunde/", "befunde")
        phone = browser.new_context(locale="de-DE", reduced_motion="reduce", **PHONE).new_page()
        take(phone, info["tables"][0]["url"], "tisch")
        wall = browser.new_context(
            locale="de-DE", reduced_motion="reduce", viewport={"width": 1920, "height": 1080}
        ).new_page()
        take(wall, info["wall_url"], "wand")
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
