"""Nothing a person or a script sends ends in an error of ours: unusable characters, bad JSON, odd headers."""

import io

import pytest
from sqlalchemy import select

from app.core.typed import usable
from app.extensions import db
from app.institutions.models import Institution

UNUSABLE = "\x00\x0b\x1b\x85\ufffe"


def test_line_ends_tabs_and_every_script_stay():
    assert usable("Café\r\n\t木 \u202bעברית👋🏽") == "Café\r\n\t木 \u202bעברית👋🏽"


def test_what_no_database_and_no_document_takes_is_left_out():
    assert usable(f"a{UNUSABLE}b\ud800") == "ab"


def test_pasted_control_characters_are_left_out_of_what_is_stored(app, organiser):
    answer = organiser.submit("/institutionen/neu", {"name": f"Treff{UNUSABLE} Nord", "type": "association"})

    assert answer.status_code == 303
    with app.app_context():
        names = db.session.scalars(select(Institution.name)).all()
    assert "Treff Nord" in names


@pytest.mark.parametrize("path", ["/k/%00/", "/t/%00", "/t/%00/beitraege", "/wand/a%00b", "/e/%00", "/k/a%0b/ueber"])
def test_an_address_with_unusable_characters_does_not_exist(client, path):
    assert client.get(path).status_code == 404


def test_unusable_characters_in_a_query_are_left_out(organiser):
    assert organiser.get("/institutionen/?suche=%00%00&art=%00").status_code == 200


def test_signing_in_with_unusable_characters_is_just_wrong(client):
    assert client.submit("/anmelden", {"email": "\0@stadt.example", "password": "\0"}).status_code == 422


def test_an_uploaded_file_does_not_disturb_a_form(organiser):
    data = {"name": "Treff", "type": "association", "datei": (io.BytesIO(b"\x00"), "x.bin")}

    assert organiser.submit("/institutionen/neu", data).status_code == 303


@pytest.mark.parametrize("body", ["[" * 100_000, "null", "[]", "{", "1" * 10_000, '{"text": "\\ud800\\u0000"}'])
def test_a_phone_sending_impossible_json_is_told_what_is_missing(client, town, body):
    answer = client.post(f"/t/{town.code}/beitraege", data=body, content_type="application/json")

    assert answer.status_code == 422
    assert "text" in answer.get_json()["errors"]


@pytest.mark.parametrize("origin", ["http://[", "null", "https://fremd.example", "http://localhost.fremd.example"])
def test_a_strange_origin_is_another_site(client, town, origin):
    answer = client.post(f"/t/{town.code}/beitraege", json={"text": "x"}, headers={"Origin": origin})

    assert answer.status_code == 403
