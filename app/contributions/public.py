"""Addresses of people without an account: phones at the tables and the wall's projector."""

from flask import Blueprint

from app.contributions import phone, phone_posts, wall
from app.extensions import csrf

bp = Blueprint("contributions_public", __name__)

bp.add_url_rule("/t/", "code", phone.code, methods=["GET"])
bp.add_url_rule("/t/<code>", "table", phone.table, methods=["GET"])
bp.add_url_rule("/t/<code>/beitraege", "items", phone.items, methods=["GET"])
bp.add_url_rule("/t/<code>/strom", "stream", phone.stream, methods=["GET"])
bp.add_url_rule("/t/<code>/punkte", "ballot", phone.ballot, methods=["GET"])
bp.add_url_rule("/t/<code>/beitraege", "contribute", phone_posts.contribute, methods=["POST"])
bp.add_url_rule("/t/<code>/punkte", "dot", phone_posts.dot, methods=["POST"])
bp.add_url_rule("/wand/<token>", "wall", wall.wall, methods=["GET"])
bp.add_url_rule("/wand/<token>/strom", "wall_stream", wall.stream, methods=["GET"])

for view in (phone_posts.contribute, phone_posts.dot):
    csrf.exempt(view)  # JSON refuses other sites, the form asks for its token: see phone_posts
