"""Numbers that can be somebody's id."""

LARGEST_ID = 2**31 - 1  # PostgreSQL's integer


def typed_id(text: str | None) -> int | None:
    """The id somebody typed or a form sent, or None for anything no row can have."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > len(str(LARGEST_ID)):
        return None
    return int(text) if int(text) <= LARGEST_ID else None
