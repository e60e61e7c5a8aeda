"""Speed of a table (quality.md S1, S2) as ratios against the reference in the same run. Printed, not judged."""

import json
import uuid

import pytest

from tests.bench import load
from tests.journeys.conftest import new_server
from tests.journeys.server import Server

pytestmark = pytest.mark.bench
JSON = {"Accept": "application/json"}


@pytest.fixture
def table(tmp_path):
    """The path of a table with some 300 contributions, served by the application."""
    server = new_server(tmp_path)
    server.flask("demo", "seed", "--stage", "live")
    server.start(worker=False)
    path = server.info()["tables"][0]["url"].removeprefix(server.url)
    load.run(server.url, lambda: submit(path), clients=4, seconds=2)
    yield server, path
    server.stop()


@pytest.fixture
def reference(tmp_path):
    """The reference application on the same server settings."""
    server = Server(tmp_path)
    server.start_application("tests.bench.reference:app", ready="/hello")
    yield server
    server.stop()


def submit(path: str) -> load.Request:
    """A contribution of its own."""
    body = {"text": "Es fehlt ein offener Treff.", "kind": "need", "client_id": str(uuid.uuid4())}
    return "POST", f"{path}/beitraege", json.dumps(body).encode(), {**JSON, "Content-Type": "application/json"}


def show(name: str, ours: load.Result, bare: load.Result) -> None:
    """One line a figure."""
    ratio = ours.rate / bare.rate
    print(  # noqa: T201 -- a benchmark prints
        f"\n{name}: {ratio:.2f} × reference ({ours.rate:.0f}/s against {bare.rate:.0f}/s), "
        f"p95 {ours.p95:.0f} ms against {bare.p95:.0f} ms, answers {ours.statuses}"
    )


def test_s1_reading_a_table(table, reference):
    server, path = table

    bare = load.run(reference.url, lambda: ("GET", "/hello", None, {}))
    ours = load.run(server.url, lambda: ("GET", f"{path}/beitraege", None, JSON))

    show("S1 Liste lesen", ours, bare)
    assert set(ours.statuses) == {200}


def test_s2_submitting_a_contribution(table, reference):
    server, path = table

    bare = load.run(reference.url, lambda: ("POST", "/insert", b"", {}))
    ours = load.run(server.url, lambda: submit(path))

    show("S2 Beitrag senden", ours, bare)
    assert set(ours.statuses) <= {201, 429}
