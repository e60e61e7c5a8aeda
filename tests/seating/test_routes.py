"""The room plan."""

import pytest
from sqlalchemy import select

from app.conferences import topics
from app.extensions import db
from app.invitations.models import AssistanceNeed
from app.seating import services
from app.tables.models import Seat, TopicTable
from app.tables.services import add_table
from tests import factories
from tests.factories import NOW
from tests.tables.people import conference_of, guest


@pytest.fixture
def base(town) -> str:
    return f"/konferenzen/{town.conference}/plaetze"


@pytest.fixture
def foreign(app) -> factories.Town:
    with app.app_context():
        other = factories.small_town("Geheimstadt")
        guest(other, "Geheimgast")
        db.session.commit()
    return other


@pytest.fixture
def housing(app, town) -> int:
    """A second table, about housing, that not everybody can reach."""
    with app.app_context():
        table = add_table(topic=topics.add_topic(conference=conference_of(town), title="Wohnen"), capacity=1)
        table.accessible = False
        db.session.commit()
        return table.id


def add_guests(app, town, *names: str, wishes: tuple[int, ...] = ()) -> list[int]:
    with app.app_context():
        people = [guest(town, name, *wishes) for name in names]
        for person in people:
            person.institution_id = None
        db.session.commit()
        return [person.id for person in people]


def topic_of(app, table: int) -> int:
    with app.app_context():
        return db.session.get(TopicTable, table).topic_id


def seats(app, number: int = 1) -> dict[int, int]:
    with app.app_context():
        return {one.registration_id: one.table_id for one in db.session.scalars(select(Seat)) if one.round == number}


def text(response) -> str:
    return " ".join(response.get_data(as_text=True).split())


def test_the_plan_shows_seats_and_every_unmet_wish_with_its_reason(app, town, organiser, foreign, housing, base):
    wish = topic_of(app, housing)
    first, second = add_guests(app, town, "Adam", "Berta", wishes=(wish, town.topic))
    organiser.submit(f"{base}/vorschlag")

    page = text(organiser.get(f"{base}/"))

    assert seats(app) == {first: housing, second: town.table}
    assert "1. Wunsch „Wohnen“: Alle Plätze gingen an Personen, für die es der erste Wunsch war." in page
    assert "1 von 10 Plätzen" in page
    assert "Geheim" not in page


def test_empty_stages_offer_the_next_step(app, town, organiser, base):
    nobody = text(organiser.get(f"{base}/"))
    with app.app_context():
        db.session.query(TopicTable).delete()
        db.session.commit()
    nothing = text(organiser.get(f"{base}/"))

    assert "Noch hat niemand zugesagt" in nobody
    assert "Zuerst die Tische" in nothing
    assert "Noch keine Tische" in text(organiser.get(f"{base}/liste"))
    assert "Es gibt noch keine Tische." in text(organiser.get(organiser.submit(f"{base}/vorschlag").location))


def test_a_proposal_is_taken_back(app, town, organiser, base):
    add_guests(app, town, "Adam")
    made = text(organiser.get(organiser.submit(f"{base}/vorschlag").location))
    back = text(organiser.get(organiser.submit(f"{base}/zurueck").location))
    again = text(organiser.get(organiser.submit(f"{base}/zurueck").location))

    assert "Ein Platz ist vergeben." in made
    assert "Letzten Schritt zurücknehmen" in made
    assert "Die Plätze sind wieder wie vorher." in back
    assert "Letzten Schritt zurücknehmen" not in back
    assert "lässt sich nicht zurücknehmen" in again
    assert seats(app) == {}


def test_people_move_together_are_fixed_and_lose_their_seat(app, town, organiser, base):
    people = add_guests(app, town, "Adam", "Berta")

    moved = organiser.submit(f"{base}/setzen", {"people": people, "table": town.table})
    after = seats(app)
    organiser.submit(f"{base}/setzen", {"people": people[0], "table": "0"})
    released = organiser.submit(f"{base}/festsetzen", {"people": people[1], "fest": "0"})

    assert after == dict.fromkeys(people, town.table)
    assert moved.location.endswith("#tisch-1")
    assert seats(app) == {people[1]: town.table}
    assert "Ein Platz ist wieder frei für Vorschläge." in text(organiser.get(released.location))
    with app.app_context():
        assert not db.session.get(Seat, (people[1], 1)).fixed


def test_a_table_that_gets_too_full_is_said(app, town, organiser, housing, base):
    people = add_guests(app, town, "Adam", "Berta")

    page = text(organiser.get(organiser.submit(f"{base}/setzen", {"people": people, "table": housing}).location))

    assert "eine Person mehr als vorgesehen" in page
    assert "1 zu viel" in page


def test_two_people_swap_and_one_does_not(app, town, organiser, housing, base):
    first, second = add_guests(app, town, "Adam", "Berta")
    organiser.submit(f"{base}/setzen", {"people": first, "table": town.table})
    organiser.submit(f"{base}/setzen", {"people": second, "table": housing})

    alone = text(organiser.get(organiser.submit(f"{base}/tauschen", {"people": first, "table": housing}).location))
    organiser.submit(f"{base}/tauschen", {"people": [first, second], "table": housing})

    assert "Zum Tauschen haken Sie zwei Personen an" in alone
    assert seats(app) == {first: housing, second: town.table}


