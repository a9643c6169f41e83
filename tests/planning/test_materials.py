"""What came of an event: photos, slides, recordings and links, each in its language."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import update

from officine.core.clock import now
from officine.core.db import db
from officine.models import Release
from tests.events.test_showing import words
from tests.interviews.making import made
from tests.planning.test_details import the_event
from tests.planning.test_routes import HTMX, at


def photo(name="sala.png"):
    out = BytesIO()
    Image.new("RGB", (640, 480), "#B4281A").save(out, "PNG")
    out.seek(0)
    return out, name


@pytest.fixture
def past(published):
    """The dinner, three days ago."""
    published.starts_at = now() - timedelta(days=3)
    published.ends_at = published.starts_at + timedelta(hours=2)
    db.session.commit()
    return published


def test_several_photos_come_at_once_and_are_described_one_by_one(visit, world, past):
    page = at(past, "/materials")
    many = {"kind": "photo", "title": "La serata", "language": "it"}
    sent = {**many, "file": [photo(f"{each}.png") for each in range(3)]}
    assert visit(world.marta).post(page, **sent).status_code == 303
    first, *rest = the_event().materials
    assert [each.title for each in rest] == ["La serata"] * 2

    said = {f"m{first.id}-title": "The oven at night", f"m{first.id}-language": "en"}
    place = f"{page}/{first.id}"
    assert "/sign-in" in visit().post(place, **said).headers["Location"]
    assert visit(world.teresa).post(place, **said).status_code == 403
    wrong = visit(world.marta).post(place, **{**said, f"m{first.id}-title": " "})
    assert wrong.status_code == 422 and "Scrivi un titolo" in words(wrong.text)
    assert visit(world.marta, **HTMX).post(place, **said).status_code == 200
    assert visit(world.marta).post(f"{page}/999999", **said).status_code == 404
    shown = visit().get(at(past)).text
    assert 'alt="The oven at night" lang="en"' in shown and shown.count('alt="La serata"') == 2


def test_one_bad_file_is_named_and_none_is_shown(visit, world, past):
    page = at(past, "/materials")
    sent = {"kind": "photo", "title": "La serata", "language": "it"}
    bad = {**sent, "file": [photo(), (BytesIO(b"nothing"), "rotta.png")]}
    refused = visit(world.marta).post(page, **bad)
    assert refused.status_code == 422 and "rotta.png: " in words(refused.text)
    assert "La serata" in refused.text
    many = visit(world.marta).post(page, **{**sent, "file": [photo() for _ in range(9)]})
    assert many.status_code == 422 and "al massimo 8 file" in words(many.text)
    assert the_event().materials == []


def test_more_than_other_requests_hold_is_taken(visit, world, past, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 4_000)
    files = [(BytesIO(b"%PDF-1.7 " + b"x" * 4_000), f"{each}.pdf") for each in range(2)]
    sent = {"kind": "slides", "title": "Le pagine", "language": "it", "file": files}
    assert visit(world.marta).post(at(past, "/materials"), **sent).status_code == 303
    assert len(the_event().materials) == 2
    other = {"picture": (BytesIO(b"x" * 8_000), "grande.png"), "version": past.version}
    assert visit(world.marta).post(at(past, "/picture"), **other).status_code == 413


def test_a_recording_may_be_an_interview_of_ours_and_goes_with_it(visit, world, past):
    interview = made(world)
    db.session.commit()
    page = at(past, "/materials")
    sent = {"kind": "recording", "title": "Il film della serata", "language": "es"}
    ours = f"http://officine.test/es/interviews/{interview.slug}"
    assert visit(world.marta).post(page, **sent, address=ours).status_code == 303
    [material] = the_event().materials
    assert (material.interview_id, material.url) == (interview.id, "")
    shown = visit().get(at(past)).text
    assert f'href="/it/interviews/{interview.slug}"' in shown

    db.session.execute(update(Release).values(withdrawn_at=now()))
    db.session.commit()
    assert "Il film della serata" not in visit().get(at(past)).text
    other = "http://officine.test/es/interviews/nessuna"
    assert visit(world.marta).post(page, **sent, address=other).status_code == 303
    assert the_event().materials[1].url == other
