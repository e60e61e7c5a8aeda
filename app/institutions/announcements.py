"""What later floors may want to follow: they connect, this floor knows nobody by name.

A floor that moves what is its own notes under a word of its own in `merge.moved` what it moved, so that parting can
put exactly that back; see `app.institutions.moves`.
"""

from blinker import Signal

institutions_merged = Signal("Sent with the merge (kept and merged loaded), in the same transaction, after merging.")
institutions_parted = Signal("Sent with the merge (kept and merged loaded), in the same transaction, after parting.")
