"""The catalogue and the agreement on it: rules, acts, pages, and what leaves the office."""

from datetime import date

import pytest

from app.accounts.models import Municipality
from app.areas.models import AreaLevel
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import catalogue, catalogue_queries, queries
from app.indicators.catalogue import Details, Step
from app.indicators.catalogue_rules import Held, kind_problem, whole_problem
from app.indicators.enums import Agreement
from app.indicators.models import Indicator, IndicatorDecision, SocialIndex
from app.indicators.usual_indicators import usual_indicators
from tests import factories

# fmt: off
DOMAIN = {
    "sgb2_rate", "sgb2_working_age", "child_poverty_u15", "old_age_support", "sgb12_rate",
    "transfer_non_unemployed", "unemployment_share", "youth_unemployment", "long_term_unemployment",
    "single_parent_households", "children_single_parents", "large_families", "migration_background",
    "youth_quotient", "old_age_quotient", "kita_short_attendance", "living_space", "fluctuation", "net_migration",
    "residence_5y", "hze_rate", "language_deficit", "school_leavers_low", "debtor_rate", "kita_care_rate",
    "turnout",
}
# fmt: on
STEP = Step(body="Arbeitsgemeinschaft der Wohlfahrtsverbände", decided_on=date(2026, 3, 4), reason="Für den Bericht")
WHO = {"user": None, "now": factories.NOW}
MARK = "GEHEIMMARKE"


def home_of(town) -> Municipality:
    return db.session.get_one(Municipality, town.municipality)


def record(row: Indicator, **changes) -> dict:
    """The form of a record as a browser sends it."""
    sent = {name: getattr(row, name) for name in Details.__dataclass_fields__ if name not in ("whole_id", "valid_from")}
    sent |= {"polarity": row.polarity.value, "reference_type": row.reference_type.value, "whole": row.whole_id or ""}
    return {name: "" if value is None else value for name, value in (sent | changes).items()}


def decision(**changes) -> dict:
    """The form of a decision."""
    sent = {"agreement": "accepted", "visibility": "public", "body": "Jugendamt", "decided_on": "2026-05-06"}
    return sent | {"reason": ""} | changes


def stored(app, indicator_id: int) -> Indicator:
    """The indicator as a fresh session sees it."""
    with app.app_context():
        return db.session.get_one(Indicator, indicator_id)


def propose(app, town, *keys: str) -> list[int]:
    with app.app_context():
        made = catalogue.propose_usual(municipality=home_of(town), keys=keys, step=STEP, **WHO)
        db.session.commit()
        return [one.id for one in made]


def test_the_usual_indicators_are_those_of_the_field_and_complete():
    usual = usual_indicators()

    assert set(usual) == {"population", *DOMAIN}
    assert [key for key, one in usual.items() if not (2 <= len(one.options) <= 4)] == []
    assert [key for key, one in usual.items() if not (one.definition and one.break_note and one.source)] == []
    assert [key for key, one in usual.items() if one.whole and one.whole not in usual] == []
    assert {one.whole for one in usual.values()} == {None, "sgb2_rate"}
    assert max(len(one.short_name or one.name) for one in usual.values()) <= 60


@pytest.mark.parametrize(
    ("held", "numerator", "denominator", "field"),
    [
        (Held(5, 5, 5), "Fälle", None, "denominator"),
        (Held(5, 5, 0), "Fälle", "Menschen", "denominator"),
        (Held(5, 5, 0), "", None, "numerator"),
        (Held(5, 0, 0), "", "Menschen", None),
        (Held(5, 5, 5), "anders", "anders", None),
        (Held(), "", None, None),
    ],
)
def test_values_keep_the_kind_of_an_indicator(held, numerator, denominator, field):
    problem = kind_problem(held, numerator, denominator)

    assert (problem[0] if problem else None) == field


@pytest.mark.parametrize(("whole", "refused"), [(None, False), (1, True), (2, True), (3, True), (4, False)])
def test_no_indicator_is_part_of_itself_by_any_way(whole, refused):
    wholes = {1: None, 2: 1, 3: 2, 4: None}

    assert bool(whole_problem(1, whole, wholes)) is refused


