"""The room plan: proposals, and changing them by hand."""

from flask import Blueprint

bp = Blueprint("seating", __name__)
