"""Chained events: six districts feed one town conference, whose tables show what the districts said."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import ActionField, Conference, Topic, TopicInput
from app.conferences.queries import list_topic_inputs
from app.consolidation import chain, chain_acts, chain_queries
from app.consolidation.models import ConsolidatedPoint, point_contribution
from app.contributions.enums import ContributionState
from app.core.errors import RuleBroken
from app.extensions import db
from tests import factories
from tests.factories import NOW

DISTRICTS = ("Bensberg", "Gronau", "Heidkamp", "Moitzfeld", "Refrath", "Schildgen")
FIELDS = ("Wohnen", "Bildung", "Gesundheit")


@dataclass(frozen=True)
class Chain:
    """Ids of the town conference's parts: topics by title, Handlungsfelder by name, districts by name."""

    town: factories.Town
    topics: dict[str, int]
    fields: dict[str, int]
    districts: dict[str, int]

    @property
    def path(self) -> str:
        """The page's address."""
        return f"/konferenzen/{self.town.conference}/vorstufen"


def conference(town) -> Conference:
    return db.session.get(Conference, town.conference)


def voices(conference: Conference, point: ConsolidatedPoint, count: int, place: int = 1, **fields) -> None:
    """Contributions that a point rests on, at a table of their own."""
    table = factories.table(factories.topic(conference, position=place), number=place)
    for _number in range(count):
        said = factories.contribution(table, **fields)
        db.session.execute(point_contribution.insert().values(point_id=point.id, contribution_id=said.id))


@pytest.fixture
def six(app, town) -> Chain:
    """Six districts with a point in each of three fields, one without field and one merged away, feed one town."""
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        hall = conference(town)
        quarter = db.session.get(Area, town.quarters[0])
        db.session.query(ActionField).delete()
        fields = {
            name: factories.add(ActionField(municipality_id=home.id, position=n, name=name)).id
            for n, name in enumerate(FIELDS)
        }
        topics = {
            name: factories.topic(hall, f"Thema {name}", position=n, action_field_id=fields[name]).id
            for n, name in enumerate(FIELDS[:2], start=2)
        }
        districts = {}
        for n, name in enumerate(DISTRICTS):
            area = factories.add(Area(scheme_id=quarter.scheme_id, level_id=quarter.level_id, code=f"9{n}", name=name))
            begins = hall.starts_at - timedelta(days=60 - n)
            event = factories.conference(
                home,
                area,
                f"Konferenz {name}",
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                feeds_into_id=hall.id,
            )
            districts[name] = event.id
            for number, field in enumerate(FIELDS, start=1):
                point = factories.point(event, f"{field} in {name}", number, action_field_id=fields[field])
                if field == "Wohnen":
                    voices(event, point, n)
            loose = factories.point(event, f"Ohne Feld in {name}", 4)
            factories.point(
                event, f"Aufgegangen in {name}", 5, merged_into_id=loose.id, action_field_id=fields["Wohnen"]
            )
        db.session.commit()
    return Chain(town, topics, fields, districts)


def lying(six: Chain, topic: str) -> list[tuple[str, str, int]]:
    return [(one.source, one.text, one.voices) for one in list_topic_inputs([six.topics[topic]])]


def test_six_districts_lie_on_the_tables_of_the_town(app, six):
    with app.app_context():
        handed = chain_acts.hand_over(conference=conference(six.town), now=NOW)
        db.session.commit()

    with app.app_context():
        assert handed == (12, 0)
        assert lying(six, "Wohnen") == [
            (name, f"Wohnen in {name}", n) for n, name in reversed(list(enumerate(DISTRICTS)))
        ]
        assert lying(six, "Bildung") == [(name, f"Bildung in {name}", 0) for name in DISTRICTS]
        assert list_topic_inputs([six.town.topic]) == []
        assert {row.taken_at for row in db.session.query(TopicInput)} == {NOW}


