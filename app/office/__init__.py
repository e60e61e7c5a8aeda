"""The organiser's desk: what is next, across all floors."""
