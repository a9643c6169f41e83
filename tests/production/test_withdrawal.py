"""An interview that is withdrawn: the next request, of whoever, finds it at no address."""

import re
from collections.abc import Iterator

import pytest

from officine.blueprints.production.commands import publishing, release
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping
from officine.models import Interview, Release
from tests.interviews.making import made
from tests.visits import Visit
from tests.world import World

SLUG = "il-telaio"
PAGE = f"/it/interviews/{SLUG}"
TOLD = (
    "/it/", "/en/", "/es/", "/it/interviews", "/en/interviews", "/es/interviews",
    "/it/interviews.xml", "/es/interviews.xml", "/it/podcast.xml", "/sitemap-it-1.xml",
    "/it/search?q=telaio",
)  # fmt: skip
"""Where an interview is told of, besides its page."""


@pytest.fixture(autouse=True)
def keeping_pages(app) -> Iterator[None]:
    """Pages are kept for visitors, as they are on the real site."""
    app.config["KEEPS_PAGES"] = True
    yield
    app.config["KEEPS_PAGES"] = False


@pytest.fixture
def interview(world: World, settle) -> Interview:
    """Published in three languages, with its film, and found by search."""
    interview = made(world)
    storage.put(f"media/f{interview.id}/poster-1.webp", b"p" * 99)
    keeping.note("interview", [interview.id])
    db.session.commit()
    settle()
    return interview


def files(interview: Interview, page: str) -> list[str]:
    """What of it is no page: film, sound, pictures, captions."""
    media = f"/media/f{interview.id}"
    [shared] = re.findall(r'property="og:image" content="http://[^/]+(/[^"]+)"', page)
    return [
        f"{media}/plain.mp4", f"{media}/audio.m4a", f"{media}/poster-1.webp", shared,
        f"{PAGE}/captions/it.vtt", f"{PAGE}/captions/es.vtt", f"{PAGE}/chapters.vtt",
    ]  # fmt: skip


def withdrawn_by_the_guest(interview: Interview, world: World, visit) -> None:
    _asked, secret = release.ask(
        interview, by=world.giulia, at=now(), language="it", purposes="Video.", until=None
    )
    db.session.commit()
    signed = {"name": "Marta Colombo", "address": "Como", "signature": "Marta Colombo"}
    assert visit().post(f"/it/release/{secret}", **signed).status_code == 303
    assert visit().post(f"/it/release/{secret}/withdrawal", why="").status_code == 303


def withdrawn_by_the_desk(interview: Interview, world: World, visit) -> None:
    place = f"/it/desk/interviews/{interview.id}/withdrawal"
    assert visit(world.giulia).post(place, why="Un error.").status_code == 303


def withdrawn_by_its_release(interview: Interview, world: World, visit) -> None:
    db.session.query(Release).update({"withdrawn_at": now()})
    db.session.commit()


@pytest.mark.parametrize(
    "withdraw", [withdrawn_by_the_guest, withdrawn_by_the_desk, withdrawn_by_its_release]
)
def test_the_next_request_finds_it_nowhere(world: World, interview, visit, withdraw):
    visitor: Visit = visit()
    page = visitor.get(PAGE, most_queries=40)
    assert page.status_code == 200
    kept = {"If-None-Match": page.headers["ETag"]}
    assert visit(**kept).get(PAGE, most_queries=40).status_code == 304
    addresses = files(interview, page.text)
    for each in TOLD:
        assert SLUG in visitor.get(each, most_queries=40).text, each
    for address in addresses:
        assert visitor.get(address).status_code == 200, address

    withdraw(interview, world, visit)

    for browser in (visitor, visit(), visit(**kept), visit(world.teresa)):
        assert browser.get(PAGE, most_queries=40).status_code == 404
        for address in addresses:
            assert browser.get(address).status_code == 404, address
        for each in TOLD:
            assert SLUG not in browser.get(each, most_queries=60).text, each


def test_what_comes_back_is_found_again(world: World, interview, visit):
    withdrawn_by_the_desk(interview, world, visit)
    assert visit().get(PAGE).status_code == 404

    publishing.bring_back(interview, by=world.giulia)
    publishing.publish(interview, by=world.giulia, at=now())
    db.session.commit()
    assert visit().get(PAGE, most_queries=40).status_code == 200
