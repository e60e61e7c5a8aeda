"""Pages of the Sozialatlas for the office."""

from flask import Blueprint

bp = Blueprint("atlas", __name__)
