"""What the worker does side by side."""

import threading
from collections import Counter

import pytest

from officine.blueprints.forum import commands as forum
from officine.core import mail, worker
from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping

PATIENCE = 30


class Hanging:
    """A mail server that answers when it is let."""

    def __init__(self):
        self.is_asked, self.answers = threading.Event(), threading.Event()
        self.sent = []

    def send(self, message):
        self.is_asked.set()
        assert self.answers.wait(PATIENCE)
        self.sent.append(str(message["Message-ID"]))


@pytest.fixture
def hanging(app, world, tmp_path, monkeypatch):
    """A mail server that hangs, while the worker has threads as in a site that serves."""
    server = Hanging()
    queue = worker.open_queue(f"sqlite:///{tmp_path}/jobs.db")
    monkeypatch.setitem(app.extensions, "officine.mail", server)
    monkeypatch.setitem(app.extensions, "officine.queue", queue)
    keeping.rebuild()
    yield server
    server.answers.set()
    worker.apart(worker.deliver_mail).wait(PATIENCE)


def work():
    db.session.commit()
    worker.work_through()


def write(world, text):
    """A question in a group that Davide follows by mail, and an answer that its author hears of."""
    opened = forum.open_topic(
        world.export, by=world.marta, title="Merce ferma a Felixstowe", text=text, at=now()
    )
    forum.answer(opened, by=world.davide, text=f"Anche da noi: {text}", at=now())


def test_while_a_letter_hangs_what_is_written_is_found_and_told(world, visit, hanging):
    write(world, "zanzibar")
    work()
    assert hanging.is_asked.wait(PATIENCE)

    write(world, "madagascar")
    work()

    assert "<mark>madagascar</mark>" in visit().get("/it/search?q=madagascar").text
    assert hanging.sent == []


def test_letters_that_waited_behind_one_that_hung_go_out_once_each(world, hanging):
    write(world, "zanzibar")
    work()
    assert hanging.is_asked.wait(PATIENCE)
    write(world, "madagascar")
    work()

    hanging.answers.set()
    worker.apart(worker.deliver_mail).wait(PATIENCE)

    written = db.session.scalars(db.select(mail.Mail.id)).all()
    assert len(written) >= 2
    assert Counter(hanging.sent) == {f"<officine-{id}@officine.test>": 1 for id in written}


def test_another_worker_leaves_alone_the_letter_that_hangs(world, hanging, monkeypatch, app):
    write(world, "zanzibar")
    work()
    assert hanging.is_asked.wait(PATIENCE)
    others = Hanging()
    others.answers.set()
    monkeypatch.setitem(app.extensions, "officine.mail", others)

    mail.deliver_waiting()
    hanging.answers.set()
    worker.apart(worker.deliver_mail).wait(PATIENCE)

    written = db.session.scalars(db.select(mail.Mail.id)).all()
    assert len(hanging.sent) == 1
    assert sorted(hanging.sent + others.sent) == sorted(
        f"<officine-{id}@officine.test>" for id in written
    )


def test_a_worker_that_stops_begins_no_further_letter(world, hanging, monkeypatch):
    hanging.answers.set()
    write(world, "zanzibar")
    write(world, "madagascar")
    monkeypatch.setattr(worker, "run_apart", lambda function: None)
    work()

    assert mail.deliver_waiting(is_to_stop=lambda: len(hanging.sent) == 1) == 1
    assert mail.deliver_waiting() >= 1
