"""The blueprint of everything guests of this floor open; it speaks their language and stays out of caches."""

from flask import Blueprint

from app.core import personal_links
from app.core.languages import speak_to_guests

bp = Blueprint("registrations_public", __name__)
personal_links.keep_private(bp)
speak_to_guests(bp)
