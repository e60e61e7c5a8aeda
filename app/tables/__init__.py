"""Topic tables, seats, QR codes, print kit."""
