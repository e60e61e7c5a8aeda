"""Thementisch: from data to deeds. The folders are the floors of the house, bottom up."""

from importlib import import_module

from flask import Flask, url_for
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import extensions
from app.core import access, addresses, database, errors, german, headers, languages, live, logs, typed
from app.core.jobs import jobs
from config import ROOT, from_environment

BLUEPRINTS = [
    "core.probes",
    "core.cli",
    "accounts.routes",
    "accounts.cli",
    "imports.routes",
    "areas.routes",
    "areas.cli",
    "indicators.routes",
    "indicators.cli",
    "institutions.routes",
    "institutions.public",
    "offers.routes",
    "offers.public",
    "offers.providers",
    "findings.routes",
    "conferences.routes",
    "invitations.routes",
    "invitations.public",
    "registrations.routes",
    "registrations.public",
    "tables.routes",
    "seating.routes",
    "attendance.routes",
    "attendance.public",
    "mailings.routes",
    "contributions.routes",
    "contributions.public",
    "consolidation.routes",
    "papers.routes",
    "papers.public",
    "measures.routes",
    "profiles.routes",
    "portal.public",
    "office.routes",
    "demo.cli",
]


def create_app(settings: dict | None = None) -> Flask:
    """Build the application; `settings` override the environment (tests)."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(from_environment())
    app.config.from_mapping(settings or {})
    _bind_extensions(app)
    for part in (typed, addresses, logs, headers, errors, languages, german, live, database, access):
        part.init_app(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(f"app.{name}").bp)
    jobs.init_app(app)  # after the floors: by now each has said what it wants done every minute or night
    import_module("app.accounts.session").init_app(app)
    _serve(app)
    return app


def _bind_extensions(app: Flask) -> None:
    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    extensions.csrf.init_app(app)
    extensions.login.init_app(app)
    extensions.limiter.init_app(app)
    extensions.mail.init_app(app)


def _static_url(filename: str) -> str:
    """Address of a static file that changes with its content's age, so that browsers may keep it."""
    path = ROOT / "static" / filename
    age = int(path.stat().st_mtime) if path.exists() else 0
    return url_for("static", filename=filename, v=age)


def _serve(app: Flask) -> None:
    app.jinja_env.globals["static_url"] = _static_url
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=3600)
