"""The bus behind every live page: publish once, write to every connected subscriber.

An event is rendered once, as bytes of a server-sent event, and handed to each subscriber's queue. In one
process that is all; with REDIS_URL, events travel through Redis so that several web processes share them.
"""

import queue
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import redis
from flask import Flask, Response, current_app

HEARTBEAT_SECONDS = 15
QUEUE_LENGTH = 256
REDIS_PREFIX = "live:"


@dataclass(frozen=True)
class Event:
    """One change: `version` orders events of a channel, `frame` is its server-sent event."""

    version: int
    frame: bytes

    @classmethod
    def of(cls, version: int, html: str, name: str | None = None) -> "Event":
        """Wrap a rendered fragment; unnamed events are swapped by htmx, named ones only announced."""
        lines = [f"id: {version}"]
        if name:
            lines.append(f"event: {name}")
        lines += [f"data: {line}" for line in html.splitlines() if line.strip()] or ["data:"]
        return cls(version, ("\n".join(lines) + "\n\n").encode())


class Subscription:
    """One connected client: the snapshot first, then every later event, heartbeats between.

    Made before the snapshot is read, so that nothing published in between is missed; events the snapshot
    already holds are left out. A client too slow for its queue is let go and reconnects to a fresh snapshot.
    """

    def __init__(self, bus: "Bus", channel: str):
        self._bus, self._channel = bus, channel
        self._queue: queue.Queue[Event | None] = queue.Queue(QUEUE_LENGTH)
        self.snapshot: Event | None = None

    def offer(self, event: Event | None) -> None:
        """Queue an event; None ends the stream."""
        try:
            self._queue.put_nowait(event)
        except queue.Full:
            self.close()

    def __iter__(self) -> Iterator[bytes]:
        yield b"retry: 2000\n\n"
        seen = -1
        if self.snapshot:
            seen = self.snapshot.version
            yield self.snapshot.frame
        while self._bus.knows(self._channel, self):
            try:
                event = self._queue.get(timeout=HEARTBEAT_SECONDS)
            except queue.Empty:
                yield b":\n\n"
                continue
            if event is None:
                return
            if event.version > seen:
                yield event.frame

    def close(self) -> None:
        """Leave the channel; the web server calls this when the client has gone."""
        self._bus.leave(self._channel, self)


class Bus:
    """Subscribers of this process by channel."""

    def __init__(self):
        self._channels: dict[str, set[Subscription]] = defaultdict(set)

    def subscribe(self, channel: str) -> Subscription:
        """Join a channel."""
        subscription = Subscription(self, channel)
        self._channels[channel].add(subscription)
        return subscription

    def leave(self, channel: str, subscription: Subscription) -> None:
        """Forget a subscriber; doing it twice is harmless."""
        self._channels[channel].discard(subscription)
        if not self._channels[channel]:
            self._channels.pop(channel, None)

    def knows(self, channel: str, subscription: Subscription) -> bool:
        """Whether the subscriber is still to be served."""
        return subscription in self._channels.get(channel, ())

    def publish(self, channel: str, event: Event) -> None:
        """Hand the event to every subscriber of the channel."""
        self.fan_out(channel, event)

    def fan_out(self, channel: str, event: Event) -> None:
        """Write to this process's subscribers."""
        for subscription in list(self._channels.get(channel, ())):
            subscription.offer(event)

    def subscriber_count(self) -> int:
        """How many clients this process serves."""
        return sum(len(subscriptions) for subscriptions in self._channels.values())

    def check(self) -> None:
        """Raise when the bus cannot carry events."""


class RedisBus(Bus):
    """The same across processes: one listener per process, one Redis channel per live channel."""

    def __init__(self, url: str):
        super().__init__()
        self._redis = redis.Redis.from_url(url)
        self._listener: threading.Thread | None = None

    def subscribe(self, channel: str) -> Subscription:
        """Join a channel; the first subscriber of a process starts its listener."""
        if self._listener is None:
            pubsub = self._redis.pubsub(ignore_subscribe_messages=True)
            pubsub.psubscribe(REDIS_PREFIX + "*")
            self._listener = threading.Thread(target=self._listen, args=(pubsub,), daemon=True)
            self._listener.start()
        return super().subscribe(channel)

    def publish(self, channel: str, event: Event) -> None:
        """Send the event to every process, this one included."""
        self._redis.publish(REDIS_PREFIX + channel, b"%d\n%s" % (event.version, event.frame))

    def check(self) -> None:
        """Raise redis.RedisError when Redis does not answer."""
        self._redis.ping()

    def _listen(self, pubsub) -> None:
        try:
            for message in pubsub.listen():
                version, frame = message["data"].split(b"\n", 1)
                channel = message["channel"].decode().removeprefix(REDIS_PREFIX)
                self.fan_out(channel, Event(int(version), frame))
        except redis.RedisError:
            self._let_everybody_reconnect()

    def _let_everybody_reconnect(self) -> None:
        """After a lost connection events may be missing: end all streams, clients come back to a snapshot."""
        self._listener = None
        for subscriptions in list(self._channels.values()):
            for subscription in list(subscriptions):
                subscription.offer(None)


def init_app(app: Flask) -> None:
    """Choose the bus by configuration."""
    url = app.config["REDIS_URL"]
    app.extensions["live"] = RedisBus(url) if url else Bus()


def bus() -> Bus:
    """The running application's bus."""
    return current_app.extensions["live"]


def publish(channel: str, event: Event) -> None:
    """Send an event out. Call it after the commit: it leaves the house."""
    bus().publish(channel, event)


def stream(subscription: Subscription, snapshot: Event) -> Response:
    """Answer a request with the subscription's events, the snapshot first."""
    subscription.snapshot = snapshot
    response = Response(subscription, mimetype="text/event-stream", direct_passthrough=True)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response
