"""Two entries become one, with a trace, and are two again exactly as before."""

from datetime import date

import pytest

from app.conferences.models import Conference, PreparationTask, TeamMember
from app.consolidation.models import Recommendation
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.institutions import merge_queries, merging, queries
from app.institutions.merging import Side
from app.institutions.models import Contact, Institution, InstitutionMerge, KeptApart
from app.invitations.models import Invitation
from app.offers.models import Offer
from tests import factories
from tests.institutions import directories as files
from tests.institutions.directories import home_of, named

KEPT, MERGED = "Caritasverband Musterstadt", "Caritas Musterstadt e. V."


def second(town, **fields) -> Institution:
    """A double of the town's institution."""
    return factories.institution(home_of(town), MERGED, **fields)


def merge(town, sides=None, kept: str = KEPT, merged: str = MERGED) -> InstitutionMerge:
    made = merging.merge_institutions(
        municipality=home_of(town),
        kept=named(home_of(town), kept),
        merged=named(home_of(town), merged),
        sides=sides or {},
        user=None,
        now=factories.NOW,
    )
    db.session.commit()
    return made


def part(town, merge_id: int) -> None:
    db.session.expire_all()
    found = merge_queries.get_merge(home_of(town), merge_id)
    merging.part_institutions(municipality=home_of(town), merge=found, now=factories.NOW)
    db.session.commit()


def without_the_trace(told: dict) -> dict:
    return {name: rows for name, rows in told.items() if name != "institution_merge"}


def test_a_merged_institution_is_in_no_list_choice_or_count(app, town):
    with app.app_context():
        double = second(town)
        merge(town)

        home = home_of(town)
        assert [row.name for row in queries.list_institutions(home)] == [KEPT]
        assert [name for _id, name in queries.list_choices(home)] == [KEPT]
        assert queries.count_institutions(home) == 1
        assert queries.list_former_names(home) == [(town.institution, MERGED)]
        with pytest.raises(NotFound):
            queries.get_institution(home, double.id)


def test_people_come_along_and_doubles_become_one(app, town):
    with app.app_context():
        known = named(home_of(town), KEPT).contacts[0]
        double = second(town)
        db.session.query(Contact).filter_by(institution_id=double.id).update(
            {"email": known.email.upper(), "phone": "0234 1"}
        )
        db.session.add(Contact(institution_id=double.id, position=1, last_name="Neu", email="neu@verband.example"))
        db.session.commit()

        merge(town)

        people = named(home_of(town), KEPT).contacts
        assert [(one.last_name, one.phone, one.position) for one in people] == [
            ("Beispiel", "0234 1", 0),
            ("Neu", "", 1),
        ]


def test_each_field_takes_the_side_that_was_chosen(app, town):
    with app.app_context():
        house = named(home_of(town), KEPT)
        house.note, house.topics, house.umbrella = "eins", ["Wohnen"], "Caritas"
        house.areas = []
        second(town, note="zwei", topics=["wohnen", "Jugend"], umbrella="Diakonie", confirmed_on=date(2026, 3, 1))
        sides = {"note": Side.BOTH, "topics": Side.BOTH, "name": Side.MERGED, "confirmed_on": Side.MERGED}

        merge(town, sides)

        kept = named(home_of(town), MERGED)
        assert kept.id == town.institution
        assert (kept.note, kept.umbrella, kept.confirmed_on) == ("eins\n\nzwei", "Caritas", date(2026, 3, 1))
        assert sorted(kept.topics) == ["Jugend", "Wohnen"]


def test_parting_puts_everything_back_exactly(app, town):
    with app.app_context():
        house = named(home_of(town), KEPT)
        double = second(town, note="zwei", topics=["Jugend"], type="school", areas=[])
        db.session.query(Contact).filter_by(institution_id=double.id).update({"email": house.contacts[0].email})
        db.session.query(Contact).filter_by(institution_id=double.id).update({"role": "Leitung"})
        db.session.add(Contact(institution_id=double.id, position=1, last_name="Neu", email="neu@verband.example"))
        factories.offer(double, "Kleiderkammer")
        db.session.commit()
        before = files.rows()
        made = merge(town, dict.fromkeys(["name", "note", "topics", "type"], Side.MERGED))
        assert without_the_trace(files.rows()) != without_the_trace(before)

        part(town, made.id)

        assert without_the_trace(files.rows()) == without_the_trace(before)
        assert db.session.query(InstitutionMerge).one().undone_at == factories.NOW


