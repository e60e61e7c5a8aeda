"""The blueprint of the seating floor; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("seating", __name__)
