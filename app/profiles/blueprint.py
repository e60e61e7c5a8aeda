"""The blueprint of the profiles floor."""

from flask import Blueprint

bp = Blueprint("profiles", __name__)
