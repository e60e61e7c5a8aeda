"""Adds the pages of the preparation to the blueprint, and its reminders to the jobs."""

from app.conferences import (
    agenda_routes,
    checklist_routes,
    material_routes,
    packing_routes,
    reminders,
    room_routes,
    task_routes,
    team_routes,
)

__all__ = [
    "agenda_routes",
    "checklist_routes",
    "material_routes",
    "packing_routes",
    "reminders",
    "room_routes",
    "task_routes",
    "team_routes",
]
