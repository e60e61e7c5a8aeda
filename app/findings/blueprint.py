"""The blueprint of the findings floor; the route modules hang their pages on it."""

from flask import Blueprint

bp = Blueprint("findings", __name__)
