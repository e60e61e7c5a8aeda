"""The blueprint of the conferences floor; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("conferences", __name__)
