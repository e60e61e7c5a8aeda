"""Pages of the desk and of recommendations, without JavaScript."""

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry
from app.areas.models import Area
from app.conferences.models import ActionField, Conference
from app.consolidation import queries, services
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.contributions.models import Contribution
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.indicators.models import Indicator
from app.tables.models import TopicTable
from tests import factories


def desk(town) -> str:
    return f"/konferenzen/{town.conference}/auswertung/"


def fill(app, town, count: int = 3, points: int = 1) -> tuple[list[int], list[int]]:
    """Open contributions and points with one voice each; their ids."""
    with app.app_context():
        table = db.session.get_one(TopicTable, town.table)
        conference = db.session.get_one(Conference, town.conference)
        field = db.session.get_one(ActionField, town.action_field)
        rows = [factories.contribution(table, f"Offener Beitrag {number}") for number in range(count)]
        made = [
            services.create_point(
                conference=conference,
                title=f"Ergebnis {number}",
                contributions=[factories.contribution(table, f"Stimme {number}", dots=2)],
                action_field=field,
            )
            for number in range(points)
        ]
        db.session.commit()
        return [row.id for row in rows], [point.id for point in made]


def counts(app, town) -> tuple[int, int, int]:
    with app.app_context():
        tally = queries.tally(db.session.get_one(Conference, town.conference))
        return tally.open, tally.placed, tally.aside


def voices_of(app, point_id: int) -> list[int]:
    with app.app_context():
        point = db.session.get_one(ConsolidatedPoint, point_id)
        return sorted(row.id for row in queries.list_voices(point))


def test_an_empty_desk_says_what_will_be_here(town, organiser):
    page = organiser.get(desk(town)).get_data(as_text=True)

    assert "Noch keine Beiträge" in page
    assert "Noch kein Punkt" in page


def test_the_desk_shows_open_points_and_the_opened_point_with_figures(app, town, organiser):
    fill(app, town)
    _open, (point,) = fill(app, town, count=0)

    page = organiser.get(f"{desk(town)}?punkt={point}").get_data(as_text=True)

    for words in ("Offener Beitrag 0", "Familie und Aufwachsen", "Stimme 0", "SGB-II-Quote", "31.12.2025"):
        assert words in page
    assert "1 Stimme · 1 Tisch · 2 Klebepunkte" in page


def test_a_new_point_of_the_selection_and_back_again(app, town, organiser):
    rows, _points = fill(app, town)

    made = organiser.submit(desk(town) + "sortieren", {"akt": "neu", "titel": "Treff fehlt", "beitrag": rows[:2]})
    assert made.location == desk(town)
    assert counts(app, town) == (1, 3, 0)
    assert "Rückgängig" in organiser.get(made.location).get_data(as_text=True)

    organiser.submit(desk(town) + "rueckgaengig")
    assert counts(app, town) == (3, 1, 0)
    assert "Treff fehlt" not in organiser.get(desk(town)).get_data(as_text=True)


def test_the_place_on_the_desk_is_kept(app, town, organiser):
    rows, (point,) = fill(app, town)

    response = organiser.submit(
        f"{desk(town)}sortieren?punkt={point}&art=need&text=Beitrag", {"akt": "zu", "ziel": point, "beitrag": rows[:1]}
    )

    assert response.location == f"{desk(town)}?punkt={point}&art=need&text=Beitrag"
    assert len(voices_of(app, point)) == 2


def test_setting_aside_and_bringing_back(app, town, organiser):
    rows, _points = fill(app, town)

    organiser.submit(desk(town) + "sortieren", {"akt": "beiseite", "grund": "Probe der Technik", "beitrag": rows[:2]})
    aside = organiser.get(f"{desk(town)}?ansicht=beiseite").get_data(as_text=True)
    assert counts(app, town) == (1, 1, 2)
    assert aside.count("Probe der Technik") == 2

    organiser.submit(desk(town) + "zurueckholen?ansicht=beiseite", {"beitrag": rows[:1]})
    assert counts(app, town) == (2, 1, 1)


def test_enter_in_the_reason_sets_aside(app, town, organiser):
    rows, _points = fill(app, town)

    organiser.submit(desk(town) + "sortieren", {"akt": "neu", "titel": "", "grund": "doppelt", "beitrag": rows[:1]})

    assert counts(app, town) == (2, 1, 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"akt": "neu", "titel": "Bleibt stehen"}, "mindestens einen Beitrag"),
        ({"akt": "neu", "titel": " "}, "mindestens einen Beitrag"),
        ({"akt": "zu", "ziel": ""}, "Wählen Sie einen Punkt"),
        ({"akt": "zu", "ziel": "x" * 40}, "Wählen Sie einen Punkt"),
        ({"akt": "beiseite", "grund": ""}, "Nennen Sie den Grund"),
        ({}, "Wählen Sie einen Punkt"),
    ],
)
def test_a_refused_act_changes_nothing_and_keeps_what_was_typed(app, town, organiser, data, words):
    fill(app, town)

    response = organiser.submit(desk(town) + "sortieren", data)
    page = organiser.get(response.location).get_data(as_text=True)

    assert words in page
    assert data.get("titel", "").strip() in page
    assert counts(app, town) == (3, 1, 0)


