"""Work that may take its time: queued in a request, done by the worker process.

A job is a plain function registered with `@jobs.job`; it runs inside an application context and commits itself.
"""

import logging
from collections.abc import Callable

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab

log = logging.getLogger(__name__)


class Jobs:
    """The queue of one application and the functions it may run."""

    def __init__(self):
        self._functions: dict[str, Callable] = {}
        self._nightly: list[Callable] = []
        self._every_minute: list[Callable] = []

    def job(self, function: Callable) -> Callable:
        """Allow a function to be queued by name."""
        self._functions[f"{function.__module__}.{function.__name__}"] = function
        return function

    def nightly(self, function: Callable) -> Callable:
        """Run a function without arguments every night."""
        self._nightly.append(function)
        return function

    def every_minute(self, function: Callable) -> Callable:
        """Run a function without arguments once a minute."""
        self._every_minute.append(function)
        return function

    def init_app(self, app: Flask) -> None:
        """Open the queue: SQLite in the data folder, or Redis where configured."""
        huey = _open_queue(app)

        def run(name: str, arguments: dict) -> None:
            self._run(app, self._functions[name], arguments)

        app.extensions["jobs"] = huey
        app.extensions["run_job"] = huey.task(name="run")(run)
        for function in self._nightly:
            huey.periodic_task(crontab(hour="2", minute="17"), name=f"nightly_{function.__name__}")(
                lambda function=function: self._run(app, function, {})
            )
        for function in self._every_minute:
            huey.periodic_task(crontab(minute="*"), name=f"minutely_{function.__name__}")(
                lambda function=function: self._run(app, function, {})
            )

    def enqueue(self, app: Flask, function: Callable, **arguments) -> None:
        """Queue a registered job. Call it after the commit."""
        app.extensions["run_job"](f"{function.__module__}.{function.__name__}", arguments)

    def _run(self, app: Flask, function: Callable, arguments: dict) -> None:
        with app.app_context():
            log.info("job", extra={"job": function.__name__})
            function(**arguments)


def _open_queue(app: Flask) -> Huey:
    if app.config["REDIS_URL"]:
        return RedisHuey("thementisch", url=app.config["REDIS_URL"])
    return SqliteHuey("thementisch", filename=str(app.config["DATA_DIR"] / "jobs.sqlite"), fsync=True)


jobs = Jobs()