def test_the_matrix_is_district_by_action_field(app, six):
    with app.app_context():
        feeding = [db.session.get(Conference, row_id) for row_id in six.districts.values()]
        names = dict(zip(six.districts.values(), DISTRICTS, strict=True))
        fields = [db.session.get(ActionField, row_id) for row_id in six.fields.values()]
        laid = chain.matrix(feeding, names, fields, chain_queries.list_said(six.districts.values()))

        assert [field.name if field else None for field in laid.fields] == [*FIELDS, None]
        assert [row.name for row in laid.rows] == list(DISTRICTS)
        assert [[one.title for one in cell] for cell in laid.rows[1].cells] == [
            ["Wohnen in Gronau"],
            ["Bildung in Gronau"],
            ["Gesundheit in Gronau"],
            ["Ohne Feld in Gronau"],
        ]
        assert laid.points == 24


def test_the_column_without_field_is_there_only_when_needed():
    said = [chain.Said(1, 10, 1, "Punkt", 3, 7)]
    event, field = Conference(id=1), ActionField(id=7, name="Wohnen")

    assert chain.matrix([event], {1: "Nord"}, [field], said).fields == (field,)
    assert chain.matrix([event], {1: "Nord"}, [], said).fields == (None,)
    assert chain.matrix([event], {1: "Nord"}, [field], []).points == 0


def test_two_conferences_of_one_area_are_called_by_their_titles():
    names = chain.source_names([(1, "Nord", "Nord 2026"), (2, "Nord", "Nord 2027"), (3, "Süd", "Süd 2026")])

    assert names == {1: "Nord 2026", 2: "Nord 2027", 3: "Süd"}


def test_handing_over_again_replaces_and_says_how_many(app, six):
    with app.app_context():
        chain_acts.hand_over(conference=conference(six.town), now=NOW)
        db.session.query(ConsolidatedPoint).filter_by(title="Wohnen in Gronau").one().title = "Bezahlbares Wohnen"
        again = chain_acts.hand_over(conference=conference(six.town), now=NOW + timedelta(days=1))

        assert again == (12, 12)
        assert ("Gronau", "Bezahlbares Wohnen", 1) in lying(six, "Wohnen")
        assert db.session.query(TopicInput).count() == 12


def test_hidden_voices_do_not_count(app, six):
    with app.app_context():
        event = db.session.get(Conference, six.districts["Bensberg"])
        point = db.session.query(ConsolidatedPoint).filter_by(title="Wohnen in Bensberg").one()
        voices(event, point, 3, place=2, state=ContributionState.HIDDEN)

        chain_acts.hand_over(conference=conference(six.town), now=NOW)

        assert lying(six, "Wohnen")[-1] == ("Bensberg", "Wohnen in Bensberg", 0)


def test_what_the_districts_said_does_not_change_with_the_town(app, six):
    def said() -> list:
        return chain_queries.list_said(six.districts.values())

    with app.app_context():
        before = said()
        chain_acts.hand_over(conference=conference(six.town), now=NOW)
        row = db.session.query(TopicInput).first()
        row.text, row.voices = "Überarbeitet", 99
        topic = db.session.get(Topic, six.topics["Bildung"])
        topic.title, topic.action_field_id = "Anders", None
        db.session.flush()

        assert said() == before
        assert chain_acts.take_away(conference=conference(six.town)) == 12
        assert chain_acts.take_away(conference=conference(six.town)) == 0
        assert said() == before


def test_what_lies_on_the_tables_stays_when_a_district_goes_on_working(app, six):
    with app.app_context():
        chain_acts.hand_over(conference=conference(six.town), now=NOW)
        db.session.query(ConsolidatedPoint).filter_by(title="Wohnen in Gronau").one().title = "Anders"
        db.session.commit()

    with app.app_context():
        assert ("Gronau", "Wohnen in Gronau", 1) in lying(six, "Wohnen")


@pytest.mark.parametrize("why", ["nobody feeds", "no field"])
def test_nothing_to_hand_over_is_explained(app, six, why):
    with app.app_context():
        if why == "nobody feeds":
            db.session.query(Conference).update({"feeds_into_id": None})
        else:
            db.session.query(Topic).update({"action_field_id": None})
        db.session.flush()

        with pytest.raises(RuleBroken):
            chain_acts.hand_over(conference=conference(six.town), now=NOW)


