"""The floor's blueprint, shared by its groups of pages."""

from flask import Blueprint

bp = Blueprint("consolidation", __name__)
