"""Mails of this floor."""

try:
    from app.invitations.conference_mails import reply
except ImportError:

    def reply(**_arguments) -> None:
        """Nobody writes yet."""
