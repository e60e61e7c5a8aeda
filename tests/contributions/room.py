"""How tests act in the room: as a phone, as a listener, as a host."""

import uuid
from itertools import islice

from app.contributions.enums import Kind
from app.contributions.submission import Submission

JSON = {"Accept": "application/json"}


def client_id() -> str:
    """An id as a phone makes it."""
    return str(uuid.uuid4())


def sent(text: str = "Es fehlt ein offener Treff.", **fields) -> Submission:
    """A checked submission."""
    fields.setdefault("kind", Kind.NEED)
    fields.setdefault("client_id", client_id())
    return Submission(text=text, **fields)


def submit(client, code: str, text: str = "Es fehlt ein offener Treff.", headers=None, **fields):
    """Send a contribution as the script does; a field given as None is left out."""
    body = {"text": text, "kind": "need", "client_id": client_id(), **fields}
    body = {name: value for name, value in body.items() if value is not None}
    return client.post(f"/t/{code}/beitraege", json=body, headers={**JSON, **(headers or {})})


def items(client, code: str) -> list[dict]:
    """What the table's list holds."""
    return client.get(f"/t/{code}/beitraege", headers=JSON).json["items"]


class Listener:
    """A connected page: `next()` is the next event's text, without waiting for one that does not come."""

    def __init__(self, client, path: str):
        self.response = client.get(path)
        assert self.response.mimetype == "text/event-stream", self.response.status
        self._frames = iter(self.response.response)
        assert next(self._frames) == b"retry: 2000\n\n"

    def next(self) -> str:
        """The next event."""
        return next(islice(self._frames, 1)).decode()

    def close(self) -> None:
        """Leave."""
        self.response.close()


def event_id(frame: str) -> int:
    """The version an event carries."""
    return int(frame.split("\n")[0].removeprefix("id: "))
