"""Mails to groups of people, written, reviewed, planned."""

from flask import Blueprint

bp = Blueprint("mailings", __name__)
