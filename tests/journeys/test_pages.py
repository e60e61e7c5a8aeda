"""Every page of the thread, looked at by axe-core: narrow and wide, light and dark; nothing wider than its screen."""

from itertools import product

import pytest

from tests.journeys.conftest import AXE, axe_findings, sign_in

pytestmark = pytest.mark.once
VIEWPORTS = ({"width": 1280, "height": 900}, {"width": 360, "height": 740})


def office_paths(conference: str) -> list[str]:
    """Paths of an organiser's pages about a conference."""
    pages = (
        "",
        *("ablauf", "aufgaben", "bearbeiten", "themen", "themen/neu", "tische/", "druck/", "raum"),
        *("einladungen/", "einladungen/auswahl", "einladungen/brief", "einladungen/postausgang"),
        *("einladungen/bedarfe", "personen/", "personen/neu", "plaetze/", "mailings/", "mailings/neu?art=outcome"),
        *("team", "raeume", "material", "vorstufen", "kopieren", "absagen"),
        *("auswertung/", "auswertung/?punkt=7", "empfehlungen/", "empfehlungen/neu"),
        *("papier/", "papier/abschnitt/summary", "papier/einfrieren", "umsetzung/"),
        *("einlass/", "einlass/?suche=an", "einlass/ohne-anmeldung", "einlass/druck", "reichweite"),
    )
    return [
        *(
            "/",
            "/daten/",
            "/daten/?gebiet=1",
            "/institutionen/",
            "/institutionen/1",
            "/institutionen/1/verlauf",
            "/institutionen/neu",
        ),
        *("/konferenzen/", "/konferenzen/neu", "/konferenzen/formate/", "/konferenzen/reihen/1"),
        *("/institutionen/doppelte", "/institutionen/anfragen/", "/institutionen/zusammengefuehrt"),
        *("/umsetzung/", "/protokoll"),
        *("/empfehlungen/6/bearbeiten", "/empfehlungen/6/faden"),
        *(f"{conference}{page}" for page in pages),
    ]


def data_paths() -> list[str]:
    """Paths of an organiser's pages about data."""
    return [
        *(
            "/gebiete/",
            "/gebiete/1",
            "/gebiete/1/gruppen/neu",
            "/importe/",
            "/importe/neu/values",
            "/daten/freigaben/",
            "/daten/freigaben/1",
        ),
        *("/daten/katalog/", "/daten/katalog/2", "/daten/katalog/2/bearbeiten", "/daten/katalog/uebernehmen"),
        *("/daten/index/", "/daten/index/2", "/daten/index/2/neue-fassung", "/daten/index/bedarf"),
        *("/angebote/", "/angebote/1", "/angebote/1/bearbeiten", "/angebote/kategorien", "/angebote/traeger/auswahl"),
        *("/befunde/", "/befunde/?ebene=2", "/befunde/zelle?gebiet=1&kategorie=Familienbildung&zielgruppe=families"),
        *("/befunde/blatt?gebiet=1", "/befunde/bedarfsbezug/", "/befunde/grenzen"),
        *("/raeume/1", "/raeume/7", "/raeume/1/einschaetzungen/neu"),
    ]


def reader_paths(info: dict) -> list[str]:
    """Paths for people without an account."""
    portal = path_of(info["portal_url"])
    return [
        *("/anmelden", "/t/", "/gibt-es-nicht"),
        *(path_of(info[key]) for key in ("wall_url", "paper_url", "areas_url", "portal_url")),
        *(path_of(info["invitation_urls"][0]), path_of(info["tables"][0]["url"])),
        *(
            f"{portal}{page}"
            for page in ("raeume/01", "raeume/0101", "papiere/", "daten/", "angebote/", "angebote/1", "ueber")
        ),
    ]


def path_of(address: str) -> str:
    """The path of an absolute address."""
    return "/" + address.split("/", 3)[3]


def test_no_page_breaks_a_rule_of_accessibility(open_context, info, server):
    context = open_context({"viewport": VIEWPORTS[0]}, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = sign_in(context.new_page(), info)
    paths = [*office_paths(path_of(info["conference_url"])), path_of(info["tables"][0]["host_url"])]
    findings = look_at(page, server.url, paths)
    context.clear_cookies()

    findings |= look_at(page, server.url, reader_paths(info))

    assert findings == {}


def test_no_page_about_data_breaks_a_rule_of_accessibility(open_context, info, server):
    context = open_context({"viewport": VIEWPORTS[0]}, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    page = sign_in(context.new_page(), info)
    findings = look_at(page, server.url, data_paths())
    context.clear_cookies()
    statistics = {"email": "statistik@auenbrueck.example", "password": info["organiser"]["password"]}

    sign_in(page, info | {"organiser": statistics})
    findings |= look_at(page, server.url, ["/daten/", "/daten/rohwerte/"])

    assert findings == {}


def look_at(page, base: str, paths: list[str]) -> dict[str, list[str]]:
    """What is wrong with the pages, by path."""
    findings = {}
    for path in paths:
        page.set_viewport_size(VIEWPORTS[0])
        response = page.goto(base + path, wait_until="load")
        found = []
        for viewport, scheme in product(VIEWPORTS, ("light", "dark")):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            found += [f"{viewport['width']} {scheme}: {finding}" for finding in axe_findings(page)]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{viewport['width']}: wider than the screen")
        if response.status != (404 if path == "/gibt-es-nicht" else 200):
            found.append(f"status {response.status}")
        if found:
            findings[path] = found
    return findings