def test_a_contribution_that_is_not_of_this_conference_is_not_found(app, town, organiser):
    with app.app_context():
        other = factories.small_town("MARKIERT")
        db.session.commit()
    foreign, foreign_points = fill(app, other)
    rows, (point,) = fill(app, town)

    for path, data in (
        ("sortieren", {"akt": "zu", "ziel": point, "beitrag": foreign}),
        ("sortieren", {"akt": "zu", "ziel": foreign_points[0], "beitrag": rows}),
        ("zurueckholen", {"beitrag": foreign}),
    ):
        assert organiser.submit(desk(town) + path, data).status_code == 404
    for path in ("", "/beitraege", "/zusammenfuehren", "/loeschen"):
        assert organiser.submit(f"/punkte/{foreign_points[0]}{path}").status_code == 404
    assert b"MARKIERT" not in organiser.get(f"{desk(town)}?punkt={foreign_points[0]}").data
    assert counts(app, other) == (3, 1, 0)


def test_taking_out_splitting_and_supporting_another_point(app, town, organiser):
    rows, (one, two) = fill(app, town, points=2)
    organiser.submit(desk(town) + "sortieren", {"akt": "zu", "ziel": one, "beitrag": rows})

    organiser.submit(f"/punkte/{one}/beitraege?punkt={one}", {"akt": "heraus", "beitrag": rows[:1]})
    organiser.submit(f"/punkte/{one}/beitraege", {"akt": "auch", "ziel": two, "beitrag": rows[1:2]})
    organiser.submit(f"/punkte/{one}/beitraege", {"akt": "abtrennen", "titel": "Abgetrennt", "beitrag": rows[2:]})

    assert rows[1] in voices_of(app, one)
    assert rows[1] in voices_of(app, two)
    assert counts(app, town) == (1, 4, 0)
    with app.app_context():
        new = db.session.scalars(select(ConsolidatedPoint).where(ConsolidatedPoint.title == "Abgetrennt")).one()
        assert new.action_field_id == town.action_field
    assert voices_of(app, new_id(app)) == rows[2:]

    organiser.submit(desk(town) + "rueckgaengig")
    assert rows[2] in voices_of(app, one)


def new_id(app) -> int:
    with app.app_context():
        return db.session.scalars(select(ConsolidatedPoint.id).where(ConsolidatedPoint.title == "Abgetrennt")).one()


def test_merging_opens_the_other_point_and_can_be_undone(app, town, organiser):
    _rows, (one, two) = fill(app, town, points=2)

    response = organiser.submit(f"/punkte/{two}/zusammenfuehren?punkt={two}", {"ziel": one})
    page = organiser.get(response.location).get_data(as_text=True)

    assert response.location == f"{desk(town)}?punkt={one}"
    assert "Darin aufgegangen: Punkt 2" in page
    assert len(voices_of(app, one)) == 2
    with app.app_context():
        assert db.session.scalars(select(AuditEntry.action)).all() == ["point.merged"]

    organiser.submit(desk(town) + "rueckgaengig")
    assert (len(voices_of(app, one)), len(voices_of(app, two))) == (1, 1)


def test_a_points_words_are_edited_on_the_desk(app, town, organiser):
    _rows, (point,) = fill(app, town)

    organiser.submit(
        f"/punkte/{point}?punkt={point}",
        {"title": "Neuer Titel", "summary": "Kurz gesagt", "action_field": "", "minority": "y"},
    )

    with app.app_context():
        row = db.session.get_one(ConsolidatedPoint, point)
        assert (row.title, row.summary, row.action_field_id, row.minority) == ("Neuer Titel", "Kurz gesagt", None, True)


@pytest.mark.parametrize(
    "data",
    [{"title": ""}, {"title": "x" * 161}, {"title": "A", "action_field": "77"}, {"title": "A", "action_field": "x"}],
)
def test_bad_words_are_explained_on_the_desk(app, town, organiser, data):
    _rows, (point,) = fill(app, town)

    response = organiser.submit(f"/punkte/{point}?punkt={point}", {"summary": "Bleibt stehen", **data})

    assert response.status_code == 422
    assert "Bleibt stehen" in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.get_one(ConsolidatedPoint, point).title == "Ergebnis 0"


