"""The provider's page behind a link: looking changes nothing, answers count at once, others stay out of reach."""

from datetime import timedelta

import pytest

from app.accounts.models import AuditEntry
from app.core import clock, tokens
from app.core.retention import run_retention
from app.extensions import db
from app.institutions.models import Institution
from app.offers.models import Offer, ProviderLink
from tests import factories
from tests.offers import scenes

TODAY = clock.local_date(clock.now())


@pytest.fixture
def cafe(app, town):
    """An offer nobody confirmed yet."""
    return scenes.offer(app, town, "Elterncafé", capacity=12, utilisation=90, funding="Land", email="alt@haus.example")


@pytest.fixture
def token(app, town, cafe):
    """The secret of the provider's link."""
    return scenes.asked(app, town)


def test_the_page_shows_all_offers_and_keeps_out_of_caches(app, client, town, token):
    scenes.offer(app, town, "Krabbelgruppe")

    answer = scenes.look(client, token)

    assert answer.status_code == 200
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Alle 2 stimmen so" in answer.text
    assert "90 %" in answer.text
    assert "<script" not in answer.text
    assert "Abmelden" not in answer.text


def test_looking_three_times_changes_no_row(app, client, town, token, cafe):
    with app.app_context():
        before = scenes.rows()

    client.get(f"/a/{token}")
    for path in ("/a/", f"/a/angebote/{cafe}", "/a/neu") * 3:
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    for path in ("/a/stimmt", f"/a/angebote/{cafe}/beenden"):
        assert client.get(path).status_code in {404, 405}  # „stimmt“ could be a secret

    with app.app_context():
        assert scenes.rows() == before


def test_nothing_changes_without_the_forms_token(app, client, town, token, cafe):
    with app.app_context():
        before = scenes.rows()

    for path in ("stimmt", "neu", *(f"angebote/{cafe}{act}" for act in ("", "/stimmt", "/beenden", "/weiterfuehren"))):
        assert client.post(f"/a/{path}").status_code == 400

    with app.app_context():
        assert scenes.rows() == before


def test_the_secret_leaves_the_address(client, town, token):
    answer = client.get(f"/a/{token}")

    assert (answer.status_code, answer.location) == (303, "/a/")
    assert token not in client.get("/a/").text


def test_nothing_is_kept_under_the_link_of_another_tab(app, client, town, token, cafe):
    with app.app_context():
        other = factories.institution(scenes.home_of(town), "Anderer Träger").id
        db.session.commit()
    scenes.offer(app, town, "Treff", institution_id=other)
    scenes.look(client, scenes.asked(app, town, institution_id=other))

    answer = client.submit("/a/stimmt", {"link": tokens.digest(token)[:16]})

    assert answer.status_code == 409
    assert "nicht gespeichert" in answer.text
    with app.app_context():
        assert [row.confirmed_on for row in db.session.scalars(db.select(Offer))] == [None, None]


def test_one_click_confirms_everything_that_goes_on(app, client, town, token, cafe):
    gone = scenes.offer(app, town, "Vorbei", ended_on=TODAY - timedelta(days=3))

    answer = scenes.send(client, token, "/stimmt")

    assert answer.location == "/a/"
    assert "Danke! Ein Angebot ist bestätigt." in client.get("/a/").text
    with app.app_context():
        assert (scenes.read(cafe).confirmed_on, scenes.read(gone).confirmed_on) == (TODAY, None)
        assert scenes.links()[0].answered_at is not None


def test_a_correction_counts_at_once_and_leaves_no_personal_data_in_the_trail(app, client, town, token, cafe):
    sent = {
        "entrance": "step_free",
        "capacity": "20",
        "schedule": "Mo 9–12",
        "email": "neu@haus.example",
        "phone": "0171 99",
    }

    scenes.send(client, token, f"/angebote/{cafe}", sent)

    with app.app_context():
        offer = scenes.read(cafe)
        assert (offer.capacity, offer.schedule, offer.email) == (20, "Mo 9–12", "neu@haus.example")
        assert (offer.utilisation, offer.confirmed_on, offer.funding) == (None, TODAY, "Land")
        trail = " ".join(db.session.scalars(db.select(AuditEntry.sentence)))
        assert "Plätze" in trail
        assert "haus.example" not in trail
        assert "0171" not in trail
        assert token not in trail


