"""The report of reach, the history of an institution, and paper."""

from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from lxml import html

from app.accounts.models import Municipality
from app.areas.models import Area
from app.attendance import queries
from app.attendance.models import Attendance, Feedback
from app.conferences.models import Conference
from app.extensions import db
from app.institutions.models import Institution
from app.institutions.queries import identities, kept_ids
from app.invitations.enums import Answer
from tests import factories
from tests.attendance.scenes import open_door
from tests.factories import NOW


@pytest.fixture
def door(app, town):
    """The town's door, open."""
    with app.app_context():
        return open_door(town)


def words(response) -> str:
    """What a page says."""
    return " ".join(html.fromstring(response.get_data(as_text=True)).text_content().split())


def say(door, number: int) -> None:
    """A number of people say how it was."""
    for index in range(number):
        factories.add(
            Feedback(
                conference_id=door.conference,
                given_on=NOW.date(),
                useful=5,
                heard=4 if index else 2,
                good=f"Gut war Nummer {index}",
                better="",
            )
        )
    db.session.commit()


def came(registration) -> None:
    """Somebody was there."""
    factories.add(Attendance(registration_id=registration.id, arrived_at=NOW))


def test_report_tells_who_promised_and_who_came_unannounced(app, organiser, door):
    organiser.submit(
        f"/konferenzen/{door.conference}/einlass/ohne-anmeldung",
        {"last_name": "Ay", "organisation": "Treff der Nachbarn", "institution": 0, "table": 0},
    )

    page = words(organiser.get(f"/konferenzen/{door.conference}/reichweite"))

    assert "Zugesagt, aber nicht gekommen Caritasverband Musterstadt" in page
    assert "Ohne Anmeldung gekommen Treff der Nachbarn" in page
    assert "mit Platz, aber nicht gekommen 1 (100 %)" in page


def test_report_before_the_day_claims_nothing_about_who_came(organiser, door):
    page = words(organiser.get(f"/konferenzen/{door.conference}/reichweite"))

    assert "Am Einlass ist noch niemand vermerkt" in page
    assert "Institutionen gekommen nicht erfasst" in page
    assert "Zugesagt, aber nicht gekommen" not in page


