"""Adds the pages of the preparation to the blueprint."""

from app.conferences import agenda_routes, task_routes

__all__ = ["agenda_routes", "task_routes"]
