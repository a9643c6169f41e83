"""Workers are killed while they tell people that events were moved or cancelled: each hears of
each once by each way.
"""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import select

from officine.app import create_app
from officine.blueprints.attendance import commands
from officine.blueprints.attendance.notices import telling
from officine.blueprints.planning.events import EventCancelled, EventRescheduled
from officine.core import mail, worker
from officine.core.clock import now
from officine.core.config import ROOT, Settings
from officine.core.db import db, reading
from officine.core.outbox import record
from officine.models import EventChange, Member, Notification
from tests.attendance.conftest import an_event
from tests.world import World

LIVES = (
    {"deadly_write": 4},
    {"deadly_letter": 3},
    {"deadly_letter": 2, "minutes": 11},
    {"minutes": 22},
)
"""Of four workers, one after the other: before which letter that it writes, or hands over, each is
killed; and how much later it works. What a dead one held in its hands is sent ten minutes later.
"""


def test_each_person_hears_once_however_often_the_worker_is_killed(
    app: Flask, world: World, settings: Settings, crowd: Callable, tmp_path: Path, settle: Callable
) -> None:
    people = crowd(5)
    moved, cancelled = (an_event(world.marta, slug=slug) for slug in ("spostato", "annullato"))
    for event in (moved, cancelled):
        for who in people:
            commands.reply(event, "going", by=who, at=now())
    settle()
    record(EventRescheduled(changed(moved, "moved", world.marta)))
    record(EventCancelled(changed(cancelled, "cancelled", world.marta)))
    db.session.commit()

    kept = tmp_path / "letters"
    assert lives_and_deaths(settings, kept) == [signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, 0]

    reached = Counter(kept.read_text().splitlines())
    assert sorted(reached.values()) == [1] * 10
    assert Counter(json.loads(line)[0] for line in reached) == {
        f"{who.name} <{who.email}>": 2 for who in people
    }
    with reading():
        heard = select(Notification.member_id, Notification.kind).where(
            Notification.kind.in_(("event-moved", "event-cancelled"))
        )
        assert sorted(tuple(row) for row in db.session.execute(heard)) == sorted(
            (who.id, kind) for who in people for kind in ("event-moved", "event-cancelled")
        )


def changed(event, kind: str, by: Member) -> int:
    change = EventChange(
        kind=kind, event_id=event.id, at=now(), by_id=by.id, language="it", reason="Neve.",
        was_starts_at=event.starts_at, was_ends_at=event.ends_at,
    )  # fmt: skip
    db.session.add(change)
    db.session.flush()
    return change.id


def lives_and_deaths(settings: Settings, kept: Path) -> list[int]:
    """Let workers of their own processes work on the same database; by what each ended."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("OFFICINE")}
    environ |= {
        "OFFICINE_DATA_DIR": str(settings.data_dir),
        "OFFICINE_DATABASE_URL": settings.database_url,
        "OFFICINE_SECRET_KEY": settings.secret_key,
        "OFFICINE_BASE_URL": settings.base_url,
        "OFFICINE_JOBS_URL": "memory:",
        "OFFICINE_SEARCH_URL": "memory:",
        "OFFICINE_LOG_LEVEL": "error",
    }
    # A process with one thread and no connection: whatever it forks begins like a fresh start.
    command = [sys.executable, "-m", "tests.attendance.test_killed_worker", str(kept)]
    done = subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
    return [int(word) for word in done.stdout.split()]


def start_workers(kept: Path) -> None:
    """Start one worker after the other, and say by what each ended."""
    app = create_app(Settings.read())
    for life in LIVES:
        process = os.fork()
        if process == 0:
            work(app, kept, **life)
            os._exit(0)
        print(os.waitpid(process, 0)[1], flush=True)


def work(
    app: Flask, kept: Path, deadly_write: int = 0, deadly_letter: int = 0, minutes: int = 0
) -> None:
    """What one worker does in its life."""
    app.extensions["officine.mail"] = Postman(kept, deadly_letter)
    telling.BATCH, write, written = 2, mail.write, Counter[str]()

    def write_one(*arguments, **more):
        written["letters"] += 1
        die_at(deadly_write, written["letters"])
        return write(*arguments, **more)

    mail.write = write_one
    with app.app_context(), time_machine.travel(now() + timedelta(minutes=minutes)):
        worker.work_through()


class Postman:
    """Notes whom each letter reached."""

    def __init__(self, kept: Path, deadly: int) -> None:
        self.kept, self.deadly, self.sent = kept, deadly, 0

    def send(self, message: EmailMessage) -> None:
        self.sent += 1
        die_at(self.deadly, self.sent)
        with self.kept.open("a") as lines:
            lines.write(json.dumps([str(message["To"]), str(message["Subject"])]) + "\n")


def die_at(deadly: int, number: int) -> None:
    if number == deadly:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    start_workers(Path(sys.argv[1]))
