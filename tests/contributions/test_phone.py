import re

import pytest
from sqlalchemy import select

from app.conferences.enums import Moderation
from app.conferences.models import Conference
from app.contributions import phone_posts, rules
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution, Dot
from app.core import tokens
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.contributions.room import JSON, client_id, items, submit


@pytest.fixture
def phone(client, town):
    """A browser that has opened the table's page."""
    client.get(f"/t/{town.code}")
    return client


def change(app, town, *, phase: Phase | None = None, moderation: Moderation | None = None) -> None:
    with app.app_context():
        if phase:
            db.session.get(TopicTable, town.table).phase = phase
        if moderation:
            db.session.get(Conference, town.conference).moderation = moderation
        db.session.commit()


def add(app, town, text="Es fehlt ein Treff.", **fields) -> int:
    with app.app_context():
        row = factories.contribution(db.session.get(TopicTable, town.table), text, **fields)
        db.session.commit()
        return row.id


def rows(app) -> list[Contribution]:
    with app.app_context():
        return list(db.session.scalars(select(Contribution).order_by(Contribution.id)))


def hidden_field(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]


class TestPage:
    def test_shows_topic_question_figures_and_kinds(self, client, town):
        page = client.get(f"/t/{town.code}").text

        for words in ("Familie im Stadtteil", "Was fehlt Familien hier?", "Überangebot", "Musterstadt Quartier 2"):
            assert words in page

    @pytest.mark.parametrize("write", [str.lower, lambda code: f"{code[:3]} {code[3:]}", lambda c: f"{c[:2]}-{c[2:]}"])
    def test_code_is_read_as_people_type_it(self, client, town, write):
        assert client.get(f"/t/{write(town.code)}").status_code == 200

    def test_unknown_code_offers_to_type_it_again(self, client):
        response = client.get("/t/XXXXXX")

        assert response.status_code == 404
        assert "Code auf der Tischkarte" in response.text

    def test_typed_code_leads_to_its_table(self, client, town):
        assert client.get("/t/").status_code == 200
        assert client.get(f"/t/?code={town.code.lower()}").location == f"/t/{town.code}"
        assert "Geben Sie den Code ein." in client.get("/t/?code=").text

    def test_gives_the_participant_a_cookie_no_script_can_read(self, client, town):
        cookie = client.get(f"/t/{town.code}").headers.getlist("Set-Cookie")

        assert [c for c in cookie if c.startswith("teilnahme=") and "HttpOnly" in c and "SameSite=Lax" in c]
        assert not [c for c in client.get(f"/t/{town.code}").headers.getlist("Set-Cookie") if "teilnahme" in c]

    @pytest.mark.parametrize(
        ("phase", "words"),
        [
            (Phase.PREPARING, "noch nicht eröffnet"),
            (Phase.VOTING, "Jetzt Punkte vergeben"),
            (Phase.CLOSED, "Der Tisch ist geschlossen"),
        ],
    )
    def test_says_where_the_table_stands(self, app, client, town, phase, words):
        change(app, town, phase=phase)

        assert words in client.get(f"/t/{town.code}").text

    def test_escapes_what_was_said(self, app, client, town):
        add(app, town, "<script>alert(1)</script>\n<hx-partial hx-target='body'>x</hx-partial>")

        page = client.get(f"/t/{town.code}").text

        assert "<script>alert" not in page
        assert "<hx-partial" not in page
        assert "&lt;/script&gt;<br>&lt;hx-partial" in page

    def test_is_compressed_where_the_phone_can(self, client, town):
        response = client.get(f"/t/{town.code}", headers={"Accept-Encoding": "gzip"})

        assert response.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in response.headers["Vary"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_needs_few_statements(self, app, client, town, statements, count):
        for number in range(count):
            add(app, town, f"Beitrag {number}", area_id=town.quarters[number])
        statements.clear()

        client.get(f"/t/{town.code}")

        assert len(statements) <= 11


class TestSending:
    def test_stores_and_confirms(self, app, phone, town):
        response = submit(phone, town.code, "Es fehlt ein Treff.", target_group="youth", area="0102")

        stored = rows(app)
        assert response.status_code == 201
        assert response.json == {"id": stored[0].id, "client_id": stored[0].client_id, "status": "shown"}
        assert [(one.text, one.kind, one.target_group, one.area_id) for one in stored] == [
            ("Es fehlt ein Treff.", "need", "youth", town.quarters[1])
        ]

    def test_takes_form_fields_with_a_json_answer(self, app, client, town):
        data = {"text": "Zeile 1\r\nZeile 2", "kind": "idea", "client_id": client_id(), "area": str(town.quarters[0])}

        response = client.post(f"/t/{town.code}/beitraege", data=data, headers=JSON)

        assert response.status_code == 201
        assert [(one.text, one.area_id) for one in rows(app)] == [("Zeile 1\nZeile 2", town.quarters[0])]

    def test_the_same_id_again_is_answered_with_the_same_body(self, app, phone, town):
        key = client_id()

        first = submit(phone, town.code, client_id=key)
        again = submit(phone, town.code, client_id=key.upper())

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json == again.json
        assert len(rows(app)) == 1

    def test_the_same_id_with_other_content_is_a_conflict(self, app, phone, town):
        key = client_id()
        submit(phone, town.code, "Erstens", client_id=key)

        response = submit(phone, town.code, "Zweitens", client_id=key)

        assert response.status_code == 409
        assert set(response.json) == {"error", "message"}
        assert [one.text for one in rows(app)] == ["Erstens"]

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": "x" * 5000}, "text"),
            ({"kind": None}, "kind"),
            ({"client_id": None}, "client_id"),
            ({"target_group": "martians"}, "target_group"),
            ({"area": "4711"}, "area"),
        ],
    )
    def test_what_cannot_be_stored_is_explained(self, app, phone, town, fields, field):
        response = submit(phone, town.code, **fields)

        assert response.status_code == 422
        assert list(response.json["errors"]) == [field]
        assert rows(app) == []

    @pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"text": "\\ud800\\u0000"}', b"\xff\xfe"])
    def test_odd_bodies_are_bad_input_and_no_fault(self, app, phone, town, body):
        response = phone.post(
            f"/t/{town.code}/beitraege", data=body, headers={**JSON, "Content-Type": "application/json"}
        )

        assert response.status_code == 422
        assert rows(app) == []

    @pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.CLOSED])
    def test_a_table_that_is_not_open_says_so(self, app, phone, town, phase):
        change(app, town, phase=phase)

        response = submit(phone, town.code)

        assert response.status_code == 409
        assert "nicht" in response.json["message"]
        assert rows(app) == []

    def test_unknown_table(self, client):
        assert submit(client, "XXXXXX").status_code == 404

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://boese.example"}],
    )
    def test_other_sites_are_refused(self, app, phone, town, headers):
        assert submit(phone, town.code, headers=headers).status_code == 403
        assert rows(app) == []

    def test_nobody_can_be_recognised_from_what_is_stored(self, app, phone, town):
        submit(phone, town.code)

        token = phone.get_cookie("teilnahme").value
        stored = rows(app)[0].participant
        assert stored == tokens.digest(f"{token}|{town.conference}")

    def test_a_browser_without_cookies_may_send(self, app, client, town):
        assert submit(client, town.code).status_code == 201
        assert rows(app)[0].participant is None

    def test_one_participant_has_a_limit_and_is_told_when_to_come_back(self, phone, town):
        statuses = [submit(phone, town.code, f"Beitrag {n}").status_code for n in range(12)]

        refused = submit(phone, town.code, "einer zu viel")

        assert statuses == [201] * 12
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert refused.json["message"]

    def test_a_hall_behind_one_address_is_not_limited(self, app, town):
        phones = [app.test_client() for _ in range(15)]
        for one in phones:
            one.get(f"/t/{town.code}")

        statuses = {submit(one, town.code, f"{n}").status_code for one in phones for n in range(3)}

        assert statuses == {201}
        assert phone_posts.PER_TABLE.startswith("6000")

    def test_a_new_cookie_with_every_sending_does_not_get_around_the_limit_of_the_table(self, app, town, monkeypatch):
        monkeypatch.setattr(phone_posts, "PER_TABLE", "3 per minute")

        def one_sending(number: int):
            robot = app.test_client()
            robot.set_cookie("teilnahme", f"erfunden-{number}")
            return submit(robot, town.code, f"Flut {number}")

        answers = [one_sending(number) for number in range(4)]

        assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
        assert answers[-1].headers["Retry-After"]

    def test_where_the_host_looks_first_the_author_is_told(self, app, phone, town):
        change(app, town, moderation=Moderation.BEFORE_TABLE)

        response = submit(phone, town.code, "Nur für die Moderation")

        assert response.json["status"] == "waiting"
        assert items(phone, town.code) == []
        assert "liegt der Moderation vor" in phone.get(f"/t/{town.code}").text

    def test_needs_few_statements(self, phone, town, statements):
        statements.clear()

        submit(phone, town.code)

        assert len(statements) == 3


