"""The blueprint of the data pages; `routes` brings its parts together."""

from flask import Blueprint

bp = Blueprint("indicators", __name__)
