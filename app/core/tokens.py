"""Codes people type and links they follow."""

import hashlib
import re
import secrets

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0/O, 1/I/L: read aloud in a loud hall
CODE_LENGTH = 6


def new_code() -> str:
    """A table code of six characters without look-alikes; gives access to low-risk input only."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_badge_code() -> str:
    """Twelve characters for a badge's QR code: only a signed-in person can do something with it."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(12))


def normalise_code(typed: str) -> str:
    """What a person typed as it is stored: case, spaces and dashes do not matter."""
    return re.sub(r"[\s\-–—_.]", "", typed).upper()


def new_link_token() -> str:
    """A link secret of 192 bit."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is stored of a secret: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