def test_what_somebody_changed_since_stays(app, town):
    with app.app_context():
        second(town, note="zwei", umbrella="Diakonie")
        made = merge(town, {"name": Side.MERGED, "note": Side.MERGED, "umbrella": Side.MERGED})
        kept = named(home_of(town), MERGED)
        kept.name, kept.note = "Caritas neu", "von Hand"
        db.session.commit()

        part(town, made.id)

        home = home_of(town)
        assert (named(home, "Caritas neu").note, named(home, "Caritas neu").umbrella) == ("von Hand", "")
        assert named(home, MERGED).note == "zwei"


def test_offers_follow_and_return(app, town):
    with app.app_context():
        double = second(town)
        own, theirs = factories.offer(named(home_of(town), KEPT)), factories.offer(double, "Kleiderkammer")
        made = merge(town)
        followed = {row.id: row.institution_id for row in db.session.query(Offer)}

        part(town, made.id)

        assert made.moved["offers"] == [theirs.id]
        assert set(followed.values()) == {town.institution}
        assert {row.id: row.institution_id for row in db.session.query(Offer)} == {
            own.id: town.institution,
            theirs.id: double.id,
        }


def test_tasks_teams_and_leads_follow_and_return(app):
    with app.app_context():
        town = factories.furnished_town()
        other = factories.institution(home_of(town), "Haus der Jugend")
        event = db.session.get(Conference, town.conference)
        led = factories.recommendation(event, lead_id=town.institution)
        db.session.commit()
        columns = (PreparationTask.department_id, TeamMember.department_id, Recommendation.lead_id)

        def owners() -> list[int]:
            return [db.session.scalars(db.select(column)).one() for column in columns]

        made = merge(town, kept="Haus der Jugend", merged=KEPT)
        followed = owners()
        part(town, made.id)

        assert followed == [other.id] * 3
        assert owners() == [town.institution] * 3
        assert made.moved["recommendations"] == [led.id]
        assert db.session.get(Invitation, town.invitation).institution_id == town.institution


def test_history_is_read_by_all_identities(app, town):
    with app.app_context():
        first, other = second(town), factories.institution(home_of(town), "Caritas alt")
        merge(town, kept=MERGED, merged="Caritas alt")
        merge(town)

        assert queries.identities(named(home_of(town), KEPT)) == [town.institution, first.id, other.id]
        assert queries.kept_ids(home_of(town)) == {first.id: town.institution, other.id: town.institution}
        assert queries.find_kept_instead(home_of(town), other.id) == town.institution
        assert queries.find_kept_instead(home_of(town), town.institution) is None


def test_a_chain_is_parted_from_its_end(app, town):
    with app.app_context():
        second(town)
        factories.institution(home_of(town), "Caritas alt")
        first = merge(town, kept=MERGED, merged="Caritas alt")
        last = merge(town)

        with pytest.raises(RuleBroken, match="Trennen Sie zuerst"):
            part(town, first.id)
        db.session.rollback()
        part(town, last.id)
        part(town, first.id)

        assert queries.count_institutions(home_of(town)) == 3
        with pytest.raises(RuleBroken, match="schon wieder getrennt"):
            part(town, first.id)


def test_an_institution_is_not_merged_with_itself_or_twice(app, town):
    with app.app_context():
        double = second(town)
        house = named(home_of(town), KEPT)
        common = {"municipality": home_of(town), "sides": {}, "user": None, "now": factories.NOW}

        with pytest.raises(RuleBroken, match="zwei verschiedene"):
            merging.merge_institutions(kept=house, merged=house, **common)
        merge(town)
        with pytest.raises(RuleBroken, match="schon mit einem anderen"):
            merging.merge_institutions(kept=house, merged=double, **common)


