"""Pages of the measures floor."""

from flask import Blueprint

bp = Blueprint("measures", __name__)
