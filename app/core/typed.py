"""What people typed, without what no database, XML document or log should hold: one place for every form and address.

Pasted text brings such characters along (a vertical tab from a PDF); they are left out instead of refused.
"""

import re
from collections.abc import Iterable

from flask import Flask, Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def usable(text: str) -> str:
    """Text without control characters, lone surrogates and non-characters; tabs and line ends stay."""
    return UNUSABLE.sub("", text)


def stripped(value: str | None) -> str:
    """Text without surrounding space; a field that was not sent is empty. A filter for form fields."""
    return (value or "").strip()


class TypedValues(ImmutableMultiDict):
    """Fields of a form or of a query string, every name and text usable; uploaded files stay as they are."""

    def __init__(self, given: MultiDict | Iterable[tuple] | None = None):
        pairs = given.items(multi=True) if isinstance(given, MultiDict) else given or ()
        super().__init__((usable(name), usable(value) if isinstance(value, str) else value) for name, value in pairs)


class TypedRequest(Request):
    """A request whose `form` and `args` hold usable text."""

    parameter_storage_class = TypedValues


class CarefulJSON(DefaultJSONProvider):
    """JSON nested so deep that Python gives up is bad input like any other."""

    def loads(self, s: str | bytes, **options):
        """Read; raises ValueError for everything that is no usable JSON."""
        try:
            return super().loads(s, **options)
        except RecursionError:
            raise ValueError("nested too deep") from None


def init_app(app: Flask) -> None:
    """Let every request be read this way."""
    app.request_class = TypedRequest
    app.json = CarefulJSON(app)
