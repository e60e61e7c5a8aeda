"""Pages of the offers floor."""

from flask import Blueprint

bp = Blueprint("offers", __name__)
