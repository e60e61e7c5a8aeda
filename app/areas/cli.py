"""Commands of the areas floor."""

from flask import Blueprint

bp = Blueprint("areas_cli", __name__, cli_group=None)
