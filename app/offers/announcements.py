"""What later floors may want to follow: they connect, this floor knows nobody by name."""

from blinker import Signal

category_renamed = Signal(
    "Sent with the municipality, `before` (names) and `after` (a name), in the same transaction, "
    "after categories of all offers were renamed or merged."
)
