"""Pages of the Sozialatlas for the office: offers, categories, requests to providers."""

from app.offers import category_routes, imports, link_routes, merging, offer_routes, retention
from app.offers.blueprint import bp

__all__ = ["bp", "category_routes", "imports", "link_routes", "merging", "offer_routes", "retention"]
