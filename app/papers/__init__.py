"""Strategy papers: writing, freezing, publishing."""
