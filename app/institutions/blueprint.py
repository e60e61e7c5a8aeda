"""The blueprint of the directory in the office; the route files add their views to it."""

from flask import Blueprint

bp = Blueprint("institutions", __name__)
