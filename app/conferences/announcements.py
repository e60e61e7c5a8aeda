"""What later floors may want to follow: they connect, this floor knows nobody by name."""

from blinker import Signal

topic_retitled = Signal("Sent with the topic, in the same transaction, after its title changed.")
