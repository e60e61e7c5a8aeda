"""The demo town, seeded through the same services people use."""
