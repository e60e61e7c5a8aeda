"""Pages of schemes, areas, groups and crosswalks."""

import io
from datetime import date

import pytest

from app.accounts.models import Municipality
from app.areas import queries, services
from app.areas.enums import GroupKind
from app.areas.models import AreaScheme
from app.extensions import db
from tests import factories


@pytest.fixture
def statistics(app, town):
    """A browser signed in as the statistics office."""
    return app.test_client().sign_in(town.statistics)


def home(town) -> Municipality:
    return db.session.get(Municipality, town.municipality)


def schemes(town) -> dict[str, AreaScheme]:
    return {scheme.name: scheme for scheme in queries.list_schemes(home(town))}


def text(response) -> str:
    return response.get_data(as_text=True)


def test_the_first_step_is_offered_where_there_is_nothing_yet(app, client):
    with app.app_context():
        empty = factories.municipality()
        person = factories.member(empty).id
        db.session.commit()

    page = text(client.sign_in(person).get("/gebiete/"))

    assert "Noch keine Gebiete" in page
    assert "/importe/neu/areas" in page


def test_the_page_names_schemes_levels_and_groups(app, town, statistics):
    with app.app_context():
        old = services.create_scheme(municipality=home(town), name="Gliederung 2017")
        old.valid_from, old.valid_to = date(2010, 1, 1), date(2017, 12, 31)
        quarters = [queries.get_area(home(town), area_id) for area_id in town.quarters]
        factories.area_group(quarters[0].level, "Zentrum Nord", *quarters[:2], reason="Viele Abweichungen")
        factories.area_group(
            quarters[0].level, "Bezirk Ost", quarters[2], kind=GroupKind.GROUPING, family="Stadtbezirke"
        )
        db.session.commit()

    page = text(statistics.get("/gebiete/"))

    assert page.count("aktuelle Gliederung") == 1
    assert "gültig vom 01.01.2010 bis 31.12.2017" in page
    for word in ("Sozialquartier", "Zentrum Nord", "Viele Abweichungen", "Stadtbezirke", "Bezirk Ost"):
        assert word in page


@pytest.mark.parametrize("areas", [1, 3])
def test_pages_take_few_statements_whatever_there_is(app, town, statistics, statements, areas):
    with app.app_context():
        quarters = [queries.get_area(home(town), area_id) for area_id in town.quarters][:areas]
        for number in range(areas):
            factories.area_group(quarters[0].level, f"Raum {number}", *quarters)
            services.create_scheme(municipality=home(town), name=f"Gliederung {number}")
        db.session.commit()

    for path, most in (("/gebiete/", 6), (f"/gebiete/{town.scheme}", 9), (f"/gebiete/{town.scheme}/uebergang", 15)):
        statements.clear()
        assert statistics.get(path).status_code == 200
        assert len(statements) <= most, path


def test_a_scheme_shows_its_tree_a_map_and_what_is_missing(app, town, statistics):
    with app.app_context():
        level = queries.list_levels(schemes(town)["Sozialräume"])[1]
        services.create_area(level=level, code="0199", name="Neuland")
        db.session.commit()

    page = text(statistics.get(f"/gebiete/{town.scheme}"))

    assert "1 Gebiet liegt in keinem anderen" in page
    assert "1 Gebiet hat keinen Umriss" in page
    assert "Musterstadt Quartier 2" in page
    assert 'class="tt-map"' in page


