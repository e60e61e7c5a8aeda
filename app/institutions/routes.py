"""Pages of the institutions floor."""

from flask import Blueprint

bp = Blueprint("institutions", __name__)
