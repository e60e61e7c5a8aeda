"""A running Thementisch as people have it: gunicorn with gevent and a worker, on a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


class Server:
    """Web server and worker on loopback; `kill` ends the web server as a power cut would."""

    def __init__(self, data_dir: Path, database_url: str | None = None, **environment: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "SECRET_KEY": "journey-key-journey-key-journey-key",
            **environment,
        }
        self.environment.pop("DATABASE_URL", None)
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        self._log = data_dir / "server.log"
        self._processes: list[subprocess.Popen] = []

    def flask(self, *arguments: str) -> str:
        """Run a command of the application and return what it printed. Raises CalledProcessError."""
        command = [BIN / "flask", "--app", "wsgi", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, text=True, stdout=subprocess.PIPE
        ).stdout

    def info(self) -> dict:
        """What `demo info --json` prints."""
        return json.loads(self.flask("demo", "info", "--json"))

    def start(self, worker: bool = True) -> "Server":
        """Start and wait until it answers."""
        if worker:
            self._spawn("flask", "--app", "wsgi", "worker")
        return self.start_application("wsgi:app", ready="/healthz")

    def start_application(self, application: str, ready: str) -> "Server":
        """Serve an application as in production and wait until the path `ready` answers."""
        self._spawn("gunicorn", "--config", "deploy/gunicorn.conf.py", application)
        for _ in range(300):
            if self.get(ready) == 200:
                return self
            time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def get(self, path: str) -> int | None:
        """The status of a path, or None when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def kill(self) -> None:
        """kill -9 for everything, children included."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask everything to end and wait for it."""
        self._end(signal.SIGTERM)

    def _spawn(self, name: str, *arguments: str) -> None:
        with self._log.open("ab") as log:
            command = [BIN / name, *arguments]
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._processes.append(process)

    def _end(self, sign: signal.Signals) -> None:
        for process in self._processes:
            if process.poll() is None:
                os.killpg(process.pid, sign)
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._processes.clear()


def free_port() -> int:
    """A loopback port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
