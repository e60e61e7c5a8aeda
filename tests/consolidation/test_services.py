"""Acts of the desk: nothing gets lost, numbers stay, rules are explained."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.accounts.models import Municipality
from app.conferences.action_fields import add_action_field
from app.conferences.models import ActionField, Conference
from app.consolidation import queries, services, undo
from app.consolidation.models import ConsolidatedPoint, Recommendation, SetAside, point_contribution
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.core.errors import RuleBroken
from app.extensions import db
from app.tables.models import TopicTable
from tests import factories
from tests.factories import NOW


def conference(town) -> Conference:
    return db.session.get_one(Conference, town.conference)


def voices(town, count: int = 3) -> list[Contribution]:
    table = db.session.get_one(TopicTable, town.table)
    return [factories.contribution(table, f"Beitrag {number}") for number in range(count)]


def held(point: ConsolidatedPoint) -> list[int]:
    return [voice.id for voice in queries.list_voices(point)]


def ids(rows) -> list[int]:
    return [row.id for row in rows]


def tally(town) -> tuple[int, int, int]:
    counts = queries.tally(conference(town))
    return counts.open, counts.placed, counts.aside


def test_a_new_point_takes_its_contributions_and_the_next_number(app, town):
    with app.app_context():
        services.create_point(conference=conference(town), title=" Ein Ort fehlt ", contributions=voices(town))
        services.create_point(conference=conference(town), title="Zweiter")
        db.session.commit()

    with app.app_context():
        points = queries.list_points(conference(town))
        assert [(point.number, point.title) for point in points] == [(1, "Ein Ort fehlt"), (2, "Zweiter")]
        assert tally(town) == (0, 3, 0)


def test_a_point_needs_a_title(app, town):
    with app.app_context(), pytest.raises(RuleBroken, match="Titel"):
        services.create_point(conference=conference(town), title="  ")


def test_a_contribution_may_support_several_points_but_each_once(app, town):
    with app.app_context():
        rows = voices(town)
        one = services.create_point(conference=conference(town), title="A", contributions=rows)
        two = services.create_point(conference=conference(town), title="B", contributions=rows[:1])
        services.assign_contributions(point=one, contributions=rows)

        assert (held(one), held(two)) == (ids(rows), ids(rows[:1]))
        assert tally(town) == (0, 3, 0)


def test_taking_out_of_the_only_point_opens_a_contribution_again(app, town):
    with app.app_context():
        rows = voices(town)
        point = services.create_point(conference=conference(town), title="A", contributions=rows)
        services.remove_contributions(point=point, contributions=rows[:2])

        assert tally(town) == (2, 1, 0)


def test_setting_aside_needs_a_reason_and_an_open_contribution(app, town):
    with app.app_context():
        rows = voices(town)
        services.create_point(conference=conference(town), title="A", contributions=rows[:1])

        with pytest.raises(RuleBroken, match="Grund"):
            services.set_aside(contributions=rows[1:], reason=" ", now=NOW)
        with pytest.raises(RuleBroken, match="steht in einem Punkt"):
            services.set_aside(contributions=rows, reason="doppelt", now=NOW)
        assert tally(town) == (2, 1, 0)


def test_set_aside_and_brought_back(app, town):
    with app.app_context():
        rows = voices(town)
        services.set_aside(contributions=rows, reason="Test der Technik", now=NOW)
        services.bring_back(contributions=rows[:1])

        assert tally(town) == (1, 0, 2)
        assert [row.reason for row in queries.list_set_aside(conference(town))] == ["Test der Technik"] * 2


def test_assigning_brings_a_set_aside_contribution_back(app, town):
    with app.app_context():
        rows = voices(town)
        services.set_aside(contributions=rows, reason="unklar", now=NOW)
        services.create_point(conference=conference(town), title="A", contributions=rows)

        assert tally(town) == (0, 3, 0)
        assert db.session.scalar(select(func.count()).select_from(SetAside)) == 0


def test_merging_moves_voices_and_recommendations_and_keeps_the_words(app, town):
    with app.app_context():
        rows = voices(town)
        into = services.create_point(conference=conference(town), title="A", contributions=rows[:2])
        merged = services.create_point(conference=conference(town), title="B", summary="Alt", contributions=rows[1:])
        cited = services.create_recommendation(conference=conference(town), title="Treff", points=[merged])
        services.merge_points(into=into, merged=merged)
        db.session.commit()
        cited_id, into_id, merged_id, voice_ids = cited.id, into.id, merged.id, ids(rows)

    with app.app_context():
        municipality = db.session.get_one(Municipality, town.municipality)
        point = queries.get_point(municipality, into_id)
        row = queries.get_recommendation(municipality, cited_id)
        kept = db.session.get_one(ConsolidatedPoint, merged_id)

        assert held(point) == voice_ids
        assert ids(row.points) == [into_id]
        assert (kept.title, kept.summary, kept.merged_into_id) == ("B", "Alt", into_id)
        assert ids(queries.list_points(conference(town))) == [into_id]


def test_a_point_cannot_be_merged_into_itself_or_across_conferences(app, town):
    with app.app_context():
        here = services.create_point(conference=conference(town), title="A")
        other = factories.small_town("Nachbarstadt")
        there = services.create_point(conference=conference(other), title="B")

        for wrong in (here, there):
            with pytest.raises(RuleBroken, match="anderen Punkt"):
                services.merge_points(into=wrong, merged=here)


def test_contributions_of_another_conference_are_refused(app, town):
    with app.app_context():
        foreign = voices(factories.small_town("Nachbarstadt"))
        point = services.create_point(conference=conference(town), title="A")

        with pytest.raises(RuleBroken, match="nicht alle"):
            services.assign_contributions(point=point, contributions=foreign)


def test_hidden_contributions_are_refused_and_never_count(app, town):
    with app.app_context():
        rows = voices(town)
        point = services.create_point(conference=conference(town), title="A", contributions=rows)
        rows[0].state = ContributionState.HIDDEN
        db.session.flush()

        assert held(point) == ids(rows[1:])
        assert tally(town) == (0, 2, 0)
        with pytest.raises(RuleBroken, match="ausgeblendet"):
            services.assign_contributions(point=point, contributions=rows)


def test_splitting_moves_contributions_into_a_new_point_of_the_same_field(app, town):
    with app.app_context():
        rows = voices(town)
        field = db.session.get_one(ActionField, town.action_field)
        point = services.create_point(conference=conference(town), title="A", contributions=rows, action_field=field)
        new = services.split_point(point=point, contributions=rows[1:], title="B")

        assert (held(point), held(new)) == (ids(rows[:1]), ids(rows[1:]))
        assert new.action_field_id == field.id


def test_splitting_off_what_the_point_does_not_hold_is_refused(app, town):
    with app.app_context():
        rows = voices(town)
        point = services.create_point(conference=conference(town), title="A", contributions=rows[:1])

        with pytest.raises(RuleBroken, match="aus diesem Punkt"):
            services.split_point(point=point, contributions=rows, title="B")


def test_only_a_point_nothing_hangs_on_can_be_deleted(app, town):
    with app.app_context():
        rows = voices(town)
        full = services.create_point(conference=conference(town), title="A", contributions=rows)
        cited = services.create_point(conference=conference(town), title="B")
        services.create_recommendation(conference=conference(town), title="Treff", points=[cited])
        empty = services.create_point(conference=conference(town), title="C")

        with pytest.raises(RuleBroken, match="hält noch"):
            services.delete_point(point=full)
        with pytest.raises(RuleBroken, match="ruht eine Empfehlung"):
            services.delete_point(point=cited)
        services.delete_point(point=empty)

        assert ids(queries.list_points(conference(town))) == [full.id, cited.id]


def test_action_fields_are_told_apart_whatever_their_case(app, town):
    with app.app_context():
        municipality = db.session.get_one(Municipality, town.municipality)
        field = add_action_field(municipality=municipality, name=" Gesundheit ")

        assert (field.name, field.position) == ("Gesundheit", 2)
        for name in ("", "GESUNDHEIT"):
            with pytest.raises(RuleBroken):
                add_action_field(municipality=municipality, name=name)


def test_recommendations_keep_their_numbers(app, town):
    with app.app_context():
        rows = [services.create_recommendation(conference=conference(town), title=name) for name in "ABC"]
        services.update_recommendation(recommendation=rows[0], title="A neu", text=" Wir empfehlen … ")
        db.session.commit()

    with app.app_context():
        saved = queries.list_recommendations(conference(town))
        assert [(row.number, row.title, row.text) for row in saved] == [
            (1, "A neu", "Wir empfehlen …"),
            (2, "B", ""),
            (3, "C", ""),
        ]


def test_a_recommendation_rests_on_points_of_its_own_conference_only(app, town):
    with app.app_context():
        foreign = services.create_point(conference=conference(factories.small_town("Nachbarstadt")), title="B")

        with pytest.raises(RuleBroken, match="eigenen Konferenz"):
            services.create_recommendation(conference=conference(town), title="A", points=[foreign])
        assert db.session.scalar(select(func.count()).select_from(Recommendation)) == 0


def test_undoing_a_merge_parts_the_points_again(app, town):
    with app.app_context():
        rows = voices(town)
        into = services.create_point(conference=conference(town), title="A", contributions=rows[:2])
        merged = services.create_point(conference=conference(town), title="B", contributions=rows[1:])
        cited = services.create_recommendation(conference=conference(town), title="Treff", points=[merged])
        memory = undo.remember_merge(into=into, merged=merged)
        services.merge_points(into=into, merged=merged)
        undo.undo_act(conference=conference(town), memory=memory)
        db.session.commit()
        cited_id, pair, voice_ids = cited.id, (into.id, merged.id), ids(rows)

    with app.app_context():
        municipality = db.session.get_one(Municipality, town.municipality)
        one, two = (queries.get_point(municipality, point_id) for point_id in pair)
        assert (held(one), held(two)) == (voice_ids[:2], voice_ids[1:])
        assert ids(queries.get_recommendation(municipality, cited_id).points) == [pair[1]]


def test_undoing_a_deletion_brings_the_point_back_under_its_number(app, town):
    with app.app_context():
        point = services.create_point(conference=conference(town), title="A", summary="So war es")
        memory = undo.remember_point(point)
        services.delete_point(point=point)
        undo.undo_act(conference=conference(town), memory=memory)

        assert [(row.number, row.title, row.summary) for row in queries.list_points(conference(town))] == [
            (1, "A", "So war es")
        ]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["new", "assign", "remove", "aside", "back", "merge", "split", "undo", "delete"]),
        st.sets(st.integers(0, 5), min_size=1, max_size=3),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_every_contribution_is_placed_aside_or_open(app, town, acts):
    with app.app_context():
        everything = voices(town, 6)
        memory = None
        for act, some, first, second in acts:
            before = _arrangement(town)
            memory, undone = _do(town, act, [everything[n] for n in sorted(some)], first, second, memory)

            counts = queries.tally(conference(town))
            placed = set(db.session.scalars(select(point_contribution.c.contribution_id)))
            aside = set(db.session.scalars(select(SetAside.contribution_id)))
            assert placed.isdisjoint(aside)
            assert (counts.total, counts.placed, counts.aside) == (6, len(placed), len(aside))
            assert counts.open == 6 - len(placed) - len(aside)
            assert db.session.scalar(select(func.count()).select_from(Contribution)) == 6
            if memory and not undone:
                savepoint = db.session.begin_nested()
                undo.undo_act(conference=conference(town), memory=memory)
                assert _arrangement(town) == before
                savepoint.rollback()
        db.session.rollback()


def _arrangement(town) -> tuple:
    """Who lies where, in words: point titles are unique in these acts."""
    points = {point.id: point for point in queries.list_points(conference(town))}
    rows = db.session.execute(select(point_contribution)).all()
    return (
        sorted((points[row.point_id].number, row.contribution_id) for row in rows),
        sorted(tuple(row) for row in db.session.execute(select(SetAside.contribution_id, SetAside.reason))),
        sorted(point.title for point in points.values()),
    )


def _do(town, act, some, first, second, memory) -> tuple[dict | None, bool]:
    """One act; what a rule forbids changes nothing. Returns the memory of it and whether it was an undo."""
    points = queries.list_points(conference(town))
    one = points[first % len(points)] if points else None
    two = points[second % len(points)] if points else None
    savepoint = db.session.begin_nested()
    try:
        if act == "undo":
            if memory:
                undo.undo_act(conference=conference(town), memory=memory)
            return None, True
        if act in {"assign", "remove", "merge", "split", "delete"} and one is None:
            return None, True
        if act == "merge":
            memory = undo.remember_merge(into=one, merged=two)
            services.merge_points(into=one, merged=two)
            return memory, False
        if act == "delete":
            memory = undo.remember_point(one)
            services.delete_point(point=one)
            return memory, False
        memory = undo.remember(ids(some))
        if act == "new":
            made = services.create_point(conference=conference(town), title=f"P{len(points)}", contributions=some)
            return {**memory, "created": made.id}, False
        if act == "split":
            made = services.split_point(point=one, contributions=some, title="abgetrennt")
            return {**memory, "created": made.id}, False
        if act == "assign":
            services.assign_contributions(point=one, contributions=some)
        elif act == "remove":
            services.remove_contributions(point=one, contributions=some)
        elif act == "aside":
            services.set_aside(contributions=some, reason="unklar", now=NOW)
        else:
            services.bring_back(contributions=some)
        return memory, False
    except RuleBroken:
        savepoint.rollback()
        return None, True
