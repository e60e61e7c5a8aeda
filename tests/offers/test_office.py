"""The Sozialatlas in the office: who may do what, forms, ending, categories."""

from datetime import date, timedelta

import pytest

from app.areas.models import AreaLevel, AreaScheme
from app.core import clock
from app.extensions import db
from app.offers.announcements import category_renamed
from app.offers.enums import Entrance
from tests import factories
from tests.offers import scenes

TODAY = clock.local_date(clock.now())


def form(town, **fields):
    """A whole form of an offer, as a browser sends it."""
    return {
        "name": "Offener Treff",
        "institution": str(town.institution),
        "category": "Treffpunkt",
        "entrance": "unknown",
        **fields,
    }


def test_an_offer_is_entered_with_everything(app, town, organiser):
    sent = form(
        town,
        category="treffpunkt",
        place=str(town.quarters[0]),
        areas=[str(town.quarters[0]), str(town.quarters[1])],
        target_groups=["youth", "families"],
        schedule="Mo 9–12",
        capacity="20",
        utilisation="85",
        languages="Deutsch, Türkisch",
        entrance="step_free",
        funding="Land",
        funding_until="31.12.2027",
        email="post@verband.example",
        website="www.verband.example",
    )

    answer = organiser.submit("/angebote/neu", sent)

    page = organiser.get(answer.location).text
    with app.app_context():
        made = scenes.read(int(answer.location.rsplit("/", 1)[1]))
        assert (made.category, made.capacity, made.utilisation) == ("Treffpunkt", 20, 85)
        assert (made.languages, made.entrance) == (["Deutsch", "Türkisch"], Entrance.STEP_FREE)
        assert (made.funding_until, made.website) == (date(2027, 12, 31), "https://www.verband.example")
        assert made.confirmed_on is None
    assert "steht jetzt im Sozialatlas" in page
    assert "Musterstadt Quartier 1, Musterstadt Quartier 2" in page
    assert "31.12.2027" in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Geben Sie den Namen des Angebots ein."),
        ("category", "", "Wählen Sie eine Kategorie"),
        ("capacity", "zwölf", "Geben Sie eine ganze Zahl ein"),
        ("capacity", "9" * 5000, "Geben Sie eine ganze Zahl ein"),
        ("capacity", "-1", "Geben Sie eine ganze Zahl ein"),
        ("utilisation", "301", "Geben Sie eine Zahl von 0 bis 300 ein."),
        ("funding_until", "morgen", "Geben Sie einen Tag so ein"),
        ("funding_until", "0001-01-01", "Prüfen Sie das Jahr."),
        ("email", "keine", "Das ist keine E-Mail-Adresse"),
        ("website", "javascript:alert(1)", "Das ist keine Webadresse"),
        ("languages", ",".join(f"Sprache {n}" for n in range(21)), "Nennen Sie höchstens 20 Sprachen."),
        ("schedule", "x" * 161, "Bitte kürzen Sie auf höchstens 160 Zeichen."),
    ],
)
def test_errors_stand_beside_their_field(app, town, organiser, field, value, message):
    answer = organiser.submit("/angebote/neu", form(town, **{field: value}))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert message in answer.text
    with app.app_context():
        assert scenes.rows()["offer"] == []


@pytest.mark.parametrize("field", ["institution", "place", "areas", "target_groups", "entrance"])
def test_choices_nobody_offered_are_refused(app, town, organiser, field):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt")
        db.session.commit()
    foreign = {"institution": other.institution, "place": other.social_area, "areas": other.quarters[0]}

    for value in (str(foreign.get(field, "nix")), "x", "9" * 30, "-1"):
        answer = organiser.submit("/angebote/neu", form(town, **{field: value}))

        assert answer.status_code == 422, value
        assert "Nachbarstadt" not in answer.text


def test_the_same_offer_is_not_entered_twice(app, town, organiser):
    scenes.offer(app, town, "Offener Treff")

    answer = organiser.submit("/angebote/neu", form(town, name="offener  TREFF"))

    assert answer.status_code == 422
    assert "steht schon im Sozialatlas" in answer.text


def test_an_offer_is_changed_and_keeps_its_areas_of_an_older_scheme(app, town, organiser):
    made = scenes.offer(app, town, "Treff")
    with app.app_context():
        scheme = factories.add(AreaScheme(municipality_id=town.municipality, name="Alt", valid_to=date(2019, 12, 31)))
        old = factories.add(AreaLevel(scheme_id=scheme.id, name="Stadtteil", rank=0))
        former = factories.area(old, "99", "Altstadt")
        offer = scenes.queries.get_offer(scenes.home_of(town), made)
        offer.areas = [former]
        former_id = former.id
        db.session.commit()

    assert "Altstadt" in organiser.get(f"/angebote/{made}/bearbeiten").text
    answer = organiser.submit(f"/angebote/{made}/bearbeiten", form(town, name="Treff Neu", areas=[str(former_id)]))

    page = organiser.get(answer.location).text
    assert "Treff Neu" in page
    assert "Altstadt" in page


def test_an_end_is_noted_hides_the_offer_and_can_be_taken_back(app, town, organiser, client):
    made = scenes.offer(app, town, "Treff am Ende")

    organiser.submit(f"/angebote/{made}/beenden", {"ended_on": TODAY.isoformat()})

    public = f"/k/{town.slug}/angebote/"
    assert "Treff am Ende" not in client.get(public).text
    assert "Treff am Ende" not in organiser.get("/angebote/").text.split("tt-messages")[-1].split("atlas-list")[-1]
    assert "Treff am Ende" in organiser.get("/angebote/?stand=ended").text
    assert "Doch weiterführen" in organiser.get(f"/angebote/{made}").text
    organiser.submit(f"/angebote/{made}/weiterfuehren")
    assert "Treff am Ende" in client.get(public).text


