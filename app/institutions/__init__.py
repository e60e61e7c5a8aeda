"""The directory of institutions and contact people."""
