"""The tables of a copied conference: the same rooms and seats, new codes, nobody at them."""

from app.conferences.announcements import conference_copied
from app.conferences.models import Conference, Topic
from app.tables import queries, services


@conference_copied.connect
def copy_tables(original: Conference, *, copy: Conference, topics: dict[int, Topic]) -> None:  # noqa: ARG001 -- the signal's values
    """Set up every table again for the new topics, in the order of their numbers; hosts are people and stay behind."""
    for table in queries.list_tables(original):
        row = services.add_table(topic=topics[table.topic_id], room=table.room, capacity=table.capacity)
        row.accessible = table.accessible