def test_adopting_is_proposing_and_leaves_what_is_there(app, town):
    made = propose(app, town, "child_poverty_u15", "sgb2_working_age", "sgb2_rate")

    with app.app_context():
        rows = queries.list_catalogue(home_of(town))
        assert [(one.key, one.agreement) for one in rows] == [
            ("sgb2_rate", Agreement.ACCEPTED),
            ("sgb2_working_age", Agreement.PROPOSED),
            ("child_poverty_u15", Agreement.PROPOSED),
        ]
        assert {one.whole_id for one in rows[1:]} == {town.indicator}
        steps = [db.session.query(IndicatorDecision).filter_by(indicator_id=one).one() for one in made]
        assert {(one.agreement, one.body, one.decided_on, one.reason) for one in steps} == {
            (Agreement.PROPOSED, STEP.body, STEP.decided_on, STEP.reason)
        }
        with pytest.raises(RuleBroken, match="mindestens einen"):
            catalogue.propose_usual(municipality=home_of(town), keys=["sgb2_rate"], step=STEP, **WHO)


def test_the_lists_say_who_may_see_what(app, town):
    with app.app_context():
        home = home_of(town)
        for agreement in Agreement:
            for public in (True, False):
                name = f"{agreement.value} {public}"
                factories.indicator(home, name.replace(" ", "_"), name, agreement=agreement, public=public)
        factories.indicator(factories.municipality(), "fremd", "fremd")

        agreed = ["SGB-II-Quote", "accepted True", "accepted False"]
        assert [one.name for one in queries.list_indicators(home)] == agreed
        assert [one.name for one in queries.list_public_indicators(home)] == agreed[:2]
        assert len(queries.list_catalogue(home)) == 7
        assert [one.name for one in queries.list_catalogue(home) if one.leaves_office] == agreed[:2]


def test_the_bottrop_way_from_proposal_to_agreement(app, town, organiser):
    (child_poverty, debtors) = propose(app, town, "child_poverty_u15", "debtor_rate")
    refuse = decision(agreement="rejected", reason="Die Lizenz erlaubt es nicht.", body="Statistikstelle")

    organiser.submit(f"/daten/katalog/{child_poverty}/entscheidung", decision(visibility="internal"))
    organiser.submit(f"/daten/katalog/{debtors}/entscheidung", refuse)

    agreed, rejected = stored(app, child_poverty), stored(app, debtors)
    assert (agreed.agreement, agreed.public) == (Agreement.ACCEPTED, False)
    assert rejected.agreement is Agreement.REJECTED
    with app.app_context():
        steps = catalogue_queries.list_decisions(rejected)
        assert [(one.agreement.value, one.body, one.reason) for one in steps] == [
            ("rejected", "Statistikstelle", "Die Lizenz erlaubt es nicht."),
            ("proposed", STEP.body, STEP.reason),
        ]
        assert steps[0].noted_by.name == "Kim Muster"
    page = organiser.get(f"/daten/katalog/{debtors}").get_data(as_text=True)
    assert "Die Lizenz erlaubt es nicht." in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"agreement": "rejected"}, "Nennen Sie den Grund der Ablehnung."),
        ({"body": " "}, "Nennen Sie, wer das vorgeschlagen oder entschieden hat."),
        ({"decided_on": "2999-01-01"}, "Der Tag liegt in der Zukunft."),
        ({"decided_on": "gestern"}, "Das ist kein Tag."),
        ({"decided_on": ""}, "Geben Sie den Tag ein"),
        ({"agreement": "vielleicht"}, "Entscheidung"),
        ({"visibility": ""}, "wer den Indikator sieht"),
    ],
)
def test_a_decision_that_cannot_be_noted_changes_nothing(app, town, organiser, sent, sentence):
    response = organiser.submit(f"/daten/katalog/{town.indicator}/entscheidung", decision(**sent))

    assert response.status_code == 422
    assert sentence in response.get_data(as_text=True) or sent.get("agreement") == "vielleicht"
    with app.app_context():
        assert db.session.query(IndicatorDecision).count() == 0


def test_a_part_of_the_newest_index_is_not_rejected(app, town, organiser):
    with app.app_context():
        level = db.session.query(AreaLevel).filter_by(name="Sozialquartier").one()
        factories.social_index(home_of(town), level, db.session.get_one(Indicator, town.indicator), name="Index")
        db.session.commit()
    refuse = decision(agreement="rejected", reason="Nicht mehr gewünscht")

    first = organiser.submit(f"/daten/katalog/{town.indicator}/entscheidung", refuse)
    with app.app_context():
        level = db.session.query(AreaLevel).filter_by(name="Sozialquartier").one()
        factories.social_index(home_of(town), level, name="Index", version=2)
        db.session.commit()
    second = organiser.submit(f"/daten/katalog/{town.indicator}/entscheidung", refuse)

    assert (first.status_code, second.status_code) == (422, 303)
    assert "Legen Sie zuerst eine Fassung ohne ihn fest." in first.get_data(as_text=True)
    assert stored(app, town.indicator).agreement is Agreement.REJECTED


