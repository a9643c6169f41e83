"""The worker: what happens after the answer has gone out.

Huey carries the calls. A call is only ever a nudge: what must not be lost is a row in the
database (an event, a mail, a change to the index), and a nudge that got lost is made up for
within a minute.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from officine.core import mail, outbox
from officine.core.clock import now
from officine.core.config import file_path
from officine.core.db import Model, db

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 15
SEEN_WITHIN = timedelta(minutes=1)
APART = "apart:"
LAST_LETTER_SECONDS = 8
"""How long a worker that is told to stop waits for the letter that is on its way."""


class Heartbeat(Model):
    """When a process last said that it is alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


def open_queue(url: str) -> Huey:
    """The queue that a setting names: ``sqlite:///path``, ``redis://``, ``postgresql://``, or
    ``memory:``, where calls wait until `run_waiting_calls` (tests).
    """
    scheme = urlsplit(url).scheme
    if scheme == "memory":
        return MemoryHuey("officine", results=False)
    if scheme in ("redis", "rediss"):
        return RedisHuey("officine", url=url, results=False)
    if scheme.startswith("postgres"):
        return PostgresHuey("officine", dsn=url, results=False)
    return SqliteHuey(
        "officine", filename=str(file_path(url)), results=False, fsync=False, timeout=15
    )


def run_waiting_calls(queue: Huey) -> None:
    """Run what waits in the queue, here and now; the same call, asked for again meanwhile, once."""
    while len(queue):
        calls = [queue.dequeue() for _ in range(len(queue))]
        for task in {(each.name, repr(each.args)): each for each in calls}.values():
            queue.execute(task)


class Jobs:
    """Background work by name. A feature registers its jobs with `job` and `every`."""

    def __init__(self) -> None:
        self.functions: dict[str, Callable[..., Any]] = {}
        self.periodic: list[tuple[Callable[[], Any], Any]] = []
        self.first: list[Callable[[], Any]] = []

    def job(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Register work that can be asked for with `later`."""
        self.functions[f"{function.__module__}.{function.__name__}"] = function
        return function

    def every(self, **when: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
        """Register work at set times: `@jobs.every(minute="*/5")`, in UTC."""

        def register(function: Callable[[], Any]) -> Callable[[], Any]:
            self.periodic.append((function, crontab(**when)))
            return function

        return register

    def at_start(self, function: Callable[[], Any]) -> Callable[[], Any]:
        """Register work that each worker does first of all."""
        self.first.append(self.job(function))
        return function

    def bind(self, app: Flask, queue: Huey) -> None:
        """Let the queue run these jobs inside the application."""

        def run(name: str, arguments: list[Any]) -> None:
            with app.app_context():
                self.functions[name](*arguments)
                db.session.commit()

        self._run = queue.task(name="run")(run)
        app.extensions["officine.queue"] = queue
        for function, when in self.periodic:
            queue.periodic_task(when, name=f"{function.__module__}.{function.__name__}")(
                _inside(app, function)
            )

    def later(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Ask the worker to call a registered job. It may be lost with the machine: never use
        it for what must happen; record an event for that.
        """
        current_app.extensions["officine.run"](
            f"{function.__module__}.{function.__name__}", list(arguments)
        )


jobs = Jobs()


def init_app(app: Flask, queue: Huey) -> None:
    """Make the queue known to the application."""
    jobs.bind(app, queue)
    app.extensions["officine.run"] = jobs._run


@jobs.job
def work_through() -> None:
    """Settle events and follow them up after each batch. The mail that they caused goes out in a
    thread of its own: a slow mail server keeps nobody from finding a post.
    """
    follow_ups = current_app.extensions.get("officine.follow_ups", ())
    more = True
    while more:
        more = outbox.settle_batch() > 0
        for follow_up in follow_ups:
            follow_up()
    run_apart(deliver_mail)


def deliver_mail() -> None:
    """Send the letters that wait, one after the other; of a worker that stops, none is begun."""
    mail.deliver_waiting(is_to_stop=_stopping.is_set)


@jobs.every(minute="*")
def make_up_for_lost_nudges() -> None:
    """Whatever waited because its nudge got lost happens now."""
    work_through()


def wake() -> None:
    """Tell the worker that something waits."""
    jobs.later(work_through)


_stopping = threading.Event()


class _Apart:
    """Long work in a thread of its own, one at a time in each worker."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__name__}"
        self.lock = threading.Lock()
        self.is_asked = False
        self.thread: threading.Thread | None = None

    def ask(self, app: Flask) -> None:
        """Do it; or, while it is being done, once more: what came meanwhile may have come late."""
        with self.lock:
            self.is_asked = True
            if self.thread is None:
                self.thread = threading.Thread(
                    target=self._run, args=(app,), name=f"{APART}{self.name}", daemon=True
                )
                self.thread.start()

    def wait(self, seconds: float) -> None:
        """Wait until it is done, for some seconds at most."""
        if thread := self.thread:
            thread.join(seconds)

    def _run(self, app: Flask) -> None:
        while self._is_still_asked():
            try:
                with app.app_context():
                    self.function()
                    db.session.commit()
            except Exception:
                log.exception("work apart failed", work=self.name)

    def _is_still_asked(self) -> bool:
        with self.lock:
            is_asked, self.is_asked = self.is_asked, False
            if not is_asked:
                self.thread = None
            return is_asked


_apart: dict[Callable[[], Any], _Apart] = {}


def apart(function: Callable[[], Any]) -> _Apart:
    """Long work by what it does."""
    return _apart.setdefault(function, _Apart(function))


def run_apart(function: Callable[[], Any]) -> None:
    """Let long work run in a thread of its own, so that what is quick need not wait for it. Under
    a queue without a worker (tests) it runs here and now.
    """
    if isinstance(current_app.extensions["officine.queue"], MemoryHuey):
        function()
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    apart(function).ask(app)


def is_apart() -> bool:
    """Whether this is a thread of long work, which may wait."""
    return threading.current_thread().name.startswith(APART)


def worker_seen(at: datetime) -> bool:
    """Whether a worker was alive within the last minute."""
    beat = db.session.get(Heartbeat, "worker")
    return beat is not None and at - beat.at < SEEN_WITHIN


def run(app: Flask, threads: int = 2) -> None:
    """Work until told to stop (SIGINT, SIGTERM)."""
    queue: Huey = app.extensions["officine.queue"]
    stop = threading.Event()
    heart = threading.Thread(target=_beat, args=(app, stop), daemon=True, name="heartbeat")
    heart.start()
    with app.app_context():
        wake()
        for function in jobs.first:
            jobs.later(function)
    # Whoever runs services says SIGTERM, and means: finish what you are doing.
    consumer = queue.create_consumer(
        workers=threads, initial_delay=0.1, max_delay=0.4, graceful_signal="TERM"
    )
    try:
        consumer.run()
    finally:
        stop.set()
        _stopping.set()
        apart(deliver_mail).wait(LAST_LETTER_SECONDS)
        heart.join(timeout=5)


def _inside(app: Flask, function: Callable[[], Any]) -> Callable[[], None]:
    def call() -> None:
        with app.app_context():
            function()
            db.session.commit()

    return call


def _beat(app: Flask, stop: threading.Event) -> None:
    while True:
        try:
            with app.app_context():
                db.session.merge(Heartbeat(name="worker", at=now()))
                db.session.commit()
        except Exception:
            log.exception("heartbeat failed")
        if stop.wait(HEARTBEAT_SECONDS):
            return
