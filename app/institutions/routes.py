"""Pages of the directory for the office: entries, duplicates, requests to be invited."""

from app.institutions import directory_routes, duplicate_routes, imports, request_routes, retention
from app.institutions.blueprint import bp

__all__ = ["bp", "directory_routes", "duplicate_routes", "imports", "request_routes", "retention"]
