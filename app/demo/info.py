"""Where to go in the demo town: addresses, sign-in data, codes."""

import re
import socket

from flask import current_app, url_for

from app.conferences.models import Conference
from app.core.errors import RuleBroken
from app.demo import place as places
from app.demo.queries import list_unanswered_letters
from app.demo.services import find_running_conference
from app.papers.queries import list_published_papers
from app.tables.queries import list_tables

LINKS_SHOWN = 3
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def base_url() -> str:
    """The address people use: PUBLIC_URL, or this machine's, in the local network when the server listens there."""
    config = current_app.config
    if config["PUBLIC_URL"]:
        return config["PUBLIC_URL"]
    host = config["HOST"] if config["HOST"] not in {"0.0.0.0", "::"} else local_address()  # noqa: S104 -- compared only
    return f"http://{host}:{config['PORT']}"


def local_address() -> str:
    """This machine's address in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


def collect(base: str) -> dict:
    """Everything `demo info --json` prints, addresses absolute. Raises RuleBroken before the town is seeded."""
    place = places.load()
    conference = find_running_conference(place) if place else None
    if conference is None:
        raise RuleBroken("Die Demostadt ist noch nicht eingerichtet: flask --app wsgi demo seed")
    slug = place.municipality.slug
    paper = list_published_papers(place.municipality)[0].paper
    with current_app.test_request_context(base_url=base):

        def address(endpoint: str, **values) -> str:
            return base + url_for(endpoint, **values)

        return {
            "organiser": {"email": places.PEOPLE[0][0], "password": places.PASSWORD},
            "login_url": address("accounts.sign_in"),
            "conference_url": address("office.conference", conference_id=conference.id),
            "tables": [
                {
                    "number": table.number,
                    "topic": table.topic.title,
                    "code": table.code,
                    "url": address("contributions_public.table", code=table.code),
                    "host_url": address("contributions.board", table_id=table.id),
                }
                for table in list_tables(conference)
            ],
            "wall_url": address("contributions_public.wall", token=conference.wall_token),
            "invitation_urls": [base + path for path in _invitation_paths(conference)],
            "paper_url": address("papers_public.paper", slug=slug, paper_slug=paper.slug),
            "paper_pdf_url": address("papers_public.paper_pdf", slug=slug, paper_slug=paper.slug),
            "areas_url": address("portal.areas", slug=slug),
            "portal_url": address("portal.home", slug=slug),
        }


def for_people(info: dict) -> str:
    """The same to read after `make demo`."""
    table = info["tables"][0]
    lines = [
        "",
        "Thementisch läuft gleich unter:",
        f"  Anmelden      {info['login_url']}",
        f"                {info['organiser']['email']}  ·  {info['organiser']['password']}",
        f"  Tisch 1       {table['url']}  (Code {table['code']})",
        f"  Wand          {info['wall_url']}",
        f"  Portal        {info['portal_url']}",
        f"  Papier        {info['paper_url']}",
        "",
        _hint_for_phones(),
        "Strg-C beendet alles.",
        "",
    ]
    return "\n".join(lines)


def _hint_for_phones() -> str:
    port = current_app.config["PORT"]
    if current_app.config["HOST"] in LOOPBACK:
        return (
            f"Handys im selben Netz: HOST=0.0.0.0 make demo, dann http://{local_address()}:{port}/t/ "
            "– ohne HOST ist nur dieser Rechner erreichbar."
        )
    return f"Handys im selben Netz: {base_url()}/t/"


def _invitation_paths(conference: Conference) -> list[str]:
    letters = list_unanswered_letters(conference, LINKS_SHOWN)
    return [match.group() for body in letters if (match := re.search(r"/e/[\w-]+", body))]
