"""Need links follow when the offers floor renames or merges categories."""

from collections.abc import Sequence

from app.accounts.models import Municipality
from app.extensions import db
from app.findings import queries
from app.offers.announcements import category_renamed


@category_renamed.connect
def rename_links(municipality: Municipality, *, before: Sequence[str], after: str) -> None:
    """Give links of the old names the new one; where that has a link for the group already, the old one goes."""
    links = queries.list_need_links(municipality)
    taken = {link.target_group for link in links if link.category == after}
    for link in links:
        if link.category not in before:
            continue
        if link.target_group in taken:
            db.session.delete(link)
        else:
            link.category = after
            taken.add(link.target_group)
    db.session.flush()
