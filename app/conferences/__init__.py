"""Conferences, agenda, topics, preparation."""
