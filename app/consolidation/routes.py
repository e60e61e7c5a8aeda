"""Pages of the consolidation floor: the desk and the recommendations."""

from app.consolidation import desk_routes, recommendation_routes
from app.consolidation.blueprint import bp

__all__ = ["bp", "desk_routes", "recommendation_routes"]