def test_changing_what_is_counted_says_what_it_does(app, town, organiser):
    row = stored(app, town.indicator)
    address = f"/daten/katalog/{row.id}/bearbeiten"

    assert "Zu diesem Indikator gibt es schon 6 Werte" in organiser.get(address).get_data(as_text=True)
    refused = organiser.submit(address, record(row, denominator=""))
    changed = organiser.submit(address, record(row, numerator="Menschen mit Bürgergeld", options="Beraten\nBesuchen"))

    assert refused.status_code == 422
    assert "Werte mit Nenner" in refused.get_data(as_text=True)
    assert changed.location == f"/daten/katalog/{row.id}"
    assert stored(app, row.id).numerator == "Menschen mit Bürgergeld"
    page = organiser.get(changed.location).get_data(as_text=True)
    assert "auch frühere Stichtage" in page
    assert "<li>Besuchen</li>" in page


@pytest.mark.parametrize(
    "sent",
    [
        {"name": ""},
        {"name": "x" * 161},
        {"factor": "0"},
        {"factor": "viele"},
        {"threshold": "-1"},
        {"minimum_base": "99999999999999999999"},
        {"polarity": "schief"},
        {"valid_from": "irgendwann"},
        {"whole": "99999999999999999999"},
        {"whole": "SELBST"},
        {"name": "Andere Quote"},
    ],
)
def test_a_record_that_cannot_be_stays_as_it_was(app, town, organiser, sent):
    with app.app_context():
        factories.indicator(home_of(town), "andere", "ANDERE QUOTE")
        db.session.commit()
    row = stored(app, town.indicator)
    sent = {name: str(row.id) if value == "SELBST" else value for name, value in sent.items()}

    response = organiser.submit(f"/daten/katalog/{row.id}/bearbeiten", record(row, **sent))

    assert response.status_code == 422
    assert record(stored(app, row.id)) == record(row)


def test_a_circle_of_wholes_is_refused_beside_the_field(app, town, organiser):
    (part,) = propose(app, town, "child_poverty_u15")
    row = stored(app, town.indicator)

    response = organiser.submit(f"/daten/katalog/{row.id}/bearbeiten", record(row, whole=part))

    assert response.status_code == 422
    assert "nicht Teil von sich selbst" in response.get_data(as_text=True)


def test_a_whole_of_another_municipality_is_not_offered(app, town, organiser):
    with app.app_context():
        other = factories.indicator(factories.municipality(), "fremd", MARK).id
        db.session.commit()
    row = stored(app, town.indicator)

    response = organiser.submit(f"/daten/katalog/{row.id}/bearbeiten", record(row, whole=other))

    assert response.status_code == 422
    assert MARK not in response.get_data(as_text=True)


def test_the_statistics_office_changes_rule_and_definition_only(app, town):
    person = app.test_client().sign_in(town.statistics)
    sent = {"definition": "Neu", "threshold": "5", "minimum_base": "0", "name": "Anders", "numerator": ""}

    response = person.submit(f"/daten/katalog/{town.indicator}/bearbeiten", sent)

    row = stored(app, town.indicator)
    assert response.location == f"/daten/katalog/{town.indicator}"
    assert (row.definition, row.threshold, row.minimum_base, row.name) == ("Neu", 5, 0, "SGB-II-Quote")
    assert row.numerator
    assert person.submit(f"/daten/katalog/{town.indicator}/entscheidung", decision()).status_code == 403


def test_a_department_proposes_and_does_nothing_else(app, town):
    person = app.test_client().sign_in(town.department)
    step = {"body": "Jugendamt", "decided_on": "2026-05-06", "reason": "Für die Jugendhilfeplanung"}
    new = {"name": "=Spielflächen", "unit": "m²", "factor": "1", "threshold": "0", "minimum_base": "0", **step}
    new |= {"polarity": "relief", "reference_type": "year", "numerator": "m² Spielfläche", "whole": ""}

    adopted = person.submit("/daten/katalog/uebernehmen", {"keys": ["hze_rate", "kita_care_rate"], **step})
    proposed = person.submit("/daten/katalog/neu", new)

    assert adopted.location == "/daten/katalog/?stand=proposed"
    with app.app_context():
        rows = queries.list_catalogue(home_of(town))[1:]
        assert [(one.name, one.agreement.value) for one in rows] == [
            ("Hilfen zur Erziehung", "proposed"),
            ("Betreuungsquote", "proposed"),
            ("=Spielflächen", "proposed"),
        ]
        assert proposed.location == f"/daten/katalog/{rows[2].id}"
        assert rows[2].denominator is None
    for path in ("bearbeiten", "entscheidung", "verschieben", "loeschen"):
        assert person.submit(f"/daten/katalog/{town.indicator}/{path}").status_code == 403


