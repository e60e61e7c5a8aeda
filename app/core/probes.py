"""Whether it runs: for load balancers and monitoring."""

import hmac
import resource
import sys

from flask import Blueprint, Response, abort, current_app, jsonify, request
from sqlalchemy import text

from app.core import live
from app.core.access import public
from app.extensions import db

bp = Blueprint("probes", __name__)
LOOPBACK = {"127.0.0.1", "::1"}


@bp.get("/healthz")
@public
def healthz():
    """Alive: can answer at all."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz():
    """Ready: database, queue and bus answer."""
    checks = {"database": _database, "queue": _queue, "bus": lambda: live.bus().check()}
    results = {name: _passes(check) for name, check in checks.items()}
    ready = all(results.values())
    return jsonify(status="ok" if ready else "unavailable", checks=results), 200 if ready else 503


@bp.get("/metrics")
@public
def metrics():
    """Figures for Prometheus: from this machine, or with the token."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not (token and hmac.compare_digest(token, given)) and request.remote_addr not in LOOPBACK:
        abort(403)
    bus = live.bus()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    lines = [
        "# HELP thementisch_live_subscribers Connected live pages",
        "# TYPE thementisch_live_subscribers gauge",
        f"thementisch_live_subscribers {bus.subscriber_count()}",
        "# HELP thementisch_memory_bytes Largest resident memory of this process",
        "# TYPE thementisch_memory_bytes gauge",
        f"thementisch_memory_bytes {memory}",
        "# HELP thementisch_jobs_pending Jobs waiting for the worker",
        "# TYPE thementisch_jobs_pending gauge",
        f"thementisch_jobs_pending {current_app.extensions['jobs'].pending_count()}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain; version=0.0.4")


def _passes(check) -> bool:
    try:
        check()
    except Exception:
        return False
    return True


def _database() -> None:
    db.session.execute(text("SELECT 1"))


def _queue() -> None:
    current_app.extensions["jobs"].pending_count()
