"""The bus: nothing between snapshot and stream is lost, nothing comes twice, slow clients are let go."""

from itertools import islice

import pytest

from app.core.live import QUEUE_LENGTH, Bus, Event, RedisBus
from tests.redis import redis_url

SNAPSHOT = Event.of(5, "<p>Stand</p>")


@pytest.fixture(params=["process", "redis"])
def bus(request):
    """Both kinds of bus."""
    return Bus() if request.param == "process" else RedisBus(redis_url())


def read(subscription, count):
    """The next frames of a subscription."""
    return [frame.decode() for frame in islice(iter(subscription), count)]


def test_snapshot_comes_first_then_what_was_published_meanwhile(bus):
    subscription = bus.subscribe("table:1")
    subscription.snapshot = SNAPSHOT
    bus.publish("table:1", Event.of(6, "<p>Neu</p>"))

    retry, snapshot, event = read(subscription, 3)

    assert retry.startswith("retry:")
    assert snapshot == "id: 5\ndata: <p>Stand</p>\n\n"
    assert event == "id: 6\ndata: <p>Neu</p>\n\n"


def test_what_the_snapshot_holds_is_not_sent_again(bus):
    subscription = bus.subscribe("table:1")
    subscription.snapshot = SNAPSHOT
    bus.publish("table:1", Event.of(5, "<p>alt</p>"))
    bus.publish("table:1", Event.of(6, "<p>neu</p>"))

    assert read(subscription, 3)[2] == "id: 6\ndata: <p>neu</p>\n\n"


def test_channels_do_not_hear_each_other(bus):
    mine, other = bus.subscribe("table:1"), bus.subscribe("table:2")
    mine.snapshot = other.snapshot = SNAPSHOT
    bus.publish("table:2", Event.of(6, "fremd"))
    bus.publish("table:1", Event.of(6, "eigen"))

    assert read(mine, 3)[2] == "id: 6\ndata: eigen\n\n"


def test_a_client_too_slow_for_its_queue_is_let_go():
    bus = Bus()
    subscription = bus.subscribe("table:1")
    for version in range(QUEUE_LENGTH + 1):
        bus.publish("table:1", Event.of(version, "x"))

    assert bus.subscriber_count() == 0
    assert not bus.knows("table:1", subscription)


def test_closing_twice_is_harmless_and_leaves_no_channel_behind():
    bus = Bus()
    subscription = bus.subscribe("table:1")

    subscription.close()
    subscription.close()

    assert bus.subscriber_count() == 0


def test_markup_of_several_lines_stays_one_event():
    assert Event.of(1, "<ul>\n\n<li>a</li>\n</ul>").frame == b"id: 1\ndata: <ul>\ndata: <li>a</li>\ndata: </ul>\n\n"
