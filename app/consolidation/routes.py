"""Pages of the consolidation floor."""

from flask import Blueprint

bp = Blueprint("consolidation", __name__)
