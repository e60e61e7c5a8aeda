"""Pages of the contributions floor."""

from flask import Blueprint

bp = Blueprint("contributions", __name__)
