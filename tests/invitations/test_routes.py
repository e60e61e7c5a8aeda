"""The office's pages: tray, choosing, letter, outbox, phone."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.delivery import deliver_released
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.invitations import answering, queries
from app.invitations.enums import Answer, Channel
from app.invitations.models import Invitation, InvitationLetter
from app.invitations.rules import Person
from tests import factories
from tests.invitations import scenes


def base(town) -> str:
    return f"/konferenzen/{town.conference}/einladungen"


def invitation_id(app) -> int:
    with app.app_context():
        return scenes.only_invitation().id


def mail_id(app) -> int:
    with app.app_context():
        return db.session.scalars(select(MailMessage.id)).one()


def person_data(town) -> dict:
    names = {"first_name": "Dani", "last_name": "Fach"}
    return {**names, "institution": str(town.institution), "wishes-0": str(town.topic)}


def letter_data(town, app, **changes) -> dict:
    with app.app_context():
        day = clock.local_date(scenes.conference_ahead(town).starts_at)
        db.session.commit()
    data = {"subject": "Einladung", "body": "{anrede} {link}", "sender": "Wir", "reply_by": day.isoformat()}
    return {**data, **changes}


def test_an_empty_tray_offers_the_first_step(organiser, town):
    page = organiser.get(f"{base(town)}/").get_data(as_text=True)

    assert "Noch ist niemand eingeladen" in page
    assert f"{base(town)}/auswahl" in page


def test_inviting_from_the_directory_puts_mails_into_the_outbox(app, organiser, town):
    with app.app_context():
        scenes.conference_ahead(town)
        db.session.commit()

    response = organiser.submit(f"{base(town)}/auswahl", {"institutions": [town.institution]})

    assert response.location == f"{base(town)}/postausgang"
    outbox = organiser.get(response.location).get_data(as_text=True)
    assert "Eine Institution ist eingeladen. Eine Mail liegt zum Prüfen bereit." in outbox
    assert "Guten Tag Robin Beispiel," in outbox
    assert "http://localhost/e/" in outbox
    assert "eingeladen" in organiser.get(f"{base(town)}/auswahl").get_data(as_text=True)


@pytest.mark.parametrize("ids", [[], ["quatsch"], ["999999"], [str(10**30)]])
def test_inviting_nobody_or_nonsense_is_answered_with_a_message(app, organiser, town, ids):
    response = organiser.submit(f"{base(town)}/auswahl", {"institutions": ids})

    assert response.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []


def test_an_institution_of_another_municipality_cannot_be_invited(app, organiser, town):
    with app.app_context():
        foreign = factories.small_town("MARKIERTE-STADT").institution
        db.session.commit()

    response = organiser.submit(f"{base(town)}/auswahl", {"institutions": [foreign]})

    assert response.status_code == 422
    assert "MARKIERTE" not in response.get_data(as_text=True)


def test_institutions_without_address_are_flagged_with_what_to_do(app, organiser, town):
    with app.app_context():
        scenes.institution_without_address(town, "Nachbarschaft")
        db.session.commit()

    page = organiser.get(f"{base(town)}/auswahl").get_data(as_text=True)

    assert page.count("keine E-Mail-Adresse") == 1
    assert "laden Sie telefonisch ein" in page


@pytest.mark.parametrize("query", ["?art=welfare_association", "?art=quatsch", "?gebiet=1", "?gebiet=zzz", "?alle=1"])
def test_the_directory_can_be_filtered(organiser, town, query):
    page = organiser.get(f"{base(town)}/auswahl{query}").get_data(as_text=True)

    assert "Caritasverband Musterstadt" in page


def test_the_letter_is_saved_and_previewed_for_a_real_recipient(app, organiser, town):
    data = letter_data(town, app, body="{anrede} Ein eigener Satz. {link}")

    preview = organiser.submit(f"{base(town)}/brief", {**data, "preview": "1", "recipient": str(town.institution)})

    assert preview.status_code == 200
    assert "Guten Tag Robin Beispiel, Ein eigener Satz." in preview.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(InvitationLetter)).all() == []
    assert organiser.submit(f"{base(town)}/brief", data).location == f"{base(town)}/brief"
    with app.app_context():
        assert db.session.scalars(select(InvitationLetter.body)).one() == "{anrede} Ein eigener Satz. {link}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": "{fremd} {link}"}, "Unbekannter Platzhalter: {fremd}."),
        ({"subject": ""}, "Geben Sie einen Betreff ein."),
        ({"reply_by": "2999-01-01"}, "Der Tag liegt nach der Konferenz."),
        ({"reply_by": "gestern"}, ""),
    ],
)
def test_a_letter_that_cannot_be_used_is_shown_again_with_the_reason(app, organiser, town, changes, message):
    response = organiser.submit(f"{base(town)}/brief", letter_data(town, app, **changes))

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(InvitationLetter)).all() == []


def test_the_confirmation_says_how_many_and_whom_and_delivery_sends_once(app, organiser, town):
    scenes.invited_with_link(app, town)

    confirmation = organiser.get(f"{base(town)}/postausgang/freigabe").get_data(as_text=True)
    response = organiser.submit(f"{base(town)}/postausgang/freigabe", {"mails": [mail_id(app)]})
    with app.app_context():
        counts = [deliver_released(), deliver_released()]

    assert "Eine Mail freigeben?" in confirmation
    assert "@verband.example" in confirmation
    assert response.location == f"{base(town)}/postausgang"
    assert counts == [1, 0]
    assert len(list(Path(app.config["MAIL_FILE_PATH"]).glob("*"))) == 1
    outbox = organiser.get(f"{base(town)}/postausgang").get_data(as_text=True)
    assert "Gesendet (1)" in outbox
    assert "Guten Tag Robin Beispiel," in outbox


def test_the_release_queues_the_delivery(app, organiser, town):
    scenes.invited_with_link(app, town)
    queue = app.extensions["jobs"]
    before = queue.pending_count()

    organiser.submit(f"{base(town)}/postausgang/freigabe", {"mails": [mail_id(app)]})

    assert queue.pending_count() == before + 1
    queue.flush()


@pytest.mark.parametrize("ids", [[], ["999999"], ["quatsch"]])
def test_nothing_leaves_when_the_outbox_changed_meanwhile(app, organiser, town, ids):
    scenes.invited_with_link(app, town)

    response = organiser.submit(f"{base(town)}/postausgang/freigabe", {"mails": ids})

    assert response.location == f"{base(town)}/postausgang"
    with app.app_context():
        assert db.session.scalars(select(MailMessage.state)).one() is MailState.DRAFT


def test_a_mail_can_be_written_again_and_an_invitation_taken_back(app, organiser, town):
    token = scenes.invited_with_link(app, town)

    rewritten = organiser.submit(f"{base(town)}/{invitation_id(app)}/neu-schreiben")
    with app.app_context():
        assert token not in db.session.scalars(select(MailMessage.body)).one()
    withdrawn = organiser.submit(f"{base(town)}/{invitation_id(app)}/zuruecknehmen")

    assert (rewritten.location, withdrawn.location) == (f"{base(town)}/postausgang", f"{base(town)}/")
    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []


def test_an_answer_by_phone_is_entered_with_its_channel(app, organiser, town):
    scenes.invited_with_link(app, town)
    path = f"{base(town)}/{invitation_id(app)}/antwort"

    form = organiser.get(path).get_data(as_text=True)
    data = {"answer": "yes", "people-0-first_name": "Kim", "people-0-last_name": "Muster", "wishes-0": str(town.topic)}
    response = organiser.submit(path, data)

    assert 'value="Beispiel"' in form
    assert response.location == f"{base(town)}/"
    tray = organiser.get(response.location).get_data(as_text=True)
    assert "Kim Muster" in tray
    assert "telefonisch" in tray
    with app.app_context():
        assert scenes.only_invitation().channel is Channel.PHONE


@pytest.mark.parametrize("query", ["?antwort=yes", "?mail=sent", "?art=health", "?antwort=&mail=&art="])
def test_the_tray_can_be_filtered(app, organiser, town, query):
    scenes.invited_with_link(app, town)

    assert organiser.get(f"{base(town)}/{query}").status_code == 200


def test_departments_read_the_tray_but_not_the_links(app, town):
    token = scenes.invited_with_link(app, town)
    department = app.test_client().sign_in(town.department)

    tray = department.get(f"{base(town)}/")

    assert tray.status_code == 200
    assert token not in tray.get_data(as_text=True)
    assert department.get(f"{base(town)}/postausgang").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/auswahl",
        "/brief",
        "/postausgang",
        "/postausgang/freigabe",
        "/{invitation}/antwort",
    ],
)
def test_another_municipality_finds_nothing(app, town, path):
    scenes.invited_with_link(app, town)
    with app.app_context():
        stranger = factories.small_town("Anderstadt").organiser
        db.session.commit()

    response = app.test_client().sign_in(stranger).get(base(town) + path.format(invitation=invitation_id(app)))

    assert response.status_code == 404
    assert "Caritasverband Musterstadt" not in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["zuruecknehmen", "neu-schreiben", "antwort"])
def test_another_municipality_changes_nothing(app, town, path):
    scenes.invited_with_link(app, town)
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    stranger = app.test_client().sign_in(other.organiser)

    for conference in (town.conference, other.conference):
        response = stranger.submit(f"/konferenzen/{conference}/einladungen/{invitation_id(app)}/{path}")
        assert response.status_code == 404

    with app.app_context():
        assert scenes.only_invitation().answer is Answer.NONE


@pytest.mark.parametrize("path", ["/", "/auswahl", "/brief", "/postausgang", "/postausgang/freigabe"])
def test_pages_stay_within_fifteen_statements_however_many_invitations(app, organiser, town, statements, path):
    def count() -> int:
        statements.clear()
        assert organiser.get(base(town) + path).status_code == 200
        return len(statements)

    def fill(*names) -> None:
        with app.app_context():
            for name in names:
                factories.institution(scenes.home_of(town), name)
            conference = scenes.conference_ahead(town)
            for invitation in scenes.invite(town):
                db.session.flush()
                answering.answer_invitation(
                    invitation=queries.get_invitation(conference, invitation.id),
                    answer=Answer.YES,
                    people=[Person("Robin", "Beispiel"), Person("Kim", "Muster")],
                    wishes=[town.topic],
                    channel=Channel.PHONE,
                    message="",
                    now=clock.now(),
                )
            db.session.commit()

    fill()
    one = count()
    fill("Diakonie", "AWO")
    three = count()

    assert one == three
    assert three <= 15
