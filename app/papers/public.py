"""Pages of the papers floor."""

from flask import Blueprint

bp = Blueprint("papers_public", __name__)
