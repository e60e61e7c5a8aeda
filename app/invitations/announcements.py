"""What later floors may want to follow: they connect, this floor knows nobody by name."""

from blinker import Signal

places_given = Signal("Sent with the conference, `registrations` and `now`, after people moved up in the line.")
substitute_named = Signal("Sent with the invitation, `registration` and `now`, after a colleague was named.")
