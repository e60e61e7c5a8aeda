"""The profile of an area: figures, index, map, offers, assessments, conferences and what became of them."""