def test_removing_a_topic_takes_its_inputs_along(app, six):
    with app.app_context():
        chain_acts.hand_over(conference=conference(six.town), now=NOW)
        db.session.execute(db.delete(factories.GuidingQuestion))
        db.session.execute(db.delete(Topic).where(Topic.id == six.topics["Bildung"]))

        assert db.session.query(TopicInput).count() == 6


def test_the_page_hands_over_says_since_when_and_whether_it_still_holds(app, six):
    organiser = app.test_client().sign_in(six.town.organiser)

    first = organiser.get(six.path).get_data(as_text=True)
    organiser.submit(f"{six.path}/uebernehmen")
    handed = organiser.get(six.path).get_data(as_text=True)
    with app.app_context():
        db.session.query(ConsolidatedPoint).filter_by(title="Bildung in Gronau").one().title = "Ganztag <b>"
        db.session.commit()
    changed = organiser.get(six.path).get_data(as_text=True)
    organiser.submit(f"{six.path}/uebernehmen")
    renewed = organiser.get(six.path).get_data(as_text=True)
    organiser.submit(f"{six.path}/wegnehmen")
    gone = organiser.get(six.path).get_data(as_text=True)

    assert "Noch liegt nichts auf den Tischen" in first
    assert "An die Tische geben" in first
    assert "Auf den Tischen liegen 12 Punkte, Stand vom" in handed
    assert "aktuell" in handed
    assert "Auf den neuen Stand bringen" not in handed
    assert "seitdem geändert" in changed
    assert "Ein Punkt ist neu oder anders" in changed
    assert "Ganztag &lt;b&gt;" in changed
    assert "12 frühere sind ersetzt" in renewed
    assert "Noch liegt nichts auf den Tischen" in gone
    assert f"/konferenzen/{six.districts['Gronau']}/auswertung/?punkt=" in first


def test_the_list_can_be_taken_along_and_formulas_stay_text(app, six):
    with app.app_context():
        db.session.query(ConsolidatedPoint).filter_by(title="Bildung in Gronau").one().title = "=1+1"
        db.session.commit()
    organiser = app.test_client().sign_in(six.town.organiser)

    lines = organiser.get(f"{six.path}.csv").get_data(as_text=True).lstrip("\ufeff").splitlines()

    assert lines[0] == "Gebiet;Konferenz;Tag;Handlungsfeld;Punkt;Titel;Stimmen"
    assert "Gronau;Konferenz Gronau;22.09.2026;Bildung;2;'=1+1;0" in lines
    assert len(lines) == 25


def test_a_department_reads_and_hands_nothing_over(app, six):
    department = app.test_client().sign_in(six.town.department)

    page = department.get(six.path).get_data(as_text=True)

    assert "Wohnen in Gronau" in page
    assert "An die Tische geben" not in page
    assert department.submit(f"{six.path}/uebernehmen").status_code == 403


def test_the_page_explains_itself_without_districts(app, town, organiser):
    page = organiser.get(f"/konferenzen/{town.conference}/vorstufen").get_data(as_text=True)

    assert "Noch führt keine Konferenz hierher" in page


def test_the_page_takes_the_same_few_statements_for_many_points(app, six, statements):
    organiser = app.test_client().sign_in(six.town.organiser)
    organiser.submit(f"{six.path}/uebernehmen")
    organiser.get(six.path)
    statements.clear()
    organiser.get(six.path)
    few = len(statements)
    with app.app_context():
        event = db.session.get(Conference, six.districts["Refrath"])
        for number in range(20, 40):
            factories.point(event, f"Punkt {number}", number, action_field_id=six.fields["Wohnen"])
        db.session.commit()
    statements.clear()

    page = organiser.get(six.path).get_data(as_text=True)

    assert len(statements) == few <= 15
    assert "und 15 weitere" in page


def test_another_town_reads_nothing(app, six):
    with app.app_context():
        other = factories.small_town("Nachbarstadt")
        db.session.commit()
    stranger = app.test_client().sign_in(other.organiser)

    assert [
        stranger.get(six.path).status_code,
        stranger.get(f"{six.path}.csv").status_code,
        stranger.submit(f"{six.path}/uebernehmen").status_code,
        stranger.submit(f"{six.path}/wegnehmen").status_code,
    ] == [404, 404, 404, 404]
