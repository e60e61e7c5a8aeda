"""Numbers in addresses: what no row can have is no address of ours."""

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

from app.core.ids import LARGEST_ID


class RowIdConverter(IntegerConverter):
    """`<int:…>` that answers 404 instead of asking the database for impossible ids."""

    def to_python(self, value: str) -> int:
        """The number; raises ValidationError beyond the largest id."""
        number = super().to_python(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


def init_app(app: Flask) -> None:
    """Use it for every `<int:…>`; call it before blueprints are registered."""
    app.url_map.converters["int"] = RowIdConverter
