"""Mails to groups of people: reminders, changes, thanks, and what became of it."""
