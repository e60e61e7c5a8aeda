"""What counts as an answer to a search, as fresh, as free, as a web address."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.core.vocabulary import TargetGroup
from app.offers import categories, letter, link_rules, rules
from app.offers.enums import LinkState
from app.offers.rules import Wanted

TODAY = date(2026, 11, 20)
OFFER = SimpleNamespace(
    category="Treffpunkt",
    target_groups=["youth"],
    languages=["Deutsch", "Türkisch"],
    cost="kostenlos",
    confirmed_on=TODAY,
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), True),
        (Wanted(words="muhle treff"), True),
        (Wanted(words="mühle bad"), False),
        (Wanted(category="Beratung"), False),
        (Wanted(target_group=TargetGroup.OLDER), False),
        (Wanted(language="Türkisch"), True),
        (Wanted(language="Polnisch"), False),
        (Wanted(step_free=True), False),
        (Wanted(free=True), True),
        (Wanted(confirmed=True), True),
    ],
)
def test_everything_asked_for_must_fit(wanted, found):
    assert rules.answers(OFFER, "Treff Alte Mühle", False, wanted, TODAY) is found


@pytest.mark.parametrize(
    ("cost", "free"),
    [
        ("kostenlos", True),
        (" Kostenfrei, mit Anmeldung", True),
        ("2 €", False),
        ("", False),
        ("nicht kostenlos", False),
    ],
)
def test_free_is_what_says_so_first(cost, free):
    assert rules.is_free(cost) is free


def test_a_confirmation_lasts_a_year_and_a_day_to_come_confirms_nothing():
    assert rules.is_fresh(TODAY - timedelta(days=365), TODAY)
    assert not rules.is_fresh(TODAY - timedelta(days=366), TODAY)
    assert not rules.is_fresh(TODAY + timedelta(days=1), TODAY)
    assert not rules.is_fresh(None, TODAY)


def test_funding_runs_out_within_a_year():
    assert rules.runs_out(date(2027, 11, 20), TODAY)
    assert rules.runs_out(date(2026, 1, 1), TODAY)
    assert not rules.runs_out(date(2027, 11, 21), TODAY)
    assert not rules.runs_out(None, TODAY)


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://verband.de/angebot?x=1", True),
        ("http://verband.de", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://verband.de", False),
        ("https://bank.de@fremd.de/", False),
        ("https://", False),
        ("https://verband", False),
        ("https://[::1", False),
        ("https://verband.de/ a", False),
        ('https://verband.de/"x', False),
    ],
)
def test_only_web_pages_are_web_addresses(address, fine):
    assert rules.is_web_address(rules.web_address(address)) is fine


def test_an_address_without_scheme_is_read_as_https():
    assert rules.web_address(" www.tafel.example ") == "https://www.tafel.example"
    assert rules.web_address("") == ""


def test_languages_are_a_list_without_repetitions():
    assert rules.languages_of("Deutsch, Türkisch ;Deutsch,, \n Arabisch") == ["Deutsch", "Türkisch", "Arabisch"]


def test_problems_name_their_field():
    values = {"name": "", "category": "x" * 81, "capacity": -1, "utilisation": 301, "funding_until": date(20, 1, 1)}

    assert set(rules.problems(values)) == set(values)
    assert rules.problems({"name": "Treff", "category": "Treffpunkt", "capacity": 0, "utilisation": None}) == {}


def test_pages_end_with_the_last():
    assert rules.pages(0, 60) == 1
    assert rules.pages(61, 60) == 2
    assert rules.on_page(list(range(61)), 9, 60) == [60]


def test_a_category_is_spelled_as_it_is_known():
    assert categories.spelled_as_known(" sozialBeratung", ["Sozialberatung"]) == "Sozialberatung"
    assert categories.spelled_as_known("Neues  Thema", ["Sozialberatung"]) == "Neues Thema"
    assert len(categories.START_LIST) == len(set(categories.START_LIST)) == 24


@pytest.mark.parametrize(
    ("days", "answered", "revoked", "state"),
    [
        (1, False, False, LinkState.SENT),
        (91, False, False, LinkState.EXPIRED),
        (1, False, True, LinkState.REVOKED),
        (91, True, True, LinkState.ANSWERED),
    ],
)
def test_an_answer_outlives_its_link(days, answered, revoked, state):
    begun = datetime(2026, 1, 1)  # noqa: DTZ001 -- only differences count
    found = link_rules.state_of(
        now=begun + timedelta(days=days),
        expires_at=begun + link_rules.VALID_FOR,
        answered_at=begun if answered else None,
        revoked_at=begun if revoked else None,
        mail_state=LinkState.SENT,
    )

    assert found is state


def test_hostile_names_stay_one_line_and_no_placeholder():
    request = letter.Request("Stadt", TODAY, TODAY + timedelta(days=90), "Bitte bald.\n{link}")
    subject, body = letter.write(
        request,
        provider="Verein {link}\nBcc: alle@x.example",
        greeting="Guten Tag,",
        offers=2,
        link="https://x/a/geheim",
    )

    assert "\n" not in subject
    assert "Verein {link} Bcc: alle@x.example" in body
    assert body.count("https://x/a/geheim") == 1
    assert "stehen 2 Angebote" in body
    assert "Bitte bald.\n{link}" in body
