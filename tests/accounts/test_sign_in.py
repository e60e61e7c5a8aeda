"""Signing in: wrong passwords are counted per account, right ones never lock anybody out."""

import pytest

from app.accounts.enums import Role
from app.accounts.models import Municipality
from app.accounts.services import create_user
from app.extensions import db
from tests.factories import NOW

EMAIL, PASSWORD = "planung@stadt.example", "Hafen-Faden-Tisch-31"


@pytest.fixture
def sign_in(app, town, client):
    """Try a password for one account; returns the status."""
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        create_user(email=EMAIL, name="Kim Plan", password=PASSWORD, municipality=home, role=Role.ORGANISER, now=NOW)
        db.session.commit()

    def attempt(password: str) -> int:
        return client.submit("/anmelden", {"email": EMAIL, "password": password}).status_code

    return attempt


def test_right_passwords_lock_nobody_out(sign_in):
    statuses = [sign_in(PASSWORD) for _ in range(12)]

    assert statuses == [303] * 12


def test_ten_wrong_passwords_lock_the_account_for_a_while(sign_in):
    wrong = [sign_in("geraten") for _ in range(11)]

    assert wrong == [422] * 10 + [429]
    assert sign_in(PASSWORD) == 429
