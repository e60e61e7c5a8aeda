"""Default deny, proven over every route of the application."""

import itertools
import re

import pytest
from sqlalchemy import func, select

from app.accounts.enums import Role
from app.accounts.models import Membership
from app.extensions import db
from tests import factories
from tests.architecture.routes import SAFE, address, every_route

PUBLIC = {
    "accounts.sign_in",
    "accounts.sign_in_post",
    "office.home",
    "probes.healthz",
    "probes.metrics",
    "probes.readyz",
    "static",
}
PUBLIC_FLOORS = ("institutions_public.", "portal.", "offers.", "papers_public.", "registrations_public.open_")

CLEAN = {  # behind a personal link whose secret moved into a cookie
    "/e/",
    "/e/termin.ics",
    "/a/",
    "/a/neu",
    "/a/stimmt",
    "/a/angebote/<int:offer_id>",
    "/a/angebote/<int:offer_id>/stimmt",
    "/a/angebote/<int:offer_id>/beenden",
    "/a/angebote/<int:offer_id>/weiterfuehren",
    "/p/",
    "/p/bestaetigen",
    "/p/angaben",
    "/p/absagen",
    "/p/zurueck",
    "/p/termin.ics",
    "/r/",
}


def snapshot() -> dict[str, int]:
    """Number of rows by table."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables
    }


def test_every_endpoint_declares_who_may_use_it(app):
    undeclared = [rule.endpoint for rule in app.url_map.iter_rules() if not hasattr(view(app, rule), "access")]

    assert undeclared == []


def test_only_the_listed_endpoints_are_public(app):
    public = {rule.endpoint for rule in app.url_map.iter_rules() if view(app, rule).access.kind == "public"}

    assert {name for name in public if not name.startswith(PUBLIC_FLOORS)} == PUBLIC


def test_token_endpoints_carry_a_code_or_token_or_type_one(app):
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if view(app, rule).access.kind == "token"
        and not {"code", "token"} & rule.arguments
        and rule.rule not in {"/t/", *CLEAN}
    ]

    assert odd == []


def test_a_stranger_is_sent_to_sign_in_from_every_office_page(app, town, client):
    answers = {
        path: response.location
        for path in (address(rule, town) for rule in every_route(app, kind="office", method="GET"))
        if not (response := client.get(path)).location or not response.location.startswith("/anmelden")
    }

    assert answers == {}


def test_a_stranger_changes_nothing(app, town, client):
    with app.app_context():
        before = snapshot()

    for rule, method in itertools.product(every_route(app, kind="office"), ("POST", "PUT", "PATCH", "DELETE")):
        if method in rule.methods:
            client.open(address(rule, town), method=method, data={"csrf_token": client.csrf_token()})

    with app.app_context():
        assert snapshot() == before


def test_every_unsafe_route_refuses_a_post_without_token(app, town, organiser):
    with app.app_context():
        before = snapshot()

    answers = {
        rule.rule: organiser.post(address(rule, town)).status_code
        for rule in every_route(app)
        if "POST" in rule.methods
    }

    with app.app_context():
        assert snapshot() == before
    assert {path: status for path, status in answers.items() if status not in {400, 404}} == {}


def test_no_safe_request_changes_a_row(app, town, organiser):
    paths = [address(rule, town) for rule in every_route(app, method="GET") if "strom" not in rule.rule]
    with app.app_context():
        before = snapshot()

    for path in paths * 2:
        organiser.get(path)
        organiser.head(path)

    with app.app_context():
        assert snapshot() == before


def test_nothing_a_person_opens_is_a_server_error(app, town, organiser):
    broken = {
        path: status
        for path in (address(rule, town) for rule in every_route(app, method="GET") if "strom" not in rule.rule)
        if (status := organiser.get(path).status_code) >= 500
    }

    assert broken == {}


@pytest.mark.parametrize("role", list(Role))
def test_another_municipality_sees_and_changes_nothing(app, town, role):
    with app.app_context():
        other = factories.furnished_town("MARKIERTE-STADT", "andere")
        db.session.commit()
        members = {row.role: row.id for row in db.session.scalars(select(Membership).order_by(Membership.id))}
        before = snapshot()
    neighbour = app.test_client().sign_in(getattr(town, role.value))
    assert members

    leaks = []
    for rule in every_route(app, kind="office"):
        if not re.search(r"<int:", rule.rule) or "strom" in rule.rule:
            continue
        path = address(rule, other)
        if "GET" in rule.methods:
            response = neighbour.get(path)
            leaks += [path] if response.status_code not in {403, 404} or b"MARKIERTE" in response.data else []
        if "POST" in rule.methods:
            response = neighbour.submit(path)
            leaks += [path] if response.status_code not in {403, 404} or b"MARKIERTE" in response.data else []

    with app.app_context():
        assert snapshot() == before
    assert leaks == []


@pytest.mark.parametrize("role", ["organiser", "host", "department", "statistics"])
def test_pages_without_ids_show_nothing_of_another_municipality(app, town, role):
    with app.app_context():
        factories.furnished_town("MARKIERTE-STADT", "andere")
        db.session.commit()
    person = app.test_client().sign_in(getattr(town, role))

    leaks = [
        path
        for path in (address(rule, town) for rule in every_route(app, kind="office", method="GET"))
        if "strom" not in path and b"MARKIERTE" in person.get(path).data
    ]

    assert leaks == []


def test_a_host_and_a_department_may_not_write_what_is_the_organisers(app, town):
    with app.app_context():
        before = snapshot()

    for member, allowed in ((town.host, {"host"}), (town.department, {"department"})):
        person = app.test_client().sign_in(member)
        for rule in every_route(app, kind="office"):
            roles = view(app, rule).access.roles
            if "POST" in rule.methods and roles and not roles & allowed:
                assert person.submit(address(rule, town)).status_code == 403, rule.rule

    with app.app_context():
        assert snapshot() == before


def view(app, rule):
    """The view function behind a rule."""
    return app.view_functions[rule.endpoint]


def test_safe_methods_are_what_the_walk_assumes():
    assert {"GET", "HEAD", "OPTIONS"} == SAFE
