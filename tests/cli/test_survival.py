"""Web and worker are killed outright while people write: nothing accepted is lost, and what
follows happens once.
"""

import http.client
import json
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import psutil
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from officine.app import create_app
from officine.blueprints.accounts.queries import fingerprint
from officine.blueprints.forum import commands as forum
from officine.core import outbox
from officine.core.clock import now
from officine.core.config import Settings
from officine.core.db import db, reading
from officine.core.index.interface import Query
from officine.core.index.keeping import IndexNote
from officine.core.mail import Mail
from officine.models import Follow, Notification, Post, SignIn, Topic
from officine.models.screening import NUMBERS, Screening
from tests.cli.site import Site, running_site
from tests.world import World

KILLED = ("web", "work", "web", "work")
BETWEEN_KILLS = 4


def prepared(site: Site) -> tuple[Flask, int, list[dict[str, str]]]:
    """The cast and a topic in the site’s database; the headers of those who will write."""
    app = create_app(
        Settings.read({"OFFICINE_DATA_DIR": site.environ["OFFICINE_DATA_DIR"],
                       "OFFICINE_SECRET_KEY": (site.folder / "data" / "secret").read_text().strip(),
                       "OFFICINE_JOBS_URL": "memory:"})
    )  # fmt: skip
    with app.app_context():
        world = World.created()
        topic = forum.open_topic(
            world.export, by=world.marta, title="Che tempo fa?", text="Qui piove.", at=now()
        )
        # They write faster than people do, which would make an editor read them first.
        db.session.add(
            Screening(**NUMBERS | {"most_posts": 10_000, "most_points": 1000}, changed_at=now())
        )
        db.session.commit()
        writers = [signed_in(app, member) for member in (world.marta, world.davide, world.teresa)]
        db.session.commit()
        return app, topic.id, writers


def signed_in(app: Flask, member) -> dict[str, str]:
    """What a browser sends for somebody who is signed in."""
    token = f"token-of-{member.id}"
    session = SignIn(member_id=member.id, token_hash=fingerprint(token), device="x")
    session.started_at = session.seen_at = now()
    db.session.add(session)
    kept = {"_user_id": token, "_fresh": True, "csrf_token": "x" * 40}
    cookie = SecureCookieSessionInterface().get_signing_serializer(app).dumps(kept)
    csrf = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps("x" * 40)
    return {
        "Cookie": f"officine={cookie}",
        "X-CSRFToken": csrf,
        "Content-Type": "application/x-www-form-urlencoded",
    }


def write_on(site: Site, topic_id: int, headers: dict[str, str], name: str, stop, accepted) -> None:
    """Write answers one after another; note those that the site accepted."""
    number = 0
    while not stop.is_set():
        text = f"parola{name}{number}"
        number += 1
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        try:
            body = urlencode({"text": text, "token": f"{name}-{number}"})
            connection.request("POST", f"/it/topics/{topic_id}/posts", body, headers)
            if connection.getresponse().status == 303:
                accepted.append(text)
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()


def test_whatever_is_killed_nothing_is_lost_done_twice_or_left_running(tmp_path: Path) -> None:
    """One start serves several questions, for a start is dear."""
    with running_site(tmp_path) as site:
        app, topic_id, writers = prepared(site)
        stop, accepted = threading.Event(), []
        threads = [
            threading.Thread(
                target=write_on, args=(site, topic_id, headers, name, stop, accepted), daemon=True
            )
            for headers, name in zip(writers, "abc", strict=True)
        ]
        for thread in threads:
            thread.start()
        try:
            for word in KILLED:
                wanted = len(accepted) + BETWEEN_KILLS
                site.until("writing", lambda wanted=wanted: len(accepted) >= wanted)
                kill(site, word)
        finally:
            stop.set()
        for thread in threads:
            thread.join(60)
        site.until("answering", lambda: site.status("/healthz") == 200)

        with app.app_context():
            site.until("settled", is_settled)
            with reading():
                nothing_was_lost(topic_id, accepted)
                everybody_heard_once(topic_id)
            everything_is_found(app, accepted)
            db.engine.dispose()
        app.extensions["officine.index"].close()

        # Killed is here what would have stopped the others; they notice by themselves.
        everything = site.kill()
        assert len(everything) == 3
        gone_by = time.monotonic() + 30
        while any(each.is_running() for each in everything):
            assert time.monotonic() < gone_by, everything
            time.sleep(0.05)


def kill(site: Site, word: str) -> None:
    """Kill the site’s web or worker processes outright, in the middle of whatever they do."""
    time.sleep(random.uniform(0, 0.3))
    for process in site.processes():
        with suppress(psutil.NoSuchProcess):
            if process.cmdline()[-1:] == [word]:
                process.kill()


def is_settled() -> bool:
    """Whether everything that follows has followed."""
    with reading():
        # One that a killed worker had in its hands leaves when the claim lapses.
        due = Mail.sent_at.is_(None) & (Mail.next_attempt_at <= now())
        unsent = db.session.scalar(select(func.count()).where(due))
        unwritten = db.session.scalar(select(func.count()).where(IndexNote.written_at.is_(None)))
        return not (outbox.waiting_events() or unsent or unwritten)


def nothing_was_lost(topic_id: int, accepted: list[str]) -> None:
    """Every answer that was accepted is there, once, under a number of its own."""
    posts = list(db.session.scalars(select(Post).where(Post.topic_id == topic_id)))
    texts = Counter(post.text for post in posts)
    assert [text for text in accepted if texts[text] != 1] == []
    assert sorted(post.number for post in posts) == list(range(1, len(posts) + 1))
    topic = db.session.get_one(Topic, topic_id)
    assert topic.posts_count == len(posts)
    assert topic.last_number == len(posts)


def everybody_heard_once(topic_id: int) -> None:
    """No notification and no letter stands twice, and none is missing of what was written after
    somebody had begun to follow.
    """
    heard = Counter(db.session.execute(select(Notification.member_id, Notification.cause)).all())
    assert max(heard.values()) == 1
    letters = Counter(db.session.scalars(select(Mail.key)))
    assert max(letters.values()) == 1

    posts = db.session.scalars(select(Post).where(Post.topic_id == topic_id, Post.number > 1)).all()
    followers = db.session.scalars(select(Follow).where(Follow.topic_id == topic_id)).all()
    due = {
        (follow.member_id, f"post:{post.id}")
        for post in posts
        for follow in followers
        if follow.since < post.written_at and follow.member_id != post.author_id
    }
    assert len(due) >= len(posts)
    assert due - heard.keys() == set()
    assert {f"{cause}:{member_id}" for member_id, cause in due} - letters.keys() == set()


def everything_is_found(app: Flask, accepted: list[str]) -> None:
    """Each accepted answer is found."""
    index = app.extensions["officine.index"]
    for text in accepted:
        query = Query(text=text, reads=("it",), audiences=frozenset({"public"}))
        assert index.search(query).hits, json.dumps(text)
