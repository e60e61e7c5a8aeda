"""The municipality's own formats with their check lists."""

import pytest

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences import formats, queries, services
from app.conferences.enums import Participation
from app.conferences.models import Conference, ConferenceFormat
from app.conferences.usual_formats import USUAL_FORMATS
from app.core.errors import RuleBroken
from app.extensions import db
from tests import factories
from tests.factories import NOW

PATH = "/konferenzen/formate/"


def home_of(town) -> Municipality:
    return db.session.get(Municipality, town.municipality)


def step(number: int, **fields) -> dict:
    return {f"steps-{number}-{key}": value for key, value in fields.items()}


def test_usual_formats_have_names_of_their_own_and_steps_that_fit():
    names = [usual.name for usual in USUAL_FORMATS]

    assert len(set(names)) == 5
    assert [usual.name for usual in USUAL_FORMATS if len(usual.steps) < 4] == []
    assert max(len(title) for usual in USUAL_FORMATS for title, _days in usual.steps) <= 200
    assert max(len(name) for name in names) <= 80


def test_adopting_the_usual_formats_twice_adds_them_once(app, town):
    with app.app_context():
        formats.create_format(municipality=home_of(town), name="werkstatt", participation=Participation.OPEN)

        first = formats.adopt_usual_formats(municipality=home_of(town))
        second = formats.adopt_usual_formats(municipality=home_of(town))

        assert [row.name for row in first] == [usual.name for usual in USUAL_FORMATS if usual.name != "Werkstatt"]
        assert second == []


def test_steps_are_kept_the_earliest_first(app, town):
    with app.app_context():
        row = formats.create_format(
            municipality=home_of(town),
            name="  Runder   Tisch ",
            participation=Participation.MIXED,
            steps=[("Dank verschicken", -3), ("Raum buchen", 60), ("Einladen", 30)],
        )
        db.session.commit()
        new = row.id

    with app.app_context():
        row = queries.get_format(home_of(town), new)
        assert (row.name, row.participation) == ("Runder Tisch", Participation.MIXED)
        assert [(one.title, one.days_before) for one in row.steps] == [
            ("Raum buchen", 60),
            ("Einladen", 30),
            ("Dank verschicken", -3),
        ]


def test_a_name_is_taken_whatever_its_case(app, town):
    with app.app_context():
        formats.create_format(municipality=home_of(town), name="Werkstatt", participation=Participation.OPEN)
        other = formats.create_format(municipality=home_of(town), name="Dialog", participation=Participation.OPEN)

        with pytest.raises(RuleBroken):
            formats.create_format(municipality=home_of(town), name="WERKSTATT", participation=Participation.OPEN)
        with pytest.raises(RuleBroken):
            formats.update_format(
                municipality=home_of(town), row=other, name="werkstatt", participation=Participation.OPEN
            )


def test_formats_change_places(app, town):
    with app.app_context():
        rows = formats.adopt_usual_formats(municipality=home_of(town))
        formats.move_format(municipality=home_of(town), row=rows[0], up=True)
        formats.move_format(municipality=home_of(town), row=rows[0], up=False)
        db.session.commit()
        expected = [row.name for row in (rows[1], rows[0], *rows[2:])]

    with app.app_context():
        assert [row.name for row in queries.list_formats(home_of(town))] == expected


def test_a_new_conference_takes_name_and_participation_of_its_format(app, town):
    with app.app_context():
        kind = formats.create_format(
            municipality=home_of(town), name="Stadtteilkonferenz", participation=Participation.OPEN
        )
        row = services.create_conference(
            municipality=home_of(town),
            area=db.session.get(Area, town.social_area),
            starts_at=NOW,
            ends_at=NOW.replace(hour=17),
            format=kind,
        )

        assert (row.title, row.participation) == ("Stadtteilkonferenz Musterstadt Mitte 2026", Participation.OPEN)


def test_an_empty_list_offers_the_usual_ones(app, town, organiser):
    empty = organiser.get(PATH).get_data(as_text=True)
    organiser.submit(PATH + "uebliche")
    page = organiser.get(PATH).get_data(as_text=True)

    assert "Übliche Formate übernehmen" in empty
    assert [usual.name for usual in USUAL_FORMATS if f">{usual.name}<" not in page] == []


