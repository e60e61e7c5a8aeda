"""The day itself: who came, and what they thought of it."""
