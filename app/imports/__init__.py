"""Uploads in two steps: what a file says is shown row by row, and exactly that is taken over, or undone."""
