"""Who is invited, answers, registrations."""
