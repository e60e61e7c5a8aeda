"""The readers' front door."""
