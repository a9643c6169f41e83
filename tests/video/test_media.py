"""Films are served in ranges, to whoever may see the interview at that moment."""

from collections.abc import Callable
from typing import Any

import pytest

from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import Interview, Release, Video
from tests.video.conftest import publish
from tests.visits import Visit
from tests.world import World

FILM = bytes(range(256)) * 40


@pytest.fixture
def film(interview: Interview) -> Video:
    """A video of which everything is made."""
    made = Video(
        interview_id=interview.id, folder="aBcDeFgH", state="ready", made_at=now(), posters=1
    )
    db.session.add(made)
    db.session.commit()
    for name in ("plain.mp4", "240/video.mp4", "240/index.m3u8", "audio.m4a", "thumbs.vtt",
                 "poster-1.webp"):  # fmt: skip
        storage.put(f"media/{made.folder}/{name}", FILM)
    return made


def test_who_may_see_the_interview_may_see_its_film(
    visit: Callable[..., Visit], world: World, interview: Interview, film: Video
) -> None:
    url = f"/media/{film.folder}/plain.mp4"
    visitor, editor = visit(), visit(world.giulia)

    assert (visitor.get(url).status_code, editor.get(url).status_code) == (404, 200)
    publish(interview, world.giulia)
    assert (visitor.get(url).status_code, editor.get(url).status_code) == (200, 200)
    assert visit(world.marta).get(url).data == FILM

    interview.stage, interview.withdrawn_at = "withdrawn", now()
    db.session.commit()
    assert (visitor.get(url).status_code, editor.get(url).status_code) == (404, 200)


def test_a_release_that_was_taken_back_hides_the_film_at_once(
    visit: Callable[..., Visit], world: World, interview: Interview, film: Video
) -> None:
    publish(interview, world.giulia)
    visitor = visit()
    first = visitor.get(f"/media/{film.folder}/plain.mp4")
    assert "no-cache" in first.headers["Cache-Control"]
    assert "private" in first.headers["Cache-Control"]
    db.session.query(Release).update({"withdrawn_at": now()})
    db.session.commit()

    known = visitor.get(
        f"/media/{film.folder}/plain.mp4", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert known.status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "told", "length"),
    [
        ("bytes=0-9", 206, "bytes 0-9/10240", 10),
        ("bytes=10230-", 206, "bytes 10230-10239/10240", 10),
        ("bytes=-4", 206, "bytes 10236-10239/10240", 4),
        ("bytes=10239-99999", 206, "bytes 10239-10239/10240", 1),
        ("bytes=10240-", 416, "bytes */10240", 0),
        ("bytes=0-1,5-9", 200, None, 10240),
        ("nonsense", 200, None, 10240),
        (None, 200, None, 10240),
    ],
)
def test_a_player_asks_for_a_part(
    visit: Callable[..., Visit], world: World, film: Video,
    asked: str | None, status: int, told: str | None, length: int,
) -> None:  # fmt: skip
    headers = {"Range": asked} if asked else {}

    reply = visit(world.giulia).get(f"/media/{film.folder}/plain.mp4", headers=headers)

    assert (reply.status_code, reply.headers.get("Content-Range")) == (status, told)
    assert len(reply.data) == length
    assert reply.headers["Accept-Ranges"] == "bytes"
    if told and status == 206:
        start = int(told.split()[1].split("-")[0])
        assert reply.data == FILM[start : start + length]


def test_what_the_browser_has_is_not_sent_again(
    visit: Callable[..., Visit], world: World, film: Video
) -> None:
    editor, url = visit(world.giulia), f"/media/{film.folder}/plain.mp4"
    mark = editor.get(url).headers["ETag"]

    assert editor.get(url, headers={"If-None-Match": mark}).status_code == 304
    part = {"Range": "bytes=0-9", "If-Range": mark}
    assert editor.get(url, headers=part).status_code == 206
    other = {"Range": "bytes=0-9", "If-Range": '"another"'}
    assert len(editor.get(url, headers=other).data) == len(FILM)


def test_a_long_range_is_given_in_parts(
    visit: Callable[..., Visit], world: World, film: Video
) -> None:
    size = 5 * 1024 * 1024
    storage.put(f"media/{film.folder}/long.mp4", bytes(size))

    reply = visit(world.giulia).get(
        f"/media/{film.folder}/long.mp4", headers={"Range": "bytes=100-"}
    )

    assert reply.headers["Content-Range"] == f"bytes 100-{4 * 1024**2 + 99}/{size}"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("240/index.m3u8", "application/vnd.apple.mpegurl"),
        ("240/video.mp4", "video/mp4"),
        ("audio.m4a", "audio/mp4"),
        ("thumbs.vtt", "text/vtt"),
        ("poster-1.webp", "image/webp"),
    ],
)
def test_each_file_says_what_it_is(
    visit: Callable[..., Visit], world: World, film: Video, name: str, kind: str
) -> None:
    reply = visit(world.giulia).get(f"/media/{film.folder}/{name}")
    assert (reply.status_code, reply.mimetype) == (200, kind)


def test_no_other_door_leads_to_a_film(
    visit: Callable[..., Visit], world: World, film: Video
) -> None:
    storage.put("sources/aBcDeFgH.mov", FILM)
    addresses: tuple[Any, ...] = (
        f"/files/media/{film.folder}/plain.mp4",
        "/files/sources/aBcDeFgH.mov",
        f"/media/{film.folder}/../../sources/aBcDeFgH.mov",
        f"/media/{film.folder}/%2e%2e/secret.mp4",
        f"/media/{film.folder}/plain.txt",
        f"/media/{film.folder}/none.mp4",
        "/media/another/plain.mp4",
    )
    for address in addresses:
        assert visit(world.giulia).get(address).status_code == 404, address
