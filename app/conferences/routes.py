"""Pages of the conferences floor."""

from flask import Blueprint

bp = Blueprint("conferences", __name__)