def test_an_old_name_is_not_given_away(app, town, organiser):
    with app.app_context():
        second(town)
        merge(town)

    answer = organiser.submit("/institutionen/neu", {"name": MERGED, "type": "school"})

    assert answer.status_code == 422
    assert "ist mit einem anderen Eintrag zusammengeführt" in answer.get_data(as_text=True)


def test_proposals_appear_and_are_settled_by_a_person(app, town, organiser):
    with app.app_context():
        double = second(town).id
        db.session.commit()
    pair = f"/institutionen/doppelte/{town.institution}/{double}"

    proposed = organiser.get("/institutionen/doppelte").get_data(as_text=True)
    organiser.submit(f"{pair}/verschieden")
    apart = organiser.get("/institutionen/doppelte").get_data(as_text=True)

    assert "1 Vorschlag" in proposed
    assert "Keine Einträge, die sich ähneln" in apart
    assert "Als verschieden vermerkt (1)" in apart
    organiser.submit(f"{pair}/wieder-vergleichen")
    with app.app_context():
        assert db.session.query(KeptApart).count() == 0
        assert queries.count_institutions(home_of(town)) == 2
        assert len(merge_queries.list_proposals(home_of(town))) == 1


def test_merging_and_parting_through_the_pages(app, town, organiser):
    with app.app_context():
        double = second(town, note="zwei").id
        db.session.commit()
    pair = f"/institutionen/doppelte/{town.institution}/{double}"

    page = organiser.get(pair).get_data(as_text=True)
    answer = organiser.submit(pair, {"stays": "links", "feld-name": "rechts", "feld-note": "unsinn"})
    opened = organiser.get(f"/institutionen/{double}")
    edited = organiser.get(f"/institutionen/{double}/bearbeiten")
    trace = organiser.get("/institutionen/zusammengefuehrt").get_data(as_text=True)

    assert "Worin sie sich unterscheiden" in page
    assert answer.location == f"/institutionen/{town.institution}"
    assert (opened.status_code, opened.location) == (303, f"/institutionen/{town.institution}")
    assert edited.location == f"/institutionen/{town.institution}/bearbeiten"
    assert "Kim Muster" in trace
    with app.app_context():
        kept = named(home_of(town), MERGED)
        assert (kept.id, kept.note) == (town.institution, "zwei")
        merge_id = db.session.query(InstitutionMerge).one().id
    organiser.submit(f"/institutionen/zusammengefuehrt/{merge_id}/trennen")
    with app.app_context():
        assert named(home_of(town), KEPT).note == ""
    assert "schon wieder getrennt" in organiser.submit(
        f"/institutionen/zusammengefuehrt/{merge_id}/trennen", follow_redirects=True
    ).get_data(as_text=True)


def test_without_saying_which_one_stays_nothing_happens(app, town, organiser):
    with app.app_context():
        double = second(town).id
        db.session.commit()

    answer = organiser.submit(f"/institutionen/doppelte/{town.institution}/{double}", {"stays": "keiner"})

    assert answer.status_code == 422
    with app.app_context():
        assert queries.count_institutions(home_of(town)) == 2


def test_institutions_of_others_are_not_found(app, town, organiser):
    with app.app_context():
        foreign = factories.institution(factories.municipality(), "Geheimname").id
        db.session.commit()

    for path in (
        f"{town.institution}/{foreign}",
        f"{foreign}/{town.institution}",
        f"{town.institution}/{town.institution}",
    ):
        for suffix in ("", "/verschieden", "/wieder-vergleichen"):
            assert organiser.submit(f"/institutionen/doppelte/{path}{suffix}", {"stays": "links"}).status_code == 404
        assert organiser.get(f"/institutionen/doppelte/{path}").status_code == 404


def test_the_page_of_duplicates_asks_as_often_for_many(app, town, organiser, statements):
    organiser.get("/institutionen/doppelte")
    one = len(statements)
    with app.app_context():
        for number in range(3):
            factories.institution(home_of(town), f"Caritas Musterstadt Haus{'x' * number}")
        second(town)
        db.session.commit()
    statements.clear()

    organiser.get("/institutionen/doppelte")

    assert len(statements) <= one + 2 <= 15
