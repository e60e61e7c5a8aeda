"""Pages of the invitations floor."""

from flask import Blueprint

bp = Blueprint("invitations_public", __name__)