def test_a_scheme_with_levels_and_areas_is_made_by_hand(app, town, statistics):
    made = statistics.submit("/gebiete/neu", {"name": "Kreis 2027", "valid_from": "2027-01-01", "note": "neu"})
    for name in ("Kreis", "Gemeinde", "Wohnplatz"):
        assert statistics.submit(f"{made.location}/ebenen", {"name": name}).location == made.location
    with app.app_context():
        levels = queries.list_levels(schemes(town)["Kreis 2027"])
        ids = [level.id for level in levels]
    statistics.submit(f"{made.location}/gebiete/neu", {"code": "05", "name": "Kreis", "level": ids[0]})
    with app.app_context():
        (top,) = queries.list_areas_of_scheme(schemes(town)["Kreis 2027"])
        top_id = top.id

    statistics.submit(
        f"{made.location}/gebiete/neu", {"code": "051", "name": "Burscheid", "level": ids[1], "parent": top_id}
    )

    with app.app_context():
        scheme = schemes(town)["Kreis 2027"]
        assert [level.name for level in queries.list_levels(scheme)] == ["Kreis", "Gemeinde", "Wohnplatz"]
        assert [(a.code, a.parent and a.parent.code) for a in queries.list_areas_of_scheme(scheme)] == [
            ("05", None),
            ("051", "05"),
        ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"name": ""}, "Geben Sie den Namen ein."),
        ({"name": "Sozialräume"}, "gibt es schon"),
        ({"name": "Neu", "valid_from": "2027-01-01", "valid_to": "2026-01-01"}, "kann nicht enden"),
        ({"name": "Neu", "valid_from": "gestern"}, "zum Beispiel 31.12.2026"),
    ],
)
def test_a_scheme_is_refused_beside_the_field(town, statistics, data, says):
    answer = statistics.submit("/gebiete/neu", data)

    assert answer.status_code == 422
    assert says in text(answer)


def test_validity_is_changed_and_the_older_scheme_is_no_longer_current(app, town, statistics):
    with app.app_context():
        services.create_scheme(municipality=home(town), name="Neu", valid_from=date(2020, 1, 1))
        db.session.commit()

    statistics.submit(f"/gebiete/{town.scheme}/bearbeiten", {"name": "Alt", "valid_to": "2019-12-31", "note": "vorbei"})

    with app.app_context():
        old = schemes(town)["Alt"]
        assert (old.valid_to, old.note) == (date(2019, 12, 31), "vorbei")
        assert queries.find_current_scheme(home(town)).name == "Neu"
        assert queries.find_current_scheme(home(town), date(2019, 5, 1)).name == "Alt"


def test_an_area_is_renamed_and_moved(app, town, statistics):
    with app.app_context():
        upper = queries.list_levels(schemes(town)["Sozialräume"])[0]
        other = services.create_area(level=upper, code="02", name="Nord").id
        db.session.commit()

    statistics.submit(f"/gebiete/gebiet/{town.quarters[0]}", {"name": "Hafen", "parent": other})
    refused = statistics.submit(f"/gebiete/gebiet/{town.quarters[1]}", {"name": "X", "parent": town.quarters[0]})

    assert refused.status_code == 422
    with app.app_context():
        area = queries.get_area(home(town), town.quarters[0])
        assert (area.name, area.parent.code, area.code) == ("Hafen", "02", "0101")
        assert queries.get_area(home(town), town.quarters[1]).name == "Musterstadt Quartier 2"


def test_an_action_area_is_made_changed_deleted_and_brought_back(app, town, statistics):
    new = f"/gebiete/{town.scheme}/gruppen/neu"
    first, second, third = town.quarters
    data = {"name": "Zentrum", "areas": [first, second], "reason": "Armut", "confirmed_on": "2026-03-01"}
    assert statistics.submit(f"{new}?art=action_area", data).location == "/gebiete/"
    with app.app_context():
        (group,) = queries.list_groups(schemes(town)["Sozialräume"])
        group_id = group.id

    statistics.submit(f"/gebiete/gruppen/{group_id}", data | {"areas": [second, third]})
    page = text(statistics.submit(f"/gebiete/gruppen/{group_id}/loeschen", follow_redirects=True))
    with app.app_context():
        assert queries.list_groups(schemes(town)["Sozialräume"]) == []
    back = f"/gebiete/{town.scheme}/gruppen/zurueckholen"
    assert back in page
    statistics.submit(back)

    with app.app_context():
        (group,) = queries.list_groups(schemes(town)["Sozialräume"])
        assert (group.name, group.reason, group.confirmed_on) == ("Zentrum", "Armut", date(2026, 3, 1))
        assert [area.id for area in group.areas] == [second, third]
    assert statistics.submit(back).status_code == 409


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("action_area", {"name": "X"}, "Wählen Sie mindestens ein Gebiet."),
        ("action_area", {"name": "X", "areas": ["999999"]}, "areas"),
        ("action_area", {"name": "X", "areas": ["abc"]}, "areas"),
        ("grouping", {"name": "X", "areas": "first"}, "Stadtbezirke"),
    ],
)
def test_a_group_is_refused_beside_the_field(town, statistics, kind, data, says):
    if data.get("areas") == "first":
        data = data | {"areas": [town.quarters[0]]}

    answer = statistics.submit(f"/gebiete/{town.scheme}/gruppen/neu?art={kind}", data)

    assert answer.status_code == 422
    assert says in text(answer)


