"""Pages of the indicators floor."""

from flask import Blueprint

bp = Blueprint("indicators", __name__)
