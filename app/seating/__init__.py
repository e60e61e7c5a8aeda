"""A fair plan of who sits where, and changing it by hand."""
