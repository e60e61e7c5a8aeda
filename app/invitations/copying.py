"""What a copied conference takes over of the invitations: the words of the letter, no guests."""

from app.conferences.announcements import conference_copied
from app.conferences.models import Conference, Topic
from app.core import clock
from app.extensions import db
from app.invitations.models import InvitationLetter
from app.invitations.queries import find_letter


@conference_copied.connect
def copy_letter(original: Conference, *, copy: Conference, topics: dict[int, Topic]) -> None:  # noqa: ARG001 -- the signal's values
    """The same letter, with the day to answer by moved along with the event."""
    letter = find_letter(original)
    if letter is None:
        return
    moved = clock.local_date(copy.starts_at) - clock.local_date(original.starts_at)
    db.session.add(
        InvitationLetter(
            conference_id=copy.id,
            subject=letter.subject,
            body=letter.body,
            sender=letter.sender,
            reply_by=letter.reply_by + moved,
        )
    )
    db.session.flush()
