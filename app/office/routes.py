"""Pages of the office floor."""

from flask import Blueprint

bp = Blueprint("office", __name__)