def test_report_compares_with_the_last_one_of_the_series_before_others_of_the_area(app, town, organiser, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        home, area = db.session.get(Municipality, town.municipality), db.session.get(Area, town.social_area)
        series = factories.furnished_town("Reihenstadt").series
        event.series_id = series
        old = {"ends_at": NOW - timedelta(days=199)}
        same = factories.conference(
            home, area, "Runde 1", series_id=series, starts_at=NOW - timedelta(days=200), **old
        ).id
        factories.conference(home, area, "Später", starts_at=NOW - timedelta(days=20), ends_at=NOW - timedelta(days=19))
        db.session.flush()

        assert queries.find_previous(event).id == same
        event.series_id = None
        db.session.flush()
        assert queries.find_previous(event).title == "Später"


def test_never_reached_are_those_invited_in_vain_and_those_never_invited(app, town, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        home, area = db.session.get(Municipality, town.municipality), db.session.get(Area, town.social_area)
        absent, there, forgotten = (factories.institution(home, name) for name in ("Äbler", "Zentrum", "Nie"))
        for house in (absent, there):
            factories.invitation(event, house, answer=Answer.YES)
        came(factories.registration(event, there))
        after = event.ends_at + timedelta(days=1)

        never_came = [row.name for row in queries.list_never_came(home, {}, after)]
        too_early = queries.list_never_came(home, {}, NOW)

        assert never_came == ["Äbler", "Caritasverband Musterstadt"]
        assert too_early == []
        assert [row.name for row in queries.list_never_invited(home, area, {})] == [forgotten.name]


def test_what_a_merged_institution_did_counts_for_the_kept_one(app, town, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        home = db.session.get(Municipality, town.municipality)
        kept, double = (factories.institution(home, name) for name in ("Treff Nord e. V.", "Treff Nord"))
        factories.invitation(event, kept)
        factories.invitation(event, double, answer=Answer.YES)
        came(factories.registration(event, double))
        double.merged_into_id = kept.id
        db.session.flush()
        ids = kept_ids(home)

        measured = queries.measure_reach(event, ids)
        history = queries.list_participations(home, identities(kept))
        never = [row.name for row in queries.list_never_came(home, ids, event.ends_at + timedelta(days=1))]

        assert (measured.invited, measured.answered, measured.institutions_came) == (2, 2, 1)
        assert (measured.promised_but_absent, never) == (["Caritasverband Musterstadt"],) * 2
        assert [(one.placed, one.came) for one in history] == [(1, 1)]


def test_conferences_without_check_in_accuse_nobody(app, town, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        home = db.session.get(Municipality, town.municipality)

        assert queries.list_never_came(home, {}, event.ends_at + timedelta(days=1)) == []


def test_the_table_keeps_formulas_inert(app, organiser, door):
    organiser.submit(
        f"/konferenzen/{door.conference}/einlass/ohne-anmeldung",
        {"last_name": "Ay", "organisation": "=1+1", "institution": 0, "table": 0},
    )

    lines = organiser.get(f"/konferenzen/{door.conference}/reichweite.csv").get_data().decode("utf-8-sig").split("\r\n")

    assert lines[1] == "alle;1;1;1;1;1;100"
    assert not [line for line in lines if line.startswith("=")]
    assert "ohne Anmeldung gekommen: =1+1;;;;;;" in lines


@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_opinions_are_shown_from_five_answers_on(app, organiser, door, answers, shown):
    with app.app_context():
        say(door, answers)

    page = words(organiser.get(f"/konferenzen/{door.conference}/reichweite"))

    assert ("4,0 von 5" in page or "3,6 von 5" in page, "Gut war Nummer" in page, "noch zu wenige" in page) == (
        shown,
        shown,
        not shown,
    )


def test_texts_are_for_the_organiser_only(app, town, door):
    with app.app_context():
        say(door, 6)

    page = words(app.test_client().sign_in(town.department).get(f"/konferenzen/{door.conference}/reichweite"))

    assert ("Gehört worden" in page, "Gut war Nummer" in page) == (True, False)


def test_history_of_an_institution_tells_every_conference(app, town, organiser, door):
    with app.app_context():
        home, area = db.session.get(Municipality, town.municipality), db.session.get(Area, town.social_area)
        house = db.session.get(Institution, town.institution)
        past = factories.conference(
            home, area, "Dialog davor", starts_at=NOW - timedelta(days=400), ends_at=NOW - timedelta(days=400)
        )
        factories.invitation(past, house, answer=Answer.NO)
        came(factories.registration(past, None))
        db.session.commit()

    page = words(organiser.get(f"/institutionen/{town.institution}/verlauf"))

    assert "Diese Institution war schon eingeladen und ist noch nie gekommen." in page
    assert "Dialog davor 16.10.2025 21.10.2026 kommt nicht 0 0" in page
    assert page.index("Expert*innendialog") < page.index("Dialog davor")


@pytest.mark.parametrize("page", ["/konferenzen/{conference}/reichweite", "/institutionen/{institution}/verlauf"])
def test_the_number_of_statements_does_not_grow(app, town, organiser, door, statements, page):
    path = page.format(conference=door.conference, institution=town.institution)
    organiser.get(path)
    statements.clear()
    organiser.get(path)
    few = len(statements)
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        home, area = db.session.get(Municipality, town.municipality), db.session.get(Area, town.social_area)
        for number in range(5):
            house = factories.institution(home, f"Haus {number}")
            factories.invitation(event, house)
            came(factories.registration(event, house))
            other = factories.conference(home, area, f"Anderswo {number}", starts_at=NOW + timedelta(days=number + 1))
            factories.invitation(other, db.session.get(Institution, town.institution))
        say(door, 6)
    statements.clear()

    organiser.get(path)

    assert len(statements) == few <= 15


def pages_of(document: bytes) -> list[str]:
    """The text of each page."""
    pdf = pypdfium2.PdfDocument(document)
    return [page.get_textpage().get_text_bounded() for page in pdf]


def test_paper_comes_as_one_document_with_the_chosen_parts(organiser, door):
    everything = organiser.get(f"/konferenzen/{door.conference}/einlass/druck/mappe.pdf")
    chosen = organiser.get(f"/konferenzen/{door.conference}/einlass/druck/mappe.pdf?teil=reception&teil=unsinn")

    titles = [page.splitlines()[0] for page in pages_of(everything.data)]
    assert titles[1:4] == ["Anwesenheitsliste", "Empfangsliste", "Liste nach Tischen"]
    assert titles[4].startswith("Gäste ohne Anmeldung")
    assert "Müller-Çelik" in pages_of(everything.data)[0]
    assert [page.splitlines()[0] for page in pages_of(chosen.data)] == ["Empfangsliste"]


def test_the_code_on_a_badge_opens_its_person(organiser, door):
    document = organiser.get(f"/konferenzen/{door.conference}/einlass/druck/mappe.pdf?teil=badges")

    picture = pypdfium2.PdfDocument(document.data)[0].render(scale=3).to_pil()
    read = [code.text for code in zxingcpp.read_barcodes(picture)]

    assert read == [f"http://localhost/einlass/{door.badge}"]
