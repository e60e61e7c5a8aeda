"""Where people outside reach this server."""

from flask import current_app, request


def public_base_url() -> str:
    """The address without a slash at the end: PUBLIC_URL, else the one just used."""
    return current_app.config["PUBLIC_URL"] or request.url_root.rstrip("/")
