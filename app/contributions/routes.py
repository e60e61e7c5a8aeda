"""Addresses of the office: the room of a conference and the board of each table."""

from flask import Blueprint

from app.contributions import board, board_acts, room

bp = Blueprint("contributions", __name__)
BOARD = "/tische/<int:table_id>/moderation"
ONE = BOARD + "/beitraege/<int:contribution_id>"

bp.add_url_rule("/konferenzen/<int:conference_id>/raum", "room", room.room, methods=["GET"])
bp.add_url_rule("/konferenzen/<int:conference_id>/raum", "room_step", room.step, methods=["POST"])
bp.add_url_rule(BOARD, "board", board.board, methods=["GET"])
bp.add_url_rule(BOARD + "/strom", "board_stream", board.stream, methods=["GET"])
bp.add_url_rule(BOARD + "/beitraege", "enter", board_acts.enter, methods=["POST"])
bp.add_url_rule(BOARD + "/schritt", "step", board_acts.step, methods=["POST"])
bp.add_url_rule(BOARD + "/thema", "name_topic", board_acts.name_topic, methods=["POST"])
bp.add_url_rule(ONE + "/zeigen", "show", board_acts.show, methods=["POST"])
bp.add_url_rule(ONE + "/ausblenden", "hide", board_acts.hide, methods=["POST"])
bp.add_url_rule(ONE + "/zuruecknehmen", "take_back", board_acts.take_back, methods=["POST"])
