"""Pages of the findings floor: the matrix, what a cell rests on, limits and need links."""

from flask import Blueprint

from app.findings import models  # noqa: F401 -- part of the schema

bp = Blueprint("findings", __name__)
