"""A file arrives in pieces, and goes on where it stopped."""

import base64
import hashlib
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from officine.blueprints.video import queries
from officine.blueprints.video.commands.uploads import LARGEST_FILE, LARGEST_PIECE
from officine.blueprints.video.jobs.line import forget_what_stopped
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import Interview, Upload
from tests.video.conftest import Films, Sender, work_until
from tests.visits import Visit
from tests.world import World


def test_an_upload_that_stops_three_times_goes_on(
    app: Flask, sender: Sender, films: Films, interview: Interview
) -> None:
    film = films.tiny.read_bytes()
    url = sender.announce(len(film), "intervista.mp4")
    third = len(film) // 3

    # Once the connection breaks before a piece, once the answer is lost, once half a piece arrives.
    assert sender.ask("PATCH", url, film[:third], Upload_Offset="0").status_code == 204
    assert sender.offset(url) == third
    sender.ask("PATCH", url, film[third : 2 * third], Upload_Offset=str(third))
    again = sender.ask("PATCH", url, film[third : 2 * third], Upload_Offset=str(third))
    assert again.status_code == 409
    at = sender.offset(url)
    sender.ask("PATCH", url, film[at : at + 10], Upload_Offset=str(at))
    at = sender.offset(url)
    last = sender.ask("PATCH", url, film[at:], Upload_Offset=str(at))

    assert last.status_code == 204
    assert last.headers["Upload-Offset"] == str(len(film))
    work_until(app, "probe")
    video = queries.video_of(interview)
    assert video is not None and video.state == "working" and video.source_key
    assert storage.get(video.source_key) == film
    assert storage.keys_under(f"uploads/{url.rpartition('/')[2]}") == []


def test_the_server_says_what_it_offers(sender: Sender) -> None:
    told = sender.ask("OPTIONS", sender.base).headers

    assert told["Tus-Version"] == "1.0.0"
    assert told["Tus-Max-Size"] == str(LARGEST_FILE)
    assert told["Tus-Extension"].split(",") == [
        "creation", "creation-with-upload", "termination", "checksum", "expiration",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Length": str(LARGEST_FILE + 1)}, 413),
        ({"Upload_Length": "-1"}, 400),
        ({"Upload_Length": "many"}, 400),
        ({}, 400),
        ({"Upload_Length": "5", "Tus_Resumable": "0.2.0"}, 412),
        ({"Upload_Length": "5", "Upload_Concat": "partial"}, 400),
        ({"Upload_Defer_Length": "1"}, 400),
        ({"Upload_Length": "5", "Upload_Metadata": "filename #"}, 400),
    ],
)
def test_an_upload_that_cannot_be_is_refused(
    sender: Sender, headers: dict[str, str], status: int
) -> None:
    assert sender.ask("POST", sender.base, **headers).status_code == status
    assert db.session.query(Upload).count() == 0


def test_a_piece_must_fit(sender: Sender) -> None:
    url = sender.announce(10)

    assert sender.ask("PATCH", url, b"x" * 11, Upload_Offset="0").status_code == 400
    assert sender.ask("PATCH", url, b"x", Upload_Offset="3").status_code == 409
    assert sender.ask("PATCH", url, b"x", Upload_Offset="-3").status_code == 400
    assert sender.ask("PATCH", url, b"x", Upload_Offset="0", Content_Type="a/b").status_code == 415
    too_large = bytes(LARGEST_PIECE + 1)
    big = sender.announce(LARGEST_FILE)
    assert sender.ask("PATCH", big, too_large, Upload_Offset="0").status_code == 413
    assert sender.offset(url) == sender.offset(big) == 0


def test_a_damaged_piece_is_not_taken(sender: Sender) -> None:
    url = sender.announce(4)
    right = base64.b64encode(hashlib.sha1(b"film").digest()).decode()

    damaged = sender.ask("PATCH", url, b"milf", Upload_Offset="0", Upload_Checksum=f"sha1 {right}")
    assert damaged.status_code == 460
    assert sender.offset(url) == 0
    whole = sender.ask("PATCH", url, b"film", Upload_Offset="0", Upload_Checksum=f"sha1 {right}")
    assert whole.status_code == 204


def test_an_upload_is_given_up(sender: Sender) -> None:
    url = sender.announce(4)
    sender.ask("PATCH", url, b"fi", Upload_Offset="0")

    assert sender.ask("DELETE", url).status_code == 204
    assert sender.ask("HEAD", url).status_code == 404
    assert storage.keys_under(f"uploads/{url.rpartition('/')[2]}") == []


def test_only_editors_send_and_only_for_their_interview(
    sender: Sender, visit: Callable[..., Visit], world: World, interview: Interview
) -> None:
    url = sender.announce(4)
    for who, status in ((world.marta, 404), (None, 404)):
        other = Sender(visit(who), interview)
        assert other.ask("POST", other.base, Upload_Length="4").status_code == status
        assert other.ask("PATCH", url, b"film", Upload_Offset="0").status_code == status
        assert other.ask("HEAD", url).status_code == status
    second = Interview(
        slug="altra", language="it", stage="idea", owner_id=world.giulia.id, guest_name="Altra",
        sectors=(), created_at=now(),
    )  # fmt: skip
    db.session.add(second)
    db.session.commit()
    elsewhere = url.replace(f"interviews/{interview.id}/", f"interviews/{second.id}/")
    assert sender.ask("PATCH", elsewhere, b"film", Upload_Offset="0").status_code == 404
    assert Sender(visit(world.beatriz), interview).offset(url) == 0


def test_a_request_without_the_token_of_the_page_is_refused(sender: Sender) -> None:
    reply = sender.visit.client.post(sender.base, headers={"Tus-Resumable": "1.0.0"})
    assert reply.status_code == 400
    assert db.session.query(Upload).count() == 0


def test_what_nobody_goes_on_with_is_forgotten_after_a_week(app: Flask, sender: Sender) -> None:
    old, young = sender.announce(4), sender.announce(4)
    sender.ask("PATCH", old, b"fi", Upload_Offset="0")
    row = db.session.get_one(Upload, old.rpartition("/")[2])
    row.last_at = now() - timedelta(days=8)
    db.session.commit()
    assert sender.ask("HEAD", old).status_code == 410

    forget_what_stopped()

    assert sender.ask("HEAD", old).status_code == 404
    assert storage.keys_under(f"uploads/{old.rpartition('/')[2]}") == []
    assert sender.offset(young) == 0


def test_pieces_are_nobodys_files(sender: Sender, visit: Callable[..., Visit]) -> None:
    url = sender.announce(4)
    sender.ask("PATCH", url, b"fi", Upload_Offset="0")
    [key] = storage.keys_under(f"uploads/{url.rpartition('/')[2]}")

    assert visit().get(f"/files/{key}").status_code == 404
    assert os.path.basename(key) == "000000000000.part"
