"""Pages of the portal floor."""

from flask import Blueprint

bp = Blueprint("portal", __name__)
