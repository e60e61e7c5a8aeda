"""Structured logs: one JSON object a line, the route instead of the address, never a person."""

import json
import logging
import re
import sys
import time
import uuid

from flask import Flask, g, request

VALUES = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|\[parameters):?.*\n?", re.MULTILINE)  # databases quote what was typed
FIELDS = ("job", "route", "method", "status", "milliseconds", "request_id", "count", "reason")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message and the known extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            entry["error"] = VALUES.sub("", self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def init_app(app: Flask) -> None:
    """Log each request by its route: table codes and link secrets stay out of the log."""
    root = logging.getLogger("app")
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonFormatter())
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        root.propagate = app.testing

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        g.request_id = uuid.uuid4().hex[:12]

    @app.after_request
    def finish(response):
        if request.endpoint not in {"static", "probes.healthz"} and "started" in g:
            logging.getLogger("app.request").info(
                "request",
                extra={
                    "route": request.url_rule.rule if request.url_rule else "unknown",
                    "method": request.method,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - g.started) * 1000, 1),
                    "request_id": g.request_id,
                },
            )
        return response