class TestForm:
    def fields(self, page: str) -> dict:
        return {"text": "Ohne Skript", "kind": "gap", "client_id": hidden_field(page, "client_id")}

    def test_stores_and_comes_back_to_the_page(self, app, phone, town):
        page = phone.get(f"/t/{town.code}").text

        response = phone.submit(f"/t/{town.code}/beitraege", self.fields(page))

        assert response.location == f"/t/{town.code}"
        assert "Ihr Beitrag ist gespeichert." in phone.get(response.location).text
        assert [one.text for one in rows(app)] == ["Ohne Skript"]

    def test_works_over_https_though_no_page_sends_a_referrer(self, app, town):
        phone = app.test_client()
        page = phone.get(f"/t/{town.code}", base_url="https://localhost").text

        phone.post(
            f"/t/{town.code}/beitraege",
            data={**self.fields(page), "csrf_token": hidden_field(page, "csrf_token")},
            base_url="https://localhost",
        )

        assert [one.text for one in rows(app)] == ["Ohne Skript"]

    def test_sent_twice_is_stored_once(self, app, phone, town):
        fields = self.fields(phone.get(f"/t/{town.code}").text)

        phone.submit(f"/t/{town.code}/beitraege", fields)
        phone.submit(f"/t/{town.code}/beitraege", fields)

        assert len(rows(app)) == 1

    def test_errors_stand_beside_the_field_and_the_text_is_kept(self, phone, town):
        response = phone.submit(f"/t/{town.code}/beitraege", {"text": "Mein Satz", "client_id": client_id()})

        assert response.status_code == 422
        assert "Mein Satz</textarea>" in response.text
        assert "Wählen Sie aus, was Ihr Beitrag ist." in response.text

    def test_an_expired_session_keeps_the_text(self, app, phone, town):
        response = phone.post(
            f"/t/{town.code}/beitraege", data={"text": "Mein Satz", "kind": "need", "client_id": client_id()}
        )

        assert response.status_code == 400
        assert "Mein Satz</textarea>" in response.text
        assert rows(app) == []

    def test_a_table_closed_meanwhile_keeps_the_text(self, app, phone, town):
        fields = self.fields(phone.get(f"/t/{town.code}").text)
        change(app, town, phase=Phase.CLOSED)

        response = phone.submit(f"/t/{town.code}/beitraege", fields)

        assert response.status_code == 409
        assert "Ohne Skript</textarea>" in response.text
        assert "Der Tisch ist geschlossen. Ihr Beitrag ist nicht gespeichert" in response.text


