"""Indicator values, Sozialindex, maps."""
