"""Pages of the contributions floor."""

from flask import Blueprint

bp = Blueprint("contributions_public", __name__)
