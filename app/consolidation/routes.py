"""Pages of the consolidation floor: the desk and the recommendations."""

from app.consolidation import routes_desk, routes_recommendations
from app.consolidation.blueprint import bp

__all__ = ["bp", "routes_desk", "routes_recommendations"]