def test_an_empty_point_is_deleted_and_brought_back(app, town, organiser):
    _rows, (point,) = fill(app, town)
    voice = voices_of(app, point)
    organiser.submit(f"/punkte/{point}/beitraege", {"akt": "heraus", "beitrag": voice})

    organiser.submit(f"/punkte/{point}/loeschen?punkt={point}")
    assert "Ergebnis 0" not in organiser.get(desk(town)).get_data(as_text=True).split("Rückgängig")[1]
    organiser.submit(desk(town) + "rueckgaengig")

    assert "Ergebnis 0" in organiser.get(desk(town)).get_data(as_text=True)


def test_undo_of_another_conference_or_of_nothing_is_explained(app, town, organiser):
    response = organiser.submit(desk(town) + "rueckgaengig")

    assert "nichts mehr" in organiser.get(response.location).get_data(as_text=True)


def test_a_new_action_field(app, town, organiser):
    organiser.submit(desk(town) + "handlungsfelder", {"name": "Gesundheit"})
    again = organiser.submit(desk(town) + "handlungsfelder", {"name": "gesundheit"})

    assert "gibt es schon" in organiser.get(again.location).get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(ActionField.name).order_by(ActionField.position)).all() == [
            "Familie und Aufwachsen",
            "Gesundheit",
        ]


def test_htmx_gets_the_desk_alone(app, town, organiser):
    fill(app, town)

    body = organiser.get(desk(town), headers={"HX-Request": "true"}).get_data(as_text=True)

    assert body.lstrip().startswith('<div class="tt-desk')
    assert "<html" not in body


def test_a_department_reads_the_desk_and_changes_nothing(app, town):
    rows, (point,) = fill(app, town)
    department = app.test_client().sign_in(town.department)

    page = department.get(f"{desk(town)}?punkt={point}").get_data(as_text=True)

    assert "Offener Beitrag 0" in page
    assert 'name="beitrag"' not in page
    assert department.submit(desk(town) + "sortieren", {"akt": "zu", "ziel": point, "beitrag": rows}).status_code == 403


def test_the_desk_stays_within_15_statements_whatever_the_number(app, town, organiser, statements):
    seen = []
    for count in (1, 60):
        _rows, points = fill(app, town, count=count, points=count)
        organiser.submit(desk(town) + "sortieren", {"akt": "beiseite", "grund": "x", "beitrag": _rows[:1]})
        paths = [f"{desk(town)}?punkt={points[0]}&text=Beitrag", f"{desk(town)}?punkt={points[0]}&ansicht=beiseite"]
        seen.append([])
        for path in paths:
            statements.clear()
            organiser.get(path)
            seen[-1].append(len(statements))

    assert seen[0] == seen[1]
    assert max(seen[0]) <= 15


NEW = {
    "title": "Offener Treff",
    "text": "Wir empfehlen …",
    "strength": "pilot",
    "competence": "shared",
    "time_horizon": "short",
    "priority": "high",
}


def test_a_recommendation_from_a_point_is_prefilled_in_the_usual_phrase(app, town, organiser):
    _rows, (point,) = fill(app, town)

    page = organiser.get(f"/konferenzen/{town.conference}/empfehlungen/neu?punkt={point}").get_data(as_text=True)

    assert "Wir empfehlen, … in Musterstadt Mitte für" in page
    assert "weil … (Ergebnis 0), damit …" in page
    assert "1 Stimme" in page


def test_a_recommendation_is_made_with_everything_it_rests_on(app, town, organiser):
    _rows, points = fill(app, town, points=2)

    response = organiser.submit(
        f"/konferenzen/{town.conference}/empfehlungen/neu",
        {
            **NEW,
            "goal": "Familien treffen sich",
            "partners": "Träger",
            "lead": town.institution,
            "action_field": town.action_field,
            "target_groups": ["families", "youth"],
            "points": points,
            "areas": [town.quarters[0]],
            "indicators": [town.indicator],
        },
    )

    assert response.location == f"/konferenzen/{town.conference}/empfehlungen/"
    page = organiser.get(response.location).get_data(as_text=True)
    assert "2 Stimmen" in page
    assert "Caritasverband" in page
    with app.app_context():
        (row,) = queries.list_recommendations(db.session.get_one(Conference, town.conference))
        assert (row.number, row.strength.value, row.target_groups) == (
            1,
            "pilot",
            [TargetGroup.FAMILIES, TargetGroup.YOUTH],
        )
        assert [point.id for point in row.points] == points
        assert [area.id for area in row.areas] == [town.quarters[0]]
        assert [one.id for one in row.indicators] == [town.indicator]
        assert (row.lead_id, row.action_field_id) == (town.institution, town.action_field)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"strength": "unsinn"},
        {"lead": "77"},
        {"lead": "x"},
        {"points": ["x"]},
        {"points": ["99999"]},
        {"target_groups": ["unsinn"]},
        {"text": "x" * 4001},
    ],
)
def test_a_bad_recommendation_is_explained_and_kept(app, town, organiser, changes):
    response = organiser.submit(
        f"/konferenzen/{town.conference}/empfehlungen/neu", {**NEW, "goal": "Bleibt stehen", **changes}
    )

    assert response.status_code == 422
    assert "Bleibt stehen" in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(Recommendation)).all() == []


