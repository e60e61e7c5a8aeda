"""What became of the recommendations."""
