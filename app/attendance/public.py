"""What people thought of the event, behind their personal link."""

from flask import Blueprint

from app.attendance import models as models

bp = Blueprint("attendance_public", __name__)
