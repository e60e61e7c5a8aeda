"""Pages of the profiles floor for the office: profile, one-page PDF, table sheet, assessments."""

from flask import Blueprint

from app.profiles import models  # noqa: F401 -- part of the schema

bp = Blueprint("profiles", __name__)
