"""The door on the day, and who was reached."""

from flask import Blueprint

bp = Blueprint("attendance", __name__)
