"""Registering without an invitation, and everybody's own page behind a personal link."""

from flask import Blueprint

bp = Blueprint("registrations_public", __name__)
