"""Commands of the indicators floor."""

from flask import Blueprint

bp = Blueprint("indicators_cli", __name__, cli_group=None)
