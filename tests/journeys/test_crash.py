"""A power cut during the busiest minute: what was acknowledged is there afterwards, once."""

import json
import threading
import time
import urllib.request
import uuid

import pytest

from tests.journeys.conftest import new_server

SUBMITS = 200


def test_every_acknowledged_contribution_survives_kill_9(tmp_path):
    power_cut(tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("_run", range(15))
def test_every_acknowledged_contribution_survives_every_time(tmp_path, _run):
    power_cut(tmp_path)


def power_cut(folder):
    """Submit from eight phones, kill the server in the middle, start it again, compare."""
    server = new_server(folder)
    server.flask("demo", "seed", "--stage", "live")
    server.start(worker=False)
    table = server.info()["tables"][0]
    acknowledged: list[int] = []
    threads = [threading.Thread(target=submit, args=(table["url"], acknowledged, SUBMITS // 8)) for _ in range(8)]

    for thread in threads:
        thread.start()
    while len(acknowledged) < SUBMITS // 3:
        time.sleep(0.005)
    server.kill()
    for thread in threads:
        thread.join()
    server.start(worker=False)
    stored = everything(table["url"])
    server.stop()

    assert len(acknowledged) >= SUBMITS // 3
    assert len(acknowledged) < SUBMITS, "the server was killed too late to prove anything"
    assert set(acknowledged) <= {item["id"] for item in stored}
    assert len(stored) == len({item["text"] for item in stored})


def submit(url: str, acknowledged: list[int], count: int) -> None:
    """Send contributions as a phone does until nobody answers any more."""
    for number in range(count):
        client_id = str(uuid.uuid4())
        body = json.dumps({"text": f"Beitrag {number} {client_id}", "kind": "need", "client_id": client_id}).encode()
        request = urllib.request.Request(
            f"{url}/beitraege", body, {"Content-Type": "application/json", "Accept": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                acknowledged.append(json.load(response)["id"])
        except OSError:
            return


def everything(url: str) -> list[dict]:
    """All items of a table, page by page."""
    items, address = [], f"{url}/beitraege"
    while address:
        request = urllib.request.Request(address, headers={"Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as response:
            answer = json.load(response)
        items += answer["items"]
        address = answer["next"]
    return items
