"""Pages of the indicators floor: raw values and their clearance."""