@pytest.mark.parametrize("day", ["", "x", (TODAY + timedelta(days=1)).isoformat(), "0001-01-01"])
def test_an_offer_cannot_end_on_a_day_nobody_can_mean(app, town, organiser, day):
    made = scenes.offer(app, town)

    answer = organiser.submit(f"/angebote/{made}/beenden", {"ended_on": day})

    assert answer.status_code == 422
    with app.app_context():
        assert scenes.read(made).ended_on is None


def test_the_list_tells_what_needs_a_look(app, town, organiser):
    scenes.offer(app, town, "Frisch", confirmed_on=TODAY)
    scenes.offer(app, town, "Alt", confirmed_on=TODAY - timedelta(days=366))
    scenes.offer(app, town, "Läuft aus", confirmed_on=TODAY, funding_until=TODAY + timedelta(days=30))
    scenes.offer(app, town, "Vorbei", ended_on=TODAY)

    def names(query):
        page = organiser.get(f"/angebote/{query}").text.split('id="atlas-list"')[1]
        return {name for name in ("Frisch", "Alt", "Läuft aus", "Vorbei") if f">{name}</a>" in page}

    assert names("") == {"Frisch", "Alt", "Läuft aus"}
    assert names("?stand=unconfirmed") == {"Alt"}
    assert names("?stand=running_out") == {"Läuft aus"}
    assert names("?stand=ended") == {"Vorbei"}
    assert names(f"?traeger={town.institution}&suche=lauft") == {"Läuft aus"}
    for query in ("?stand=x", "?traeger=9999999999999", "?gebiet=-1", "?seite=-3", "?suche=" + "ä" * 101):
        assert organiser.get(f"/angebote/{query}").status_code == 422


def test_the_directory_leads_to_the_offers_of_an_institution_even_if_there_are_none(app, town, organiser):
    scenes.offer(app, town, "Treff")
    with app.app_context():
        silent = factories.institution(scenes.home_of(town), "Verein ohne Angebot").id
        db.session.commit()

    page = organiser.get(f"/institutionen/{silent}").text

    assert f'href="/angebote/?traeger={silent}"' in page
    assert "0 Angebote" in organiser.get(f"/angebote/?traeger={silent}").text
    assert f'selected value="{silent}"' in organiser.get(f"/angebote/neu?traeger={silent}").text
    assert organiser.get("/angebote/neu?traeger=x").status_code == 200


def test_departments_read_and_change_nothing(app, town):
    made = scenes.offer(app, town, "Treff")
    department = app.test_client().sign_in(town.department)

    assert "Treff" in department.get("/angebote/").text
    assert "Bearbeiten" not in department.get(f"/angebote/{made}").text
    assert department.get("/angebote/neu").status_code == 403
    assert department.get("/angebote/kategorien").status_code == 403
    assert department.get("/angebote/traeger").status_code == 403
    for act in ("bearbeiten", "beenden", "bestaetigen", "weiterfuehren"):
        assert department.submit(f"/angebote/{made}/{act}", form(town)).status_code == 403
    for member in (town.host, town.statistics):
        assert app.test_client().sign_in(member).get("/angebote/").status_code == 403


def test_another_municipality_finds_nothing(app, town, organiser):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt")
        db.session.commit()

    for act in ("", "/bearbeiten"):
        assert organiser.get(f"/angebote/{other.offer}{act}").status_code == 404
    for act in ("bearbeiten", "beenden", "bestaetigen", "weiterfuehren"):
        assert organiser.submit(f"/angebote/{other.offer}/{act}", form(town)).status_code == 404


def test_categories_are_shown_before_they_are_merged(app, town, organiser):
    first = scenes.offer(app, town, "Eins", category="Treff")
    second = scenes.offer(app, town, "Zwei", category="Treffen", ended_on=TODAY)
    scenes.offer(app, town, "Drei", category="Beratung")
    heard = []

    def hear(municipality, before, after):
        heard.append((municipality.slug, before, after))

    category_renamed.connect(hear)
    sent = {"names": ["Treff", "Treffen"], "new_name": "Treffpunkt"}

    preview = organiser.submit("/angebote/kategorien", sent)

    assert "2 Angebote bekommen diese Kategorie" in preview.text
    assert "Drei" not in preview.text
    with app.app_context():
        assert scenes.read(first).category == "Treff"
    organiser.submit("/angebote/kategorien/umbenennen", sent)
    with app.app_context():
        assert (scenes.read(first).category, scenes.read(second).category) == ("Treffpunkt", "Treffpunkt")
    assert heard == [(town.slug, ["Treff", "Treffen"], "Treffpunkt")]


@pytest.mark.parametrize(
    "sent",
    [{}, {"names": ["nix"], "new_name": "X"}, {"names": ["Treff"]}, {"names": ["Treff"], "new_name": "x" * 81}],
)
def test_categories_that_are_not_there_are_refused(app, town, organiser, sent):
    scenes.offer(app, town, "Eins", category="Treff")

    for address in ("/angebote/kategorien", "/angebote/kategorien/umbenennen"):
        assert organiser.submit(address, sent).status_code == 422


def test_pages_keep_within_few_statements(app, town, organiser, statements):
    made = [scenes.offer(app, town, f"Treff {number}") for number in range(3)]

    counts = {}
    for path in (
        "/angebote/",
        "/angebote/neu",
        f"/angebote/{made[0]}",
        "/angebote/kategorien",
        "/angebote/traeger/auswahl",
    ):
        statements.clear()
        assert organiser.get(path).status_code == 200
        counts[path] = len(statements)

    assert max(counts.values()) <= 8, counts
