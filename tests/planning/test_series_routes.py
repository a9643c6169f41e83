"""A series on its pages."""

from sqlalchemy import select

from officine.blueprints.planning.commands import publishing, series
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event
from tests.planning.test_routes import HTMX, at, facts, moved


def events():
    return list(db.session.scalars(select(Event).order_by(Event.starts_at)))


def weekly(event, **changed):
    return {"every": "week", "ends": "count", "count": 4, "version": event.version, **changed}


def test_an_event_comes_again(visit, world, published, settle):
    page = at(published, "/series")
    assert visit(world.marta).get(page).status_code == 200
    assert "/sign-in" in visit().post(page, **weekly(published)).headers["Location"]
    assert visit(world.teresa).post(page, **weekly(published)).status_code == 403
    for wrong in ({"count": ""}, {"ends": "last"}, {"every": "day"}, {"count": 1}):
        assert visit(world.marta).post(page, **weekly(published, **wrong)).status_code == 422
    past = weekly(published, ends="last", last="2020-01-01")
    assert visit(world.marta).post(page, **past).status_code == 422
    assert visit(world.marta).post(page, **weekly(published, version=99)).status_code == 409
    reply = visit(world.marta, **HTMX).post(page, **weekly(published))
    assert reply.headers["HX-Redirect"].endswith(page)
    settle()
    assert len(events()) == 4
    assert visit(world.marta).post(page, **weekly(events()[0])).status_code == 409
    shown = visit(world.marta).get(page)
    assert shown.text.count(f"/it/events/{events()[1].slug}/edit") >= 1


def test_one_changes_this_the_following_or_all(visit, world, published, settle):
    series.repeat_event(
        published, by=world.marta, at=now(), seen=published.version, every="week", count=4
    )
    settle()
    second = events()[1]
    assert 'value="following"' in visit(world.marta).get(at(second, "/edit")).text
    sent = facts(second, capacity="33", scope="following")
    assert visit(world.marta).post(at(second, "/edit"), **sent).status_code == 303
    assert [each.capacity for each in events()] == [None, 33, 33, 33]

    words = {"title": "Pranzo", "text": "Si mangia.", "seen": 1, "scope": "all"}
    assert visit(world.marta).post(at(second, "/texts/it"), **words).status_code == 303
    assert {each.texts[0].title for each in events()} == {"Pranzo"}

    second = events()[1]
    sent = moved(second, day=f"{second.starts_at:%Y-%m-%d}", scope="following")
    assert visit(world.marta).post(at(second, "/move"), **sent).status_code == 303
    assert [len(each.changes) for each in events()] == [0, 1, 1, 1]

    third = events()[2]
    sent = {"reason": "Basta.", "version": third.version, "scope": "following"}
    assert visit(world.marta).post(at(third, "/cancellation"), **sent).status_code == 303
    assert [each.state for each in events()] == ["published"] * 2 + ["cancelled"] * 2
    assert "Annullato" in visit(world.marta).get(at(second, "/series")).text
    settle()


def test_a_draft_waits_with_its_other_dates(visit, world, draft, settle):
    assert visit(world.marta).post(at(draft, "/series"), **weekly(draft)).status_code == 303
    assert len(events()) == 1
    assert "calendario" in visit(world.marta).get(at(draft, "/series")).text
    publishing.publish_event(events()[0], by=world.giulia, at=now())
    settle()
    assert len(events()) == 4
