"""Where people outside reach this server."""

from flask import current_app, has_request_context, request


def public_base_url() -> str:
    """The address without a slash at the end: PUBLIC_URL, else the one just used.

    Jobs were not asked by anybody; without PUBLIC_URL they know only where the server listens.
    """
    config = current_app.config
    if config["PUBLIC_URL"] or not has_request_context():
        return config["PUBLIC_URL"] or f"http://{config['HOST']}:{config['PORT']}"
    return request.url_root.rstrip("/")
