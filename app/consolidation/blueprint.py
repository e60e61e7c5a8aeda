"""The blueprint of the consolidation floor; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("consolidation", __name__)
