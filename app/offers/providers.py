"""What providers see by link: confirm or correct their offers without an account."""

from flask import Blueprint

bp = Blueprint("providers", __name__)
