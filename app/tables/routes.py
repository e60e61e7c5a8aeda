"""Pages of the tables floor."""

from flask import Blueprint

bp = Blueprint("tables", __name__)
