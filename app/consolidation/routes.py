"""Pages of the consolidation floor: the desk, the recommendations, chained events."""

from app.consolidation import chain_routes, desk_routes, merging, recommendation_routes
from app.consolidation.blueprint import bp

__all__ = ["bp", "chain_routes", "desk_routes", "merging", "recommendation_routes"]