def test_a_proposal_without_reason_or_choice_is_not_made(app, town, organiser):
    step = {"body": "Jugendamt", "decided_on": "2026-05-06"}

    nothing = organiser.submit("/daten/katalog/uebernehmen", step)
    foreign = organiser.submit("/daten/katalog/uebernehmen", {"keys": ["erfunden"], **step})
    reasonless = organiser.submit("/daten/katalog/neu", {"name": "Neu", **step})

    assert [one.status_code for one in (nothing, foreign, reasonless)] == [422, 422, 422]
    with app.app_context():
        assert len(queries.list_catalogue(home_of(town))) == 1


def test_indicators_change_places(app, town, organiser):
    ids = [town.indicator, *propose(app, town, "sgb12_rate", "turnout")]

    organiser.submit(f"/daten/katalog/{ids[2]}/verschieben", {"richtung": "hoch"})
    organiser.submit(f"/daten/katalog/{ids[2]}/verschieben", {"richtung": "hoch"})
    organiser.submit(f"/daten/katalog/{ids[2]}/verschieben", {"richtung": "hoch"})
    organiser.submit(f"/daten/katalog/{ids[0]}/verschieben", {"richtung": "runter"})

    with app.app_context():
        assert [one.id for one in queries.list_catalogue(home_of(town))] == [ids[2], ids[1], ids[0]]


def test_only_what_nothing_rests_on_is_deleted(app, town, organiser):
    (free,) = propose(app, town, "turnout")
    with app.app_context():
        bound = factories.indicator(home_of(town), "basis", "Bezug").id
        level = db.session.query(AreaLevel).filter_by(name="Sozialquartier").one()
        factories.social_index(home_of(town), level, population_id=bound)
        db.session.commit()

    for indicator_id in (free, bound, town.indicator):
        organiser.submit(f"/daten/katalog/{indicator_id}/loeschen")

    with app.app_context():
        assert {one.id for one in queries.list_catalogue(home_of(town))} == {bound, town.indicator}
        assert db.session.query(IndicatorDecision).count() == 0
        assert db.session.query(SocialIndex).count() == 1


def test_the_catalogue_is_searched_and_filtered(app, town, organiser):
    propose(app, town, "turnout", "debtor_rate")

    def found(query: str) -> set[str]:
        page = organiser.get(f"/daten/katalog/?{query}").get_data(as_text=True)
        return {name for name in ("SGB-II-Quote", "Wahlbeteiligung", "Schuldnerquote") if f">{name}</a>" in page}

    assert found("") == {"SGB-II-Quote", "Wahlbeteiligung", "Schuldnerquote"}
    assert found("stand=proposed") == {"Wahlbeteiligung", "Schuldnerquote"}
    assert found("stand=accepted&suche=") == {"SGB-II-Quote"}
    assert found("suche=wahlamt") == {"Wahlbeteiligung"}
    assert found("stand=erfunden&suche=%00") == {"SGB-II-Quote", "Wahlbeteiligung", "Schuldnerquote"}
    assert found("suche=nirgends") == set()


def test_an_empty_catalogue_offers_the_usual_ones(app):
    with app.app_context():
        person = factories.member(factories.municipality()).id
        db.session.commit()

    page = app.test_client().sign_in(person).get("/daten/katalog/").get_data(as_text=True)

    assert "Noch kein Indikator" in page
    assert 'href="/daten/katalog/uebernehmen"' in page


@pytest.mark.parametrize("path", ["", "uebernehmen", "ID", "ID/bearbeiten"])
def test_pages_need_the_same_few_statements_for_many_entries(app, town, organiser, statements, path):
    counts = []
    for keys in (["turnout"], ["hze_rate", "debtor_rate", "sgb12_rate", "child_poverty_u15", "sgb2_working_age"]):
        propose(app, town, *keys)
        statements.clear()
        assert organiser.get("/daten/katalog/" + path.replace("ID", str(town.indicator))).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 15
