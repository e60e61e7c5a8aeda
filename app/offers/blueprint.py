"""The blueprint of the Sozialatlas in the office; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("atlas", __name__)
