"""Closed lists of the registrations floor."""

from enum import StrEnum


class Opening(StrEnum):
    """Whether somebody may register without an invitation now, or why not."""

    OPEN = "open"
    INVITED_ONLY = "invited_only"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    BEGUN = "begun"
