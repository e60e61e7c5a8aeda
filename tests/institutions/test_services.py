"""Acts of the directory."""

import pytest

from app.accounts.models import Municipality
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.institutions import queries, services
from app.institutions.enums import InstitutionType
from app.institutions.services import ContactDetails, NameTaken
from tests import factories


def home_of(town) -> Municipality:
    return db.session.get(Municipality, town.municipality)


def test_create_institution_keeps_contacts_in_order(app, town):
    with app.app_context():
        services.create_institution(
            municipality=home_of(town),
            name="  Diakonie   Nord ",
            type=InstitutionType.WELFARE_ASSOCIATION,
            contacts=[ContactDetails("Zander", email="z@diakonie.example"), ContactDetails("Adam")],
        )
        db.session.commit()

    with app.app_context():
        row = queries.find_institution_named(home_of(town), "Diakonie Nord")
        loaded = queries.get_institution(home_of(town), row.id)
        assert [(contact.last_name, contact.position) for contact in loaded.contacts] == [("Zander", 0), ("Adam", 1)]


@pytest.mark.parametrize("name", ["Ärztehaus", "ärztehaus", "CARITASVERBAND MUSTERSTADT"])
def test_a_name_is_given_once_per_municipality(app, town, name):
    with app.app_context():
        factories.institution(home_of(town), "Ärztehaus")
        factories.institution(home_of(town), "ärztehaus")

        with pytest.raises(NameTaken):
            services.create_institution(municipality=home_of(town), name=name, type=InstitutionType.HEALTH)


def test_another_municipality_may_use_the_name(app, town):
    with app.app_context():
        other = factories.municipality()
        factories.institution(other, "Lebenshilfe")

        row = services.create_institution(
            municipality=home_of(town), name="Lebenshilfe", type=InstitutionType.SELF_HELP
        )

        assert row.municipality_id == town.municipality


def test_update_changes_keeps_and_removes_contacts(app, town):
    with app.app_context():
        row = queries.get_institution(home_of(town), town.institution)
        known = row.contacts[0].id
        services.update_institution(
            municipality=home_of(town),
            institution=row,
            name=row.name,
            type=row.type,
            contacts=[ContactDetails("Neu"), ContactDetails("Beispiel", role="Leitung", id=known)],
        )
        db.session.commit()

    with app.app_context():
        contacts = queries.get_institution(home_of(town), town.institution).contacts
        assert [(one.last_name, one.role) for one in contacts] == [("Neu", ""), ("Beispiel", "Leitung")]
        assert contacts[1].id == known


def test_a_foreign_contact_id_makes_a_new_person(app, town):
    with app.app_context():
        other = factories.institution(factories.municipality(), "Fremde")
        foreign = queries.get_institution(db.session.get(Municipality, other.municipality_id), other.id).contacts[0]
        row = queries.get_institution(home_of(town), town.institution)

        services.add_contact(institution=row, details=ContactDetails("Gast", id=foreign.id))

        assert foreign.last_name == "Beispiel"
        assert [contact.last_name for contact in row.contacts] == ["Beispiel", "Gast"]


def test_a_bad_address_is_refused(app, town):
    with app.app_context():
        row = queries.get_institution(home_of(town), town.institution)

        with pytest.raises(RuleBroken):
            services.add_contact(institution=row, details=ContactDetails("Gast", email="kein-at-zeichen"))


def test_list_institutions_filters_by_search_type_and_area(app, town):
    with app.app_context():
        home = home_of(town)
        from app.areas.models import Area

        first, second = (db.session.get(Area, area_id) for area_id in town.quarters[:2])
        middle = db.session.get(Area, town.social_area)
        factories.institution(home, "Übergangshaus", type=InstitutionType.SCHOOL, areas=[first])
        factories.institution(home, "Anderswo", type=InstitutionType.SCHOOL, areas=[second])
        factories.institution(factories.municipality(), "Fremdes Übergangshaus", type=InstitutionType.SCHOOL)

        def names(**filters) -> list[str]:
            return [row.name for row in queries.list_institutions(home, **filters)]

        assert names() == ["Anderswo", "Caritasverband Musterstadt", "Übergangshaus"]
        assert names(search="ubergang") == ["Übergangshaus"]
        assert names(search="robin") == names()
        assert names(type=InstitutionType.SCHOOL) == ["Anderswo", "Übergangshaus"]
        assert names(area=first) == ["Caritasverband Musterstadt", "Übergangshaus"]
        assert names(area=middle) == names()


def test_get_institution_of_another_municipality_is_not_found(app, town):
    with app.app_context():
        foreign = factories.institution(factories.municipality(), "Fremde")

        with pytest.raises(NotFound):
            queries.get_institution(home_of(town), foreign.id)


def test_list_departments_knows_only_departments(app, town):
    with app.app_context():
        factories.institution(home_of(town), "Jugendamt", type=InstitutionType.DEPARTMENT)

        assert [row.name for row in queries.list_departments(home_of(town))] == ["Jugendamt"]