def test_an_unknown_kind_of_group_is_no_page(town, statistics):
    assert statistics.get(f"/gebiete/{town.scheme}/gruppen/neu?art=quatsch").status_code == 404


@pytest.fixture
def older(app, town) -> int:
    """An older scheme with one level of two areas, one coded as today's."""
    with app.app_context():
        scheme = services.create_scheme(municipality=home(town), name="Gliederung 2017")
        level = services.create_level(scheme=scheme, name="Wohnplatz")
        factories.area(level, "0101", "Altstadt", west=7.01)
        factories.area(level, "A2", "Vorstadt", west=7.02)
        db.session.commit()
        return scheme.id


def test_a_proposal_is_shown_confirmed_and_judged(app, town, statistics, older):
    path = f"/gebiete/{town.scheme}/uebergang"
    proposed = text(statistics.get(path, query_string={"aelter": older}))
    with app.app_context():
        links = queries.links_between(older, town.scheme)
        old_ids = [area.id for area in queries.list_areas_of_scheme(queries.get_scheme(home(town), older))]

    values = [f"{old_ids[0]}:{town.quarters[0]}:1", f"{old_ids[1]}:{town.quarters[1]}:0.4"]
    answer = statistics.submit(path, {"aelter": older, "links": values})
    page = text(statistics.get(answer.location))

    assert links == {}
    assert "Ein Vorschlag, noch nicht gespeichert" in proposed
    assert proposed.count('name="links"') == 2
    assert "Ein Vorschlag" not in page
    assert "1 von 3 Gebieten der Ebene Sozialquartier" in page
    assert "40,0 %" in page
    with app.app_context():
        assert list(queries.links_between(older, town.scheme).values()) == [1.0, 0.4]


@pytest.mark.parametrize("values", [["1:2"], ["a:b:c"], ["1:2:nan"], ["99999999999999999999:1:1"], [":::"]])
def test_unreadable_links_change_nothing(app, town, statistics, older, values):
    answer = statistics.submit(f"/gebiete/{town.scheme}/uebergang", {"aelter": older, "links": values})

    assert answer.status_code == 409
    with app.app_context():
        assert queries.links_between(older, town.scheme) == {}


def send(browser, town, older, content: bytes):
    return browser.submit(
        f"/gebiete/{town.scheme}/uebergang/datei",
        {"aelter": older, "file": (io.BytesIO(content), "uebergang.csv")},
        content_type="multipart/form-data",
    )


def test_a_table_is_taken_over(app, town, statistics, older):
    answer = send(statistics, town, older, b"alt;neu;anteil\n0101;0101;\nA2;0102;60 %\nA2;0103;0,4\nZZ;0101;1\n")

    page = text(statistics.get(answer.location))
    assert "3 Zeilen übernommen." in page
    assert "Zeile 5 nicht übernommen" in page
    with app.app_context():
        assert sorted(queries.links_between(older, town.scheme).values()) == [0.4, 0.6, 1.0]


