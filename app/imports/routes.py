"""Pages of the imports floor: upload, columns, preview, taking over, undoing."""

from flask import Blueprint

from app.imports import models  # noqa: F401 -- part of the schema

bp = Blueprint("imports", __name__)
