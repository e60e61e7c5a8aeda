"""A load generator to read in a minute: clients in threads, each on one connection, for a number of seconds."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Request = tuple[str, str, bytes | None, dict[str, str]]


@dataclass(frozen=True)
class Result:
    """Requests per second, 95th percentile in milliseconds, answers by status."""

    rate: float
    p95: float
    statuses: dict[int, int]


def run(base: str, make_request: Callable[[], Request], clients: int = 20, seconds: float = 5) -> Result:
    """Send requests as fast as answers come; `make_request` returns method, path, body, headers."""
    times: list[float] = []
    statuses: dict[int, int] = {}
    end = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_client, args=(base, make_request, end, times, statuses)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return Result(len(times) / seconds, times[int(len(times) * 0.95)] * 1000 if times else 0.0, statuses)


def _client(base: str, make_request, end: float, times: list[float], statuses: dict[int, int]) -> None:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    while time.perf_counter() < end:
        method, path, body, headers = make_request()
        begun = time.perf_counter()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - begun)
        statuses[response.status] = statuses.get(response.status, 0) + 1
    connection.close()
