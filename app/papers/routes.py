"""Pages of the papers floor."""

from flask import Blueprint

bp = Blueprint("papers", __name__)
