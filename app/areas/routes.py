"""Pages of the areas floor: schemes, groups of areas, crosswalks."""

from flask import Blueprint

bp = Blueprint("areas", __name__)
