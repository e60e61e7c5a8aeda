"""The blueprint of the areas' pages; `routes` brings its parts together."""

from flask import Blueprint

from app.accounts.enums import Role

bp = Blueprint("areas", __name__)
MAY_ARRANGE = (Role.ORGANISER, Role.STATISTICS)
