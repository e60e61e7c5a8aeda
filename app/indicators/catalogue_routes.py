"""Pages of the indicators floor: the catalogue of indicators and the agreement on it."""