@pytest.mark.parametrize(
    ("field", "value"),
    [("website", "javascript:x"), ("email", "x"), ("capacity", "viele"), ("entrance", "x"), ("funding_until", "bald")],
)
def test_wrong_corrections_change_nothing(app, client, town, token, cafe, field, value):
    with app.app_context():
        before = scenes.rows()

    answer = scenes.send(client, token, f"/angebote/{cafe}", {"entrance": "unknown", field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with app.app_context():
        assert scenes.rows() == before


def test_name_provider_and_confirmation_are_not_the_providers_to_change(app, client, town, token, cafe):
    scenes.send(
        client,
        token,
        f"/angebote/{cafe}",
        {
            "entrance": "unknown",
            "name": "Neu",
            "category": "X",
            "funding": "Y",
            "institution": "1",
            "ended_on": "2026-01-01",
        },
    )

    with app.app_context():
        offer = scenes.read(cafe)
        assert (offer.name, offer.funding, offer.ended_on) == ("Elterncafé", "Land", None)
        assert offer.category == "Familienbildung und Familienzentren"


def test_what_is_no_longer_there_can_come_back(app, client, town, token, cafe):
    scenes.send(client, token, f"/angebote/{cafe}/beenden")

    assert "Gibt es doch noch" in scenes.look(client, token).text
    with app.app_context():
        assert scenes.read(cafe).ended_on == TODAY
    assert scenes.send(client, token, f"/angebote/{cafe}", {"entrance": "unknown"}).status_code == 409
    scenes.send(client, token, f"/angebote/{cafe}/weiterfuehren")
    with app.app_context():
        assert scenes.read(cafe).ended_on is None


def test_a_missing_offer_is_added_for_this_provider_only(app, client, town, token):
    sent = {
        "name": "Krabbelgruppe",
        "category": "familienbildung",
        "entrance": "unknown",
        "areas": [str(town.quarters[0])],
    }

    scenes.send(client, token, "/neu", sent)
    again = scenes.send(client, token, "/neu", sent)

    assert again.status_code == 422
    assert "steht schon im Sozialatlas" in again.text
    with app.app_context():
        made = db.session.scalar(db.select(Offer).where(Offer.name == "Krabbelgruppe"))
        assert (made.institution_id, made.category, made.confirmed_on) == (town.institution, "Familienbildung", TODAY)


def test_a_link_cannot_fill_the_atlas(app, client, town, token, monkeypatch):
    monkeypatch.setattr("app.offers.link_rules.MOST_OFFERS", 1)

    answer = scenes.send(client, token, "/neu", {"name": "Noch eins", "category": "X", "entrance": "unknown"})

    assert answer.status_code == 422
    assert "nehmen wir nur direkt an" in answer.text


def test_offers_of_others_are_out_of_reach(app, client, town, token):
    with app.app_context():
        stranger = factories.institution(scenes.home_of(town), "Fremder Verein").id
        other = factories.furnished_town("Nachbarstadt")
        db.session.commit()
    foreign = scenes.offer(app, town, "Fremdes", institution_id=stranger)
    with app.app_context():
        before = scenes.rows()

    for offer_id in (foreign, other.offer, 999_999):
        assert scenes.look(client, token, f"/angebote/{offer_id}").status_code == 404
        for act in ("", "/stimmt", "/beenden", "/weiterfuehren"):
            assert scenes.send(client, token, f"/angebote/{offer_id}{act}", {"entrance": "unknown"}).status_code == 404
    assert "Fremdes" not in scenes.look(client, token).text
    client_page = scenes.send(
        client, token, "/neu", {"name": "N", "category": "X", "entrance": "unknown", "areas": [str(other.quarters[0])]}
    )

    assert client_page.status_code == 422
    with app.app_context():
        assert scenes.rows() == before


def kill(link: ProviderLink, how: str) -> None:
    """Make a link useless."""
    if how == "revoked":
        link.revoked_at = clock.now()
    else:
        link.expires_at = clock.now() - timedelta(seconds=1)


@pytest.mark.parametrize("how", ["revoked", "expired", "guessed"])
def test_a_dead_link_opens_a_friendly_page_and_nothing_else(app, client, town, token, cafe, how):
    address = "a" * 32 if how == "guessed" else token
    with app.app_context():
        if how != "guessed":
            kill(scenes.links()[0], how)
        db.session.commit()
        before = scenes.rows()

    answers = [scenes.look(client, address, f"{path}") for path in ("", "/neu", f"/angebote/{cafe}")]
    answers += [scenes.send(client, address, f"{path}") for path in ("/stimmt", "/neu", f"/angebote/{cafe}/beenden")]

    assert {answer.status_code for answer in answers} == {404}
    assert all("Dieser Link gilt nicht mehr" in answer.text for answer in answers)
    assert all("Elterncafé" not in answer.text for answer in answers)
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in answers)
    with app.app_context():
        assert scenes.rows() == before


def test_only_the_hash_of_a_link_is_kept_beside_its_mail(app, town, token):
    with app.app_context():
        tables = {name: found for name, found in scenes.rows().items() if token in str(found)}

    assert set(tables) == {"mail_message"}


def test_links_go_after_a_year_with_their_mails(app, town, token, cafe):
    with app.app_context():
        run_retention(clock.now() + timedelta(days=364))
        assert len(scenes.links()) == 1
        run_retention(clock.now() + timedelta(days=366))
        after = scenes.rows()

    assert (after["provider_link"], after["mail_message"]) == ([], [])
    assert len(after["offer"]) == 1


def test_a_provider_page_keeps_within_few_statements(app, client, town, token, statements):
    statements.clear()
    scenes.look(client, token)
    few = len(statements)
    for number in range(3):
        scenes.offer(app, town, f"Treff {number}")

    statements.clear()
    scenes.look(client, token)

    assert len(statements) == few <= 4


def test_a_name_that_looks_like_html_stays_text(app, client, town):
    with app.app_context():
        db.session.get(Institution, town.institution).name = "<img src=x onerror=y>"
        db.session.commit()
    scenes.offer(app, town, "<b>fett</b>")

    page = scenes.look(client, scenes.asked(app, town)).text

    assert "<img" not in page
    assert "<b>fett" not in page
