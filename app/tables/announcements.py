"""What later floors may want to follow: they connect, this floor knows nobody by name."""

from blinker import Signal

table_changed = Signal("Sent with a table's id after the commit that changed its phase or title.")
