"""The pages of mailings: write, look, plan, change, stop."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.conferences.models import Conference
from app.core import clock
from app.core.mail import MailMessage
from app.extensions import db
from app.invitations.enums import MailKind
from app.invitations.letter_texts import GROUP_KINDS, REPLIES
from app.invitations.models import ConferenceMail, Mailing
from app.mailings.audience import audience_for
from tests import factories
from tests.mailings import scenes as guests


@pytest.fixture
def base(app, town) -> str:
    """The conference with all its guests; the address of its mailings."""
    with app.app_context():
        guests.fill(town)
        db.session.commit()
    return f"/konferenzen/{town.conference}/mailings"


def keys(app, town, kind: MailKind) -> list[str]:
    with app.app_context():
        return audience_for(kind, db.session.get(Conference, town.conference)).keys


def tomorrow() -> dict[str, str]:
    return {"day": (clock.local_date(clock.now()) + timedelta(days=1)).isoformat(), "time": "08:00"}


def given(app, town, kind: MailKind = MailKind.REMINDER, **changes) -> dict:
    data = {"subject": "Bitte antworten", "body": "{anrede}\n{link}", "only": keys(app, town, kind)}
    return {**data, **changes}


def mailings(app) -> list[Mailing]:
    with app.app_context():
        return list(db.session.scalars(select(Mailing).order_by(Mailing.id)))


def test_an_empty_page_offers_every_kind(organiser, base):
    page = organiser.get(f"{base}/").get_data(as_text=True)

    assert "Noch ist keine Mail geschrieben" in page
    assert [kind for kind in GROUP_KINDS if f"art={kind.value}" not in page] == []


@pytest.mark.parametrize("kind", GROUP_KINDS)
def test_every_kind_shows_its_words_and_its_group(organiser, base, kind):
    page = organiser.get(f"{base}/neu?art={kind.value}").get_data(as_text=True)

    assert str(kind.label) in page
    assert "{konferenz}" in page


def test_the_form_previews_for_a_real_person_and_names_whom_to_call(organiser, base):
    page = organiser.get(f"{base}/neu?art=before").get_data(as_text=True)

    assert "Guten Tag Robin Zusage," in page
    assert "Tisch 7: Familie im Stadtteil" in page
    assert "/p/persönlicher-link" in page
    assert "ohne E-Mail: bitte anrufen" in page


def test_previews_write_nothing(app, organiser, town, base):
    response = organiser.submit(f"{base}/neu?art=reminder", given(app, town, body="Eigenes {link}", preview="1"))

    assert response.status_code == 200
    assert "Eigenes http://localhost/e/" in response.get_data(as_text=True)
    assert mailings(app) == []


def test_drafts_go_to_the_outbox(app, organiser, town, base):
    response = organiser.submit(f"{base}/neu?art=reminder", given(app, town))

    assert response.location == f"/konferenzen/{town.conference}/einladungen/postausgang?art=reminder"
    assert "Zu prüfen (1)" in organiser.get(response.location).get_data(as_text=True)
    index = organiser.get(f"{base}/").get_data(as_text=True)
    assert "1 zu prüfen" in index


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": ""}, "Geben Sie einen Betreff ein."),
        ({"body": "{fremd} {link}"}, "Unbekannter Platzhalter: {fremd}."),
        ({"body": "ohne"}, "Im Text fehlt {link}."),
        ({"only": []}, "Diese Mail bekäme niemand."),
        ({"only": ["r999999"]}, "not valid"),
        ({"ask": "1"}, "Wählen Sie einen Tag."),
        ({"ask": "1", "day": "2020-01-01", "time": "08:00"}, "Dieser Zeitpunkt ist vorbei."),
        ({"plan": "1", "day": "2020-01-01", "time": "08:00"}, "Dieser Zeitpunkt ist vorbei."),
        ({"ask": "1", "day": "gestern", "time": "25:99"}, ""),
        ({"plan": "1", "day": "9999-12-31", "time": "23:59"}, "höchstens zwei Jahre"),
    ],
)
def test_what_cannot_be_sent_is_shown_again_with_the_reason(app, organiser, town, base, changes, words):
    response = organiser.submit(f"{base}/neu?art=reminder", given(app, town, **changes))

    assert response.status_code == 422
    assert words == "not valid" or words in response.get_data(as_text=True)
    assert mailings(app) == []


@pytest.mark.parametrize("kind", ["", "quatsch", "registered", "substitute"])
def test_kinds_that_are_no_mailings_are_not_there(organiser, base, kind):
    assert organiser.get(f"{base}/neu?art={kind}").status_code == 404
    assert organiser.submit(f"{base}/neu?art={kind}").status_code == 404


def test_planning_asks_once_more_and_says_how_many_and_whom(app, organiser, town, base):
    data = given(app, town, **tomorrow())

    question = organiser.submit(f"{base}/neu?art=reminder", {**data, "ask": "1"})
    before = mailings(app)
    response = organiser.submit(f"{base}/neu?art=reminder", {**data, "plan": "1"})

    page = question.get_data(as_text=True)
    assert question.status_code == 200
    assert "an eine Adresse" in page
    assert "@verband.example" in page
    assert before == []
    assert response.location == f"{base}/"
    (row,) = mailings(app)
    assert (row.only, row.written_at) == (None, None)
    assert row.send_at.astimezone(clock.BERLIN).strftime("%H:%M") == "08:00"
    assert "Geplant (1)" in organiser.get(f"{base}/").get_data(as_text=True)


def test_a_planned_mailing_is_looked_at_changed_and_stopped(app, organiser, town, base):
    data = given(app, town, **tomorrow())
    organiser.submit(f"{base}/neu?art=reminder", {**data, "plan": "1"})
    path = f"{base}/{mailings(app)[0].id}"

    shown = organiser.get(path).get_data(as_text=True)
    form = organiser.get(f"{path}/aendern").get_data(as_text=True)
    organiser.submit(f"{path}/aendern", {**data, "subject": "Anders", "time": "09:30", "plan": "1"})
    changed = mailings(app)[0]
    organiser.submit(f"{path}/stoppen")

    assert "Nach heutigem Stand an (1)" in shown
    assert 'value="08:00"' in form
    assert (changed.subject, changed.send_at.astimezone(clock.BERLIN).strftime("%H:%M")) == ("Anders", "09:30")
    assert mailings(app)[0].stopped_at is not None
    assert "Gestoppt (1)" in organiser.get(f"{base}/").get_data(as_text=True)
    assert organiser.get(f"{path}/aendern").location == path
    assert organiser.submit(f"{path}/stoppen").status_code == 409


def test_the_words_of_automatic_replies_can_be_read_beforehand(organiser, base):
    page = organiser.get(f"{base}/antworten").get_data(as_text=True)

    assert [kind for kind in REPLIES if str(kind.label) not in page] == []
    assert "Guten Tag Kim Muster," in page


def test_departments_read_but_see_no_addresses(app, town, base):
    department = app.test_client().sign_in(town.department)

    page = department.get(f"{base}/")

    assert page.status_code == 200
    assert "@" not in page.get_data(as_text=True).split("<main")[1].split("</main>")[0]
    assert department.get(f"{base}/neu").status_code == 403


def test_another_municipality_finds_and_changes_nothing(app, organiser, town, base):
    organiser.submit(f"{base}/neu?art=reminder", {**given(app, town, **tomorrow()), "plan": "1"})
    mailing = mailings(app)[0].id
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    stranger = app.test_client().sign_in(other.organiser)

    answers = {
        stranger.open(path, method=method, data={"csrf_token": stranger.csrf_token()}).status_code
        for conference in (town.conference, other.conference)
        for path, method in (
            (f"/konferenzen/{conference}/mailings/{mailing}", "GET"),
            (f"/konferenzen/{conference}/mailings/{mailing}/aendern", "GET"),
            (f"/konferenzen/{conference}/mailings/{mailing}/aendern", "POST"),
            (f"/konferenzen/{conference}/mailings/{mailing}/stoppen", "POST"),
        )
    }

    assert answers == {404}
    assert mailings(app)[0].stopped_at is None


@pytest.mark.parametrize("path", ["/", "/neu?art=change", "/neu?art=before"])
def test_pages_ask_the_database_equally_often_for_few_and_for_many(app, organiser, town, base, statements, path):
    def count() -> int:
        statements.clear()
        assert organiser.get(base + path).status_code == 200
        return len(statements)

    few = count()
    with app.app_context():
        conference = db.session.get(Conference, town.conference)
        for number in range(5):
            factories.registration(conference, email=f"p{number}@verein.example")
            message = factories.add(MailMessage(recipient="a@b.example", subject="S", body="B", created_at=clock.now()))
            mailing = factories.add(
                Mailing(
                    conference_id=conference.id, kind=MailKind.CHANGE, subject="S", body="B", created_at=clock.now()
                )
            )
            factories.add(
                ConferenceMail(
                    conference_id=conference.id,
                    mailing_id=mailing.id,
                    kind=MailKind.CHANGE,
                    mail_id=message.id,
                    addressee="r1",
                )
            )
        db.session.commit()
    many = count()

    assert few == many
    assert many <= 15
