"""Professionals' assessments: taken down, changed, removed and put back."""

import pytest

from app.accounts.models import AuditEntry
from app.extensions import db
from app.profiles.models import Assessment
from tests import factories
from tests.profiles.scenes import text

GIVEN = {"author_group": "AG Wohlfahrt", "made_on": "2026-02-03", "text": "Es fehlt ein Treff.", "public": "y"}


@pytest.fixture
def town(app) -> factories.Town:
    with app.app_context():
        town = factories.furnished_town()
        db.session.commit()
    return town


def rows(app) -> list[tuple]:
    with app.app_context():
        found = db.session.query(Assessment).order_by(Assessment.id)
        return [(row.author_group, row.made_on.isoformat(), row.text, row.public) for row in found]


def test_an_assessment_is_taken_down_and_noted(app, town, organiser):
    answer = organiser.submit(f"/raeume/{town.quarters[0]}/einschaetzungen/neu", GIVEN)

    assert answer.location == f"/raeume/{town.quarters[0]}"
    assert rows(app)[-1] == ("AG Wohlfahrt", "2026-02-03", "Es fehlt ein Treff.", True)
    with app.app_context():
        assert db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first().action == "assessment.added"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("author_group", " ", "Geben Sie die Gruppe an"),
        ("text", "", "Geben Sie die Einschätzung ein."),
        ("text", "x" * 1001, "Höchstens 1.000 Zeichen"),
        ("made_on", "", "Geben Sie den Tag der Einschätzung ein."),
        ("made_on", "gestern", "Not a valid date value"),
        ("made_on", "0001-01-01", "Prüfen Sie das Jahr."),
        ("made_on", "2990-01-01", "Der Tag liegt in der Zukunft."),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(app, town, organiser, field, value, message):
    before = rows(app)

    answer = organiser.submit(f"/raeume/{town.quarters[0]}/einschaetzungen/neu", {**GIVEN, field: value})

    assert answer.status_code == 422
    assert rows(app) == before
    if message != "Not a valid date value":
        assert message in text(answer)


def test_a_change_keeps_the_row(app, town, organiser):
    path = f"/raeume/{town.social_area}/einschaetzungen/{town.assessment}"

    assert "Musterstadt hält zusammen." in text(organiser.get(path))
    organiser.submit(path, {**GIVEN, "public": ""})

    assert [row[0] for row in rows(app)] == ["AG Wohlfahrt"]


def test_a_removed_assessment_can_be_put_back(app, town, organiser):
    path = f"/raeume/{town.social_area}/einschaetzungen/{town.assessment}"
    before = rows(app)

    organiser.submit(f"{path}/entfernen")
    gone, page = rows(app), text(organiser.get(f"/raeume/{town.social_area}"))
    form = organiser.get(f"/raeume/{town.social_area}/einschaetzungen/neu").get_data(as_text=True)
    organiser.submit(
        f"/raeume/{town.social_area}/einschaetzungen/neu",
        {"author_group": before[0][0], "made_on": before[0][1], "text": before[0][2], "public": "y"},
    )

    assert gone == []
    assert "Entfernte Einschätzung zurückholen" in page
    assert before[0][2] in form
    assert rows(app) == before


def test_an_assessment_belongs_to_its_area(town, organiser):
    assert organiser.get(f"/raeume/{town.quarters[0]}/einschaetzungen/{town.assessment}").status_code == 404


@pytest.mark.parametrize("role", ["department", "statistics", "host"])
def test_only_organisers_write(app, town, role):
    person, before = app.test_client().sign_in(getattr(town, role)), rows(app)

    assert person.submit(f"/raeume/{town.social_area}/einschaetzungen/neu", GIVEN).status_code == 403
    assert rows(app) == before
