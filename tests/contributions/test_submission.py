import pytest

from app.contributions import submission
from app.contributions.enums import Kind
from app.core.vocabulary import TargetGroup
from tests.contributions.room import client_id

GOOD = {"text": "Es fehlt ein Treff.", "kind": "gap", "client_id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}


def errors(**changes) -> set[str]:
    return set(submission.read({**GOOD, **changes}, {"0101": 7}).errors)


def test_everything_needed_is_read(app):
    with app.test_request_context():
        sent = submission.read({**GOOD, "target_group": "youth", "area": "0101"}, {"0101": 7})

    assert (sent.text, sent.kind, sent.client_id) == (GOOD["text"], Kind.GAP, GOOD["client_id"])
    assert (sent.target_group, sent.area_id, sent.errors) == (TargetGroup.YOUTH, 7, {})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"text": ""}, {"text"}),
        ({"text": "   "}, {"text"}),
        ({"text": "x" * 1000}, set()),
        ({"text": " " + "x" * 1000 + " "}, set()),
        ({"text": "x" * 1001}, {"text"}),
        ({"text": "x" * 5000}, {"text"}),
        ({"text": ["a"]}, {"text"}),
        ({"text": None}, {"text"}),
        ({"kind": ""}, {"kind"}),
        ({"kind": "wish"}, {"kind"}),
        ({"kind": {"a": 1}}, {"kind"}),
        ({"client_id": "1"}, {"client_id"}),
        ({"client_id": 1}, {"client_id"}),
        ({"client_id": True}, {"client_id"}),
        ({"target_group": "nobody"}, {"target_group"}),
        ({"target_group": ""}, set()),
        ({"area": "9999"}, {"area"}),
        ({"area": ""}, set()),
        ({"area": None}, set()),
    ],
)
def test_each_field_is_checked(app, changes, expected):
    with app.test_request_context():
        assert errors(**changes) == expected


def test_a_long_text_is_told_the_limit(app):
    with app.test_request_context():
        sent = submission.read({**GOOD, "text": "x" * 5000}, {})

    assert "höchstens 1.000 Zeichen, jetzt sind es 5.000" in sent.errors["text"][0]


def test_an_id_sent_as_number_counts_as_its_text(app):
    with app.test_request_context():
        assert submission.read({**GOOD, "area": 7, "client_id": client_id()}, {"7": 7}).area_id == 7
