"""The blueprint of the tables floor; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("tables", __name__)
