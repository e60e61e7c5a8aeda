"""Registering without an invitation, the waiting list, and everybody's own page."""