class TestList:
    def test_holds_everything_shown_oldest_first(self, app, client, town):
        first = add(app, town, "Erster", dots=2, state=ContributionState.SHOWN)
        second = add(app, town, "Zweiter")
        add(app, town, "GEHEIM", state=ContributionState.HIDDEN)

        answer = client.get(f"/t/{town.code}/beitraege", headers=JSON).json

        assert [(one["id"], one["text"], one["kind"], one["dots"]) for one in answer["items"]] == [
            (first, "Erster", "need", 2),
            (second, "Zweiter", "need", 0),
        ]
        assert answer["items"][0]["created_at"] == "2026-11-20T14:00:00+00:00"
        assert (answer["version"], answer["next"]) == (0, None)

    def test_nothing_of_another_table_is_in_it(self, app, client, town):
        with app.app_context():
            other = factories.small_town("Nachbarstadt", "nachbarstadt")
            factories.contribution(db.session.get(TopicTable, other.table), "MARKE")
            db.session.commit()
        add(app, town, "Eigenes")

        assert [one["text"] for one in items(client, town.code)] == ["Eigenes"]

    def test_unchanged_is_answered_with_one_statement(self, client, town, statements):
        submit(client, town.code)
        etag = client.get(f"/t/{town.code}/beitraege", headers=JSON).headers["ETag"]
        statements.clear()

        response = client.get(f"/t/{town.code}/beitraege", headers={**JSON, "If-None-Match": etag})

        assert (response.status_code, response.data, len(statements)) == (304, b"", 1)
        assert response.headers["ETag"] == etag
        assert not etag.startswith("W/")

    def test_changed_is_answered_with_the_new_list(self, client, town):
        etag = client.get(f"/t/{town.code}/beitraege", headers=JSON).headers["ETag"]
        submit(client, town.code, "Neu")

        response = client.get(f"/t/{town.code}/beitraege", headers={**JSON, "If-None-Match": etag})

        assert response.status_code == 200
        assert [one["text"] for one in response.json["items"]] == ["Neu"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_needs_at_most_three_statements_and_one_when_known(self, app, client, town, statements, count):
        for number in range(count):
            add(app, town, f"{number}")
        statements.clear()

        items(client, town.code)
        first = len(statements)
        statements.clear()
        items(client, town.code)

        assert (first, len(statements)) == (3, 1)

    def test_long_lists_come_in_parts(self, app, client, town, monkeypatch):
        monkeypatch.setattr(rules, "LIST_LIMIT", 2)
        for number in range(5):
            add(app, town, f"{number}")

        address, found = f"/t/{town.code}/beitraege", []
        while address:
            answer = client.get(address, headers=JSON).json
            found += [one["text"] for one in answer["items"]]
            address = answer["next"]

        assert found == ["0", "1", "2", "3", "4"]

    @pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999"])
    def test_odd_continuations_start_over(self, app, client, town, after):
        add(app, town, "Da")

        answer = client.get(f"/t/{town.code}/beitraege?nach={after}", headers=JSON)

        assert [one["text"] for one in answer.json["items"]] == ["Da"]

    def test_browsers_go_to_the_page(self, client, town):
        response = client.get(f"/t/{town.code}/beitraege", headers={"Accept": "text/html,*/*;q=0.8"})

        assert response.location == f"/t/{town.code}"

    def test_unknown_table(self, client):
        assert client.get("/t/XXXXXX/beitraege", headers=JSON).status_code == 404
        assert client.get("/t/XXXXXX/strom").status_code == 404

    def test_dots_are_secret_while_voting(self, app, client, town):
        add(app, town, dots=5)
        change(app, town, phase=Phase.VOTING)

        assert [one["dots"] for one in items(client, town.code)] == [None]


class TestDots:
    @pytest.fixture
    def voting(self, app, town):
        change(app, town, phase=Phase.VOTING)
        return [add(app, town, f"Vorschlag {n}") for n in range(4)]

    def give(self, phone, town, contribution, act="give", **headers):
        body = {"contribution": contribution, "act": act}
        return phone.post(f"/t/{town.code}/punkte", json=body, headers={**JSON, **headers})

    def test_are_given_and_taken_back(self, phone, town, voting):
        assert self.give(phone, town, voting[0]).json == {"given": [voting[0]], "left": 2}
        assert self.give(phone, town, voting[1]).json == {"given": voting[:2], "left": 1}
        assert self.give(phone, town, voting[0], "take").json == {"given": [voting[1]], "left": 2}
        assert phone.get(f"/t/{town.code}/punkte").json == {"given": [voting[1]], "left": 2}

    def test_more_than_the_budget_is_refused(self, app, phone, town, voting):
        for contribution in voting[:3]:
            self.give(phone, town, contribution)

        response = self.give(phone, town, voting[3])

        assert response.status_code == 409
        assert "zurück" in response.json["message"]
        with app.app_context():
            assert len(db.session.scalars(select(Dot)).all()) == 3

    def test_only_ones_own_are_on_the_page(self, app, phone, town, voting):
        self.give(phone, town, voting[0])

        mine, others = phone.get(f"/t/{town.code}").text, app.test_client().get(f"/t/{town.code}").text

        assert mine.count('aria-pressed="true"') == 1
        assert "Noch 2 von 3 Punkten" in mine
        assert 'aria-pressed="true"' not in others
        assert "1 Punkt" not in others

    def test_work_as_a_plain_form(self, phone, town, voting):
        response = phone.submit(f"/t/{town.code}/punkte", {"contribution": voting[0], "act": "give"})

        assert response.location == f"/t/{town.code}#beitrag-{voting[0]}"
        assert phone.post(f"/t/{town.code}/punkte", data={"contribution": voting[1]}).status_code == 400

    def test_need_a_vote_a_cookie_and_the_same_site(self, app, phone, town, voting):
        nobody = app.test_client()

        assert self.give(nobody, town, voting[0]).status_code == 409
        assert self.give(phone, town, voting[0], **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
        change(app, town, phase=Phase.COLLECTING)
        assert self.give(phone, town, voting[0]).status_code == 409

    @pytest.mark.parametrize("wanted", ["0", "x", None, "99999999999"])
    @pytest.mark.usefixtures("voting")
    def test_what_is_not_there_gets_none(self, phone, town, wanted):
        assert self.give(phone, town, wanted).status_code == 404

    @pytest.mark.usefixtures("voting")
    def test_another_tables_contribution_gets_none(self, app, phone, town):
        with app.app_context():
            other = factories.small_town("Nachbarstadt", "nachbarstadt")
            foreign = factories.contribution(db.session.get(TopicTable, other.table), "MARKE").id
            db.session.commit()

        assert self.give(phone, town, foreign).status_code == 404
