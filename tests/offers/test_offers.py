"""The Sozialatlas for readers."""

import pytest

from app.areas import queries as areas
from app.core.errors import RuleBroken
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.institutions.models import Institution
from app.offers import queries, rules
from app.offers.services import create_offer
from tests import factories


def fill(town, mark=""):
    """Three offers: in one quarter, in the Sozialraum, in the whole town; `mark` makes their names differ."""
    home = areas.get_municipality_meant(town.slug)
    provider = db.session.get(Institution, town.institution)
    first, whole = areas.get_area(home, town.quarters[0]), areas.get_area(home, town.social_area)
    groups = {"young": [TargetGroup.YOUTH], "all": [TargetGroup.ALL], "old": [TargetGroup.OLDER]}

    def offer(name, category, group, served):
        return create_offer(
            municipality=home,
            institution=provider,
            name=name + mark,
            category=category,
            target_groups=groups[group],
            areas=served,
            place=first,
        )

    offer("Jugendtreff Hafen", "Treffpunkt", "young", [first])
    offer("Mittagstisch", "Treffpunkt", "old", [whole])
    offer("Schuldnerberatung", "Beratung", "all", [])
    return home


def names(offers):
    return [offer.name for offer in offers]


def test_groups_and_areas_decide_what_is_found():
    assert rules.is_for(["youth"], TargetGroup.YOUTH)
    assert not rules.is_for(["older"], TargetGroup.YOUTH)
    assert rules.is_for(["all"], TargetGroup.YOUTH)
    assert rules.is_for([], TargetGroup.YOUTH)
    assert rules.serves([], {1})
    assert not rules.serves([2], {1})


def test_offers_of_an_area_include_wider_and_narrower_ones(app, town):
    with app.app_context():
        home = fill(town)
        first, second, _ = (areas.get_area(home, area_id) for area_id in town.quarters)
        whole = areas.get_area(home, town.social_area)

        assert names(queries.list_offers_for_area(first)) == ["Jugendtreff Hafen", "Mittagstisch", "Schuldnerberatung"]
        assert names(queries.list_offers_for_area(second)) == ["Mittagstisch", "Schuldnerberatung"]
        assert names(queries.list_offers(home, area=whole)) == [
            "Schuldnerberatung",
            "Jugendtreff Hafen",
            "Mittagstisch",
        ]
        assert names(queries.list_offers(home, category="Treffpunkt", target_group=TargetGroup.YOUTH)) == [
            "Jugendtreff Hafen"
        ]


def test_readers_filter_without_script(app, town, client):
    with app.app_context():
        fill(town)
        factories.small_town("Nachbarstadt")
        db.session.commit()
    address = f"/k/{town.slug}/angebote/"

    everything = client.get(address).text
    young = client.get(f"{address}?zielgruppe=youth&gebiet={town.quarters[1]}").text

    assert "3 Angebote" in everything
    assert "Nachbarstadt" not in everything
    assert "1 Angebot<" in young
    assert "Schuldnerberatung" in young
    assert "Jugendtreff" not in young
    assert "Alle Angebote zeigen" in young


def test_nothing_found_and_nothing_there_are_told_apart(app, town, client):
    address = f"/k/{town.slug}/angebote/"

    assert "Noch keine Angebote" in client.get(address).text
    with app.app_context():
        fill(town)
        db.session.commit()
        create = {"institution": db.session.get(Institution, town.institution), "target_groups": [TargetGroup.CARERS]}
        home = areas.get_municipality_meant(town.slug)
        create_offer(municipality=home, name="Atempause", category="Pflege", **create)
        db.session.commit()
    assert "Dazu ist nichts eingetragen" in client.get(f"{address}?kategorie=Pflege&zielgruppe=youth").text


def test_bad_choices_and_unknown_towns(app, town, client):
    with app.app_context():
        other = factories.small_town("Nachbarstadt")
        db.session.commit()
    address = f"/k/{town.slug}/angebote/"

    for query in ("zielgruppe=nix", "kategorie=nix", "gebiet=x", f"gebiet={other.social_area}"):
        assert client.get(f"{address}?{query}").status_code == 422
    assert client.get("/k/nirgends/angebote/").status_code == 404


def test_the_number_of_statements_does_not_grow(app, town, client, statements):
    address = f"/k/{town.slug}/angebote/?gebiet={town.social_area}"
    with app.app_context():
        fill(town)
        db.session.commit()
    statements.clear()
    client.get(address)
    few = len(statements)
    with app.app_context():
        for number in range(3):
            fill(town, f" {number}")
        db.session.commit()

    statements.clear()
    client.get(address)

    assert len(statements) == few <= 4


def test_an_offer_needs_a_name_and_a_provider_of_the_town(app, town):
    with app.app_context():
        home = areas.get_municipality_meant(town.slug)
        stranger = factories.institution(factories.municipality(), "Fremder Verein")
        own = db.session.get(Institution, town.institution)

        with pytest.raises(RuleBroken):
            create_offer(municipality=home, institution=own, name=" ", category="Beratung")
        with pytest.raises(RuleBroken):
            create_offer(municipality=home, institution=stranger, name="Treff", category="Beratung")


def test_a_blank_choice_is_none(client, town):
    assert client.get(f"/k/{town.slug}/angebote/?kategorie=%20&zielgruppe=%20&gebiet=%20").status_code == 200