@pytest.mark.parametrize(
    "fields", [{}, {"table": "1"}, {"people": "x", "table": "1"}, {"people": "1", "table": "9" * 30}]
)
@pytest.mark.parametrize("act", ["setzen", "tauschen", "festsetzen"])
def test_nobody_or_nowhere_changes_nothing(app, town, organiser, base, act, fields):
    response = organiser.submit(f"{base}/{act}?runde=-3&zeigen=unsinn", fields)

    assert response.status_code == 303
    assert organiser.get(response.location).status_code == 200
    assert seats(app) == {}


def test_another_towns_people_and_tables_stay_out(app, town, organiser, foreign, base):
    (own,) = add_guests(app, town, "Adam")
    (other,) = add_guests(app, foreign, "Geheim")

    organiser.submit(f"{base}/setzen", {"people": other, "table": town.table})
    organiser.submit(f"{base}/setzen", {"people": own, "table": foreign.table})

    assert seats(app) == {}
    assert organiser.get(f"/konferenzen/{foreign.conference}/plaetze/").status_code == 404
    for act in ("vorschlag", "setzen", "tauschen", "festsetzen", "leeren", "zurueck", "runden"):
        assert organiser.submit(f"/konferenzen/{foreign.conference}/plaetze/{act}").status_code == 404


def test_rounds_have_tabs_seats_and_lists_of_their_own(app, town, organiser, housing, base):
    (person,) = add_guests(app, town, "Adam", wishes=(town.topic,))
    bad = text(organiser.get(organiser.submit(f"{base}/runden", {"rounds": "99"}).location))
    organiser.submit(f"{base}/runden", {"rounds": "2"})
    organiser.submit(f"{base}/vorschlag")

    second = text(organiser.get(f"{base}/?runde=2"))

    assert "Zwischen einer und sechs Runden." in bad
    assert (seats(app, 1), seats(app, 2)) == ({person: town.table}, {person: housing})
    assert "Ist in Runde 1 dran." in second
    assert "Raumplan, Runde 2" in second
    assert "Kim Adam" in text(organiser.get(f"{base}/liste?runde=2"))
    organiser.submit(f"{base}/leeren?runde=2")
    assert (seats(app, 1), seats(app, 2)) == ({person: town.table}, {})


def test_needs_are_for_the_organiser_only(app, town, organiser, housing, base):
    (person,) = add_guests(app, town, "Rampe", wishes=(topic_of(app, housing),))
    with app.app_context():
        factories.add(AssistanceNeed(registration_id=person, text="Rollstuhl", accessible_place=True, noted_at=NOW))
        table = db.session.get(TopicTable, housing)
        services.seat_registration(table=table, registration=table_guest(person))
        db.session.commit()
    others = [app.test_client().sign_in(member) for member in (town.department, town.host)]

    own = text(organiser.get(f"{base}/?zeigen=barrierefrei"))
    theirs = [text(browser.get(f"{base}/?zeigen=barrierefrei")) for browser in others]

    assert "barrierefreier Platz" in own
    assert "Eine Person, die einen barrierefreien Platz braucht, hat keinen." in own
    for page in theirs:
        assert "Kim Rampe" in page
        assert "barrierefreier Platz" not in page
        assert "barrierefreien Platz" not in page
    assert "Rollstuhl" not in own + "".join(theirs)


def table_guest(person: int):
    from app.invitations.models import Registration

    return db.session.get(Registration, person)


def test_filters_show_the_unhappy_and_an_institution(app, town, organiser, housing, base):
    add_guests(app, town, "Adam", "Berta", wishes=(topic_of(app, housing),))
    with app.app_context():
        guest(town, "Cem")
        db.session.commit()
    organiser.submit(f"{base}/vorschlag")

    unhappy = text(organiser.get(f"{base}/?zeigen=ohne-wunsch"))
    house = text(organiser.get(f"{base}/?institution={town.institution}"))

    assert "liste-" in unhappy
    assert unhappy.count('id="liste-') == 1
    assert "Kim Berta" in unhappy.split("raumplan")[0]
    assert house.count('id="liste-') == 1
    assert organiser.get(f"{base}/?institution={'9' * 30}&zeigen=institution&runde=x").status_code == 200


def test_colleagues_and_hosts_look_and_do_not_touch(app, town, base):
    for member in (town.department, town.host):
        browser = app.test_client().sign_in(member)
        assert browser.get(f"{base}/").status_code == 200
        assert browser.get(f"{base}/liste").status_code == 200
        for act in ("vorschlag", "setzen", "tauschen", "festsetzen", "leeren", "zurueck", "runden"):
            assert browser.submit(f"{base}/{act}").status_code == 403


@pytest.mark.parametrize("page", ["", "liste"])
def test_statements_do_not_grow_with_people(app, town, organiser, statements, base, page):
    add_guests(app, town, "Adam", wishes=(town.topic,))
    organiser.submit(f"{base}/vorschlag")
    organiser.get(f"{base}/{page}")
    statements.clear()
    organiser.get(f"{base}/{page}")
    one = len(statements)
    add_guests(app, town, "Berta", "Cem", wishes=(town.topic,))
    organiser.submit(f"{base}/vorschlag")
    organiser.get(f"{base}/{page}")
    statements.clear()

    organiser.get(f"{base}/{page}")

    assert len(statements) == one <= 15


@pytest.mark.parametrize("rounds", [None, "", "viele", "0", "99"])
def test_an_impossible_number_of_rounds_is_refused_in_words(app, town, organiser, base, rounds):
    response = organiser.submit(f"{base}/runden", {"rounds": rounds} if rounds is not None else {})

    with app.app_context():
        assert conference_of(town).seating_rounds == 1
    assert response.status_code == 303
    assert "kern-alert--warning" in organiser.get(response.location).get_data(as_text=True)