def test_looking_at_the_evidence_saves_nothing(app, town, organiser):
    _rows, (point,) = fill(app, town)

    response = organiser.submit(
        f"/konferenzen/{town.conference}/empfehlungen/neu",
        {**NEW, "points": point, "indicators": town.indicator, "areas": town.quarters[1], "vorschau": "1"},
    )

    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "1 Stimme" in page
    assert "20,0" in page
    with app.app_context():
        assert db.session.scalars(select(Recommendation)).all() == []


def test_the_evidence_partial_answers_while_one_chooses(app, town, organiser):
    _rows, (point,) = fill(app, town)

    body = organiser.get(
        f"/konferenzen/{town.conference}/empfehlungen/belege?points={point}&points=x&indicators={town.indicator}"
    ).get_data(as_text=True)

    assert 'id="consolidation-evidence"' in body
    assert "1 Stimme" in body
    assert "Musterstadt Mitte" in body


def test_editing_keeps_number_and_what_lies_outside_the_choices(app, town, organiser):
    with app.app_context():
        conference = db.session.get_one(Conference, town.conference)
        level = db.session.get_one(Area, town.social_area).level_id
        elsewhere = factories.add(
            Area(scheme_id=db.session.get_one(Area, town.social_area).scheme_id, level_id=level, code="02", name="Ost")
        )
        row = services.create_recommendation(
            conference=conference,
            title="Alt",
            areas=[elsewhere],
            indicators=[db.session.get_one(Indicator, town.indicator)],
            target_groups=[TargetGroup.ALL],
        )
        db.session.commit()
        path, area = f"/empfehlungen/{row.id}/bearbeiten", elsewhere.id

    assert "Ost" in organiser.get(path).get_data(as_text=True)
    organiser.submit(path, {**NEW, "areas": [area]})

    with app.app_context():
        (row,) = queries.list_recommendations(db.session.get_one(Conference, town.conference))
        assert (row.number, row.title, [one.id for one in row.areas]) == (1, "Offener Treff", [area])
        assert (row.indicators, row.target_groups) == ([], [])


def test_recommendation_pages_stay_within_15_statements(app, town, organiser, statements):
    seen = []
    for count in (1, 3):
        _rows, points = fill(app, town, points=count)
        for _ in range(count):
            data = {**NEW, "points": points, "indicators": town.indicator, "areas": list(town.quarters)}
            organiser.submit(f"/konferenzen/{town.conference}/empfehlungen/neu", data)
        with app.app_context():
            recommendation = db.session.scalars(select(Recommendation.id).order_by(Recommendation.id)).first()
        seen.append([])
        for path in (
            f"/konferenzen/{town.conference}/empfehlungen/",
            f"/konferenzen/{town.conference}/empfehlungen/neu",
            f"/empfehlungen/{recommendation}/bearbeiten",
        ):
            statements.clear()
            organiser.get(path)
            seen[-1].append(len(statements))

    assert seen[0] == seen[1]
    assert max(seen[0]) <= 15


def test_recommendations_of_others_are_not_found(app, town, organiser):
    with app.app_context():
        other = factories.small_town("MARKIERT")
        row = services.create_recommendation(
            conference=db.session.get_one(Conference, other.conference), title="MARKIERT"
        )
        db.session.commit()
        path = f"/empfehlungen/{row.id}/bearbeiten"

    assert organiser.get(path).status_code == 404
    assert organiser.submit(path, NEW).status_code == 404
    assert organiser.get(f"/konferenzen/{other.conference}/empfehlungen/").status_code == 404
    assert organiser.get(f"/konferenzen/{other.conference}/empfehlungen/belege").status_code == 404


def test_contributions_in_other_languages_carry_their_language(app, town, organiser):
    with app.app_context():
        table = db.session.get_one(TopicTable, town.table)
        factories.contribution(table, "Dil kursu <b>sabah</b>", language="tr")
        db.session.commit()
        assert db.session.scalars(select(Contribution)).one()

    page = organiser.get(desk(town)).get_data(as_text=True)

    assert 'lang="tr" dir="auto">Dil kursu &lt;b&gt;sabah&lt;/b&gt;' in page
