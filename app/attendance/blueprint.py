"""The blueprint of the attendance floor; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("attendance", __name__)
