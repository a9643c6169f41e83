"""The picture of an event, the way there, and files that nobody shows any more."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from officine.blueprints.planning import jobs
from officine.blueprints.planning.commands import drafting, series
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event
from officine.models.event_file import FOLDER
from tests.planning.test_routes import HTMX, at


@pytest.fixture(autouse=True)
def nothing_kept(app):
    """Files outlive a test; these are its own."""
    with app.app_context():
        storage.delete_folder(FOLDER)


def picture(size=(800, 400)):
    out = BytesIO()
    Image.new("RGBA", size, "#B4281A80").save(out, "PNG")
    out.seek(0)
    return out, "locandina.png"


def the_event():
    db.session.expire_all()
    return db.session.scalar(select(Event).order_by(Event.starts_at))


def sent(event, **more):
    return {"version": event.version, "picture": picture(), "said_it": "Una tavola", **more}


def sent_map(event, **more):
    return {"map-version": event.version, "map-picture": picture(), **more}


def kept():
    return sorted(storage.keys_under(FOLDER))


PLACES = {"/picture": sent, "/map": sent_map}


@pytest.mark.parametrize("end", PLACES)
def test_a_picture_is_taken_or_refused(visit, world, published, end):
    page, given = at(published, end), PLACES[end]
    assert visit(world.marta).get(at(published, "/pictures")).status_code == 200
    assert "/sign-in" in visit().post(page, **given(published)).headers["Location"]
    assert visit(world.teresa).post(page, **given(published)).status_code == 403
    name = "map-picture" if end == "/map" else "picture"
    for wrong in ((BytesIO(b"nothing"), "x.png"), ""):
        refused = visit(world.marta).post(page, **given(published, **{name: wrong}))
        assert refused.status_code == 422
        assert f'aria-describedby="{name}' in refused.text and "aria-invalid" in refused.text
        assert "Una tavola" in refused.text or end == "/map"
    assert visit(world.marta, **HTMX).post(page, **given(published)).status_code == 200
    crossed = visit(world.marta).post(page, **given(published) | {"version": 1, "map-version": 1})
    assert crossed.status_code == 409


def test_the_picture_stands_everywhere_in_its_shape(visit, world, published):
    large = sent(published, picture=picture((2000, 1000)))
    assert visit(world.marta).post(at(published, "/picture"), **large).status_code == 303
    event = the_event()
    shapes = {}
    for key in kept():
        shown = Image.open(BytesIO(storage.get(key)))
        shapes[key.rpartition("/")[2]] = (shown.format, *shown.size)
    assert shapes == {
        "large.webp": ("WEBP", 1600, 800), "small.webp": ("WEBP", 480, 320),
        "link.jpg": ("JPEG", 1200, 630),
    }  # fmt: skip
    page = visit().get(at(event)).text
    assert 'alt="Una tavola"' in page and "/link.jpg" in page.split("og:image")[1][:200]
    assert "/small.webp" in visit().get("/it/events").text
    assert 'alt="Una tavola" lang="it"' in visit().get(f"/en/events/{event.slug}").text
    words = {"version": event.version, "said_it": ""}
    assert visit(world.marta).post(at(event, "/picture"), **words).status_code == 303
    assert 'alt="Una tavola"' not in visit().get(at(event)).text


def test_what_is_replaced_or_taken_away_is_deleted(visit, world, published, settle):
    visit(world.marta).post(at(published, "/picture"), **sent(published))
    visit(world.marta).post(at(published, "/map"), **sent_map(the_event()))
    first = kept()
    assert len(first) == 4
    visit(world.marta).post(at(published, "/picture"), **sent(the_event()))
    settle()
    assert len(kept()) == 4 and len(set(kept()) & set(first)) == 1
    visit(world.marta).post(at(published, "/picture"), version=the_event().version, remove="1")
    gone = {"map-version": the_event().version, "remove": "1"}
    visit(world.marta).post(at(published, "/map"), **gone)
    settle()
    assert kept() == []
    assert the_event().picture_key is None and the_event().map_key is None


def test_what_goes_with_a_draft_is_deleted(visit, world, draft, settle):
    visit(world.marta).post(at(draft, "/picture"), **sent(draft))
    photo = {"kind": "photo", "title": "La sala", "language": "it", "file": picture()}
    visit(world.marta).post(at(draft, "/materials"), **photo)
    assert len(kept()) == 4
    drafting.discard_event(the_event(), by=world.marta, at=now())
    db.session.commit()
    settle()
    assert kept() == []


def test_nothing_is_lost_when_the_change_does_not_come_about(visit, world, published, settle):
    visit(world.marta).post(at(published, "/picture"), **sent(published))
    before = kept()
    crossed = sent(published, version=1)
    assert visit(world.marta).post(at(published, "/picture"), **crossed).status_code == 409
    settle()
    assert set(before) < set(kept())
    with time_machine.travel(now() + timedelta(days=2)):
        jobs.forget_strays()
    assert kept() == before


def test_the_dates_of_a_series_share_a_picture_until_the_last_lets_go(
    visit, world, published, settle
):
    series.repeat_event(
        published, by=world.marta, at=now(), seen=published.version, every="week", count=3
    )
    db.session.commit()
    settle()
    given = sent(the_event(), scope="all")
    assert visit(world.marta).post(at(published, "/picture"), **given).status_code == 303
    dates = db.session.scalars(select(Event).order_by(Event.starts_at)).all()
    assert len({each.picture_key for each in dates}) == 1
    assert {each.texts[0].picture_alt for each in dates} == {"Una tavola"}

    alone = {"version": dates[1].version, "remove": "1", "scope": "this"}
    visit(world.marta).post(at(dates[1], "/picture"), **alone)
    settle()
    assert len(kept()) == 3
    rest = {"version": dates[0].version, "remove": "1", "scope": "all"}
    visit(world.marta).post(at(dates[0], "/picture"), **rest)
    settle()
    assert kept() == []
