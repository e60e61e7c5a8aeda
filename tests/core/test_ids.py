import pytest

from app.core.ids import typed_id


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7", 7),
        ("", None),
        (None, None),
        ("-1", None),
        ("٣", None),
        ("9" * 30, None),
        ("3000000000", None),
        ("x", None),
    ],
)
def test_only_ids_a_database_takes_are_usable(text, wanted):
    assert typed_id(text) == wanted