def test_a_format_is_added_changed_and_removed(app, town, organiser):
    organiser.submit(PATH + "neu", {"name": "Dialog", "participation": "open"} | step(0, title="Raum", days_before="9"))
    with app.app_context():
        new = db.session.query(ConferenceFormat).one().id
    shown = organiser.get(f"{PATH}{new}").get_data(as_text=True)
    organiser.submit(f"{PATH}{new}", {"name": "Gespräch", "participation": "mixed"} | step(0, title="", days_before=""))
    with app.app_context():
        row = queries.get_format(home_of(town), new)
        changed = (row.name, row.participation, row.steps)
    organiser.submit(f"{PATH}{new}/entfernen")

    assert 'value="Raum"' in shown
    assert changed == ("Gespräch", Participation.MIXED, [])
    with app.app_context():
        assert db.session.query(ConferenceFormat).count() == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Geben Sie dem Format einen Namen."),
        ({"name": "x" * 81}, "Höchstens 80 Zeichen."),
        ({"participation": "alle"}, ""),
        (step(0, title="Raum buchen", days_before=""), "Wie viele Tage vorher?"),
        (step(0, title="", days_before="30"), "Sagen Sie, was zu tun ist"),
        (step(0, title="Raum buchen", days_before="99999999999999999999"), "Höchstens 730 Tage vorher"),
        (step(0, title="Raum buchen", days_before="bald"), ""),
        (step(0, title="x" * 201, days_before="1"), "Höchstens 200 Zeichen."),
    ],
)
def test_a_bad_format_is_answered_beside_the_field(app, town, organiser, fields, message):
    response = organiser.submit(PATH + "neu", {"name": "Dialog", "participation": "open"} | fields)

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(ConferenceFormat).count() == 0


def test_more_lines_keep_what_was_typed(town, organiser):
    page = organiser.submit(
        PATH + "neu", {"name": "Dialog", "participation": "open", "more": "1"} | step(0, title="Raum", days_before="9")
    ).get_data(as_text=True)

    assert 'value="Raum"' in page
    assert 'name="steps-3-title"' in page


def test_a_used_format_stays(app, town, organiser):
    with app.app_context():
        kind = formats.create_format(municipality=home_of(town), name="Dialog", participation=Participation.OPEN)
        db.session.get(Conference, town.conference).format_id = kind.id
        db.session.commit()
        used = kind.id

    response = organiser.submit(f"{PATH}{used}/entfernen")

    assert "Deshalb bleibt es in der Liste" in organiser.get(response.location).get_data(as_text=True)
    with app.app_context():
        assert db.session.query(ConferenceFormat).count() == 1


def test_the_form_begins_with_what_the_format_proposes(app, town, organiser):
    with app.app_context():
        kind = formats.create_format(municipality=home_of(town), name="Dialog", participation=Participation.MIXED)
        db.session.commit()
        new = kind.id

    page = organiser.get(f"/konferenzen/neu?format={new}").get_data(as_text=True)

    assert 'name="participation" value="mixed" checked' in page
    assert organiser.get("/konferenzen/neu?format=99999999999&reihe=x&gebiet=-1").status_code == 200


def test_pages_of_formats_take_the_same_few_statements_for_many(app, town, organiser, statements):
    with app.app_context():
        formats.create_format(
            municipality=home_of(town), name="Erstes", participation=Participation.OPEN, steps=[("Raum", 3)]
        )
        db.session.commit()
    organiser.get(PATH)
    statements.clear()
    organiser.get(PATH)
    one = len(statements)
    with app.app_context():
        formats.adopt_usual_formats(municipality=home_of(town))
        db.session.commit()
    statements.clear()

    organiser.get(PATH)

    assert len(statements) == one <= 15


def test_another_towns_format_is_not_found(app, town, organiser):
    with app.app_context():
        other = factories.furnished_town("Geheimstadt")
        db.session.commit()

    assert organiser.get(f"{PATH}{other.format}").status_code == 404
    assert organiser.submit(f"/konferenzen/{town.conference}/bearbeiten", {"format": other.format}).status_code == 422
