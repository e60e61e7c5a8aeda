"""Numbers and words in addresses: what no row can have is no address of ours."""

from flask import Flask
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

from app.core.ids import LARGEST_ID
from app.core.typed import usable


class RowIdConverter(IntegerConverter):
    """`<int:…>` that answers 404 instead of asking the database for impossible ids."""

    def to_python(self, value: str) -> int:
        """The number; raises ValidationError beyond the largest id."""
        number = super().to_python(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


class WordConverter(UnicodeConverter):
    """`<…>` that answers 404 for characters no database takes."""

    def to_python(self, value: str) -> str:
        """The word; raises ValidationError for a character that cannot be stored."""
        if usable(value) != value:
            raise ValidationError
        return super().to_python(value)


def init_app(app: Flask) -> None:
    """Use them for every `<int:…>` and `<…>`; call it before blueprints are registered."""
    app.url_map.converters |= {"int": RowIdConverter, "default": WordConverter, "string": WordConverter}
