"""Passwords: argon2id, long enough, and not one of those everybody tries first."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

MIN_LENGTH = 12
COMMON_PARTS = (
    "passwort",
    "password",
    "qwertz",
    "qwerty",
    "12345",
    "abcdef",
    "sommer20",
    "winter20",
    "hallo",
)

_hasher = PasswordHasher()
_nobodys_hash = _hasher.hash("a password nobody has, checked so that unknown addresses take as long")


def refusal(password: str) -> str | None:
    """Why a password is not good enough, or None."""
    if len(password) < MIN_LENGTH:
        return f"Das Passwort braucht mindestens {MIN_LENGTH} Zeichen."
    if len(set(password)) < 5 or any(part in password.lower() for part in COMMON_PARTS):
        return "Dieses Passwort ist zu leicht zu erraten. Nehmen Sie mehrere Wörter, die nicht zusammengehören."
    return None


def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether a password fits; takes as long for an unknown person (`stored` None)."""
    try:
        return _hasher.verify(stored or _nobodys_hash, password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False
