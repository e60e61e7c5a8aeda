"""Who comes, as the office sees it: places, waiting list, needs for assistance."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)