@pytest.mark.parametrize("content", [b"", b"alt;neu\nZZ;ZZ\n", b"\x89PNG\r\n", b"alt;neu\n0101;0101\n0101;0102\n"])
def test_a_table_nobody_can_use_is_refused_beside_the_field(app, town, statistics, older, content):
    answer = send(statistics, town, older, content)

    assert answer.status_code == 422
    assert 'id="file-error"' in text(answer)
    with app.app_context():
        assert queries.links_between(older, town.scheme) == {}


@pytest.mark.parametrize("query", [{"aelter": "999"}, {"aelter": "x"}, {"von": "999"}, {"nach": "x"}])
def test_an_unknown_choice_is_no_page(town, statistics, older, query):
    assert statistics.get(f"/gebiete/{town.scheme}/uebergang", query_string=query).status_code == 404


def test_a_scheme_of_another_municipality_is_no_older_one(app, town, statistics):
    with app.app_context():
        stranger = factories.scheme(factories.municipality(name="Fremdstadt"), "Bezirk")[0].scheme_id
        db.session.commit()

    path = f"/gebiete/{town.scheme}/uebergang"
    assert statistics.get(path, query_string={"aelter": stranger}).status_code == 404
    assert statistics.submit(path, {"aelter": stranger, "links": []}).status_code == 404


@pytest.mark.parametrize("role", ["host", "department"])
def test_others_do_not_arrange_areas(app, town, role):
    person = app.test_client().sign_in(getattr(town, role))

    assert person.get("/gebiete/").status_code == 403
    assert person.submit("/gebiete/neu", {"name": "X"}).status_code == 403


def test_another_municipality_finds_none_of_these_pages(app, town):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt", "nachbar")
        db.session.commit()
    neighbour = app.test_client().sign_in(town.statistics)

    for path in (
        f"/gebiete/{other.scheme}",
        f"/gebiete/{other.scheme}/bearbeiten",
        f"/gebiete/{other.scheme}/uebergang",
        f"/gebiete/{other.scheme}/gruppen/neu",
        f"/gebiete/gruppen/{other.group}",
        f"/gebiete/gebiet/{other.social_area}",
    ):
        assert neighbour.get(path).status_code == 404, path
    assert "Nachbarstadt" not in text(neighbour.get("/gebiete/"))


def test_values_of_an_older_scheme_stay_readable(app, town, statistics, older):
    with app.app_context():
        (first, _second) = queries.list_areas_of_scheme(queries.get_scheme(home(town), older))
        old_rate = factories.indicator(home(town), "old", "Frühere Quote")
        factories.value(old_rate, first, 25, 100, date(2017, 12, 31))
        queries.get_scheme(home(town), older).valid_to = date(2018, 12, 31)
        db.session.commit()
        area_id = first.id

    today = text(statistics.get("/daten/"))
    then = text(statistics.get("/daten/", query_string={"gliederung": older}))
    focus = statistics.get("/daten/", query_string={"gliederung": older, "gebiet": area_id})

    assert f'<option value="{older}">Gliederung 2017</option>' in today
    assert "Frühere Quote" not in today
    assert "25,0" in then
    assert "Eine andere als die aktuelle Gliederung" in then
    assert "/raeume/0101" not in then
    assert focus.status_code == 200
    assert statistics.get("/daten/", query_string={"gebiet": area_id}).status_code == 404
    assert statistics.get("/daten/?gliederung=999999").status_code == 404


def test_one_scheme_alone_offers_no_choice(town, statistics):
    assert 'name="gliederung"' not in text(statistics.get("/daten/"))


def test_values_stay_readable_while_a_new_scheme_is_still_empty(app, town, statistics):
    with app.app_context():
        services.create_scheme(municipality=home(town), name="Neu", valid_from=date(2026, 1, 1))
        db.session.commit()

    assert "Musterstadt Quartier 1" in text(statistics.get("/daten/"))
