"""Where offers and need part: gaps, oversupply and other findings by category, target group and area."""
