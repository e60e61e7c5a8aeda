"""What later floors may want to follow: they connect, this floor knows nobody by name."""

from blinker import Signal

topic_retitled = Signal("Sent with the topic, in the same transaction, after its title changed.")
conference_changed = Signal(
    "Sent with the conference, `changed` (names of its columns) and `now`, in the same transaction, after a change, "
    "a cancellation („cancelled_at“) and after taking one back."
)
conference_copied = Signal(
    "Sent with the original, `copy` and `topics` (new topics by old id), in the same transaction."
)
audience_asked = Signal(
    "Sent with the conference before people are told something; answers with an `Audience` or None."
)
