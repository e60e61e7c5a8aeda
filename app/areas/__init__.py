"""Area schemes, levels, areas and outlines."""
