"""Contributions become points, points become recommendations."""
