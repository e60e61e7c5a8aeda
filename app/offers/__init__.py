"""The Sozialatlas."""
