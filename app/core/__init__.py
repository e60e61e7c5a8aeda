"""Shared by all floors; knows nothing of municipalities, conferences or papers."""
