"""What phones tell of the door, at once or later."""

from datetime import timedelta

from officine.blueprints.attendance import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.secret_links import fingerprint
from officine.models import Registration
from tests.attendance.conftest import an_event
from tests.hostile.strings import HOSTILE


def address(event) -> str:
    return f"/it/events/{event.slug}/door/scans"


def going(event, who, **more) -> Registration:
    registration = commands.reply(event, "going", by=who, at=now(), **more)
    db.session.commit()
    return registration


def test_a_scan_lets_in_once_and_the_second_door_hears_since_when(world, visit, evening):
    evening.most_guests = 2
    teresa = going(evening, world.teresa, guests=2, guest_names="Ana, Luis")
    marta, giulia = visit(world.marta), visit(world.giulia)

    first = marta.post(address(evening), scan="a", code=teresa.code)
    again = marta.post(address(evening), scan="a", code=teresa.code)
    other_door = giulia.post(address(evening), scan="b", code=teresa.code)

    assert first.json["answer"] == again.json["answer"] == "in"
    assert (first.json["name"], first.json["party"]) == (
        "Teresa Uribe", "con 2 ospiti: Ana, Luis",
    )  # fmt: skip
    assert other_door.json["answer"] == "already"
    assert other_door.json["hour"] == first.json["hour"]


def test_what_is_told_later_counts_from_when_it_was_seen(world, visit, evening):
    teresa, moment = going(evening, world.teresa), now()
    marta = visit(world.marta)
    marta.post(address(evening), scan="online", registration=teresa.id)
    reply = marta.post(address(evening), scan="earlier", code=teresa.code, seconds_ago="1800")

    assert reply.json["answer"] == "already"
    early = moment - timedelta(minutes=30)
    assert abs(db.session.get(Registration, teresa.id).arrived_at - early) < timedelta(minutes=1)


def test_who_walked_in_without_a_connection_came_once(world, visit, evening):
    marta = visit(world.marta)
    for _ in range(2):
        reply = marta.post(address(evening), scan="w", name="Ugo Verdi", seconds_ago="60")
        assert reply.json["answer"] == "in"
    rows = queries.everybody(evening)
    assert [row.registration.shown_name for row in rows] == ["Ugo Verdi"]
    assert evening.seats_taken == 1


def test_unknown_codes_other_events_and_nonsense_let_nobody_in(world, visit, evening):
    other = an_event(world.marta, slug="altro")
    elsewhere, not_any_more = going(other, world.teresa), going(evening, world.davide)
    commands.reply(evening, "no", by=world.davide, at=now())
    marta = visit(world.marta)
    for what in (
        {"code": "nothing"}, {"code": elsewhere.code}, {"registration": elsewhere.id}, {},
        {"code": not_any_more.code}, {"registration": not_any_more.id},
    ):  # fmt: skip
        assert marta.post(address(evening), scan="x", **what).json["answer"] == "unknown"
    for what in ({"seconds_ago": "-1"}, {"registration": "x"}, {"scan": ""}, {"code": "x" * 81}):
        assert marta.post(address(evening), **{"scan": "x"} | what).status_code == 422
    assert not [each for each in queries.everybody(evening) if each.registration.arrived_at]


def test_whatever_a_phone_sends_the_door_stands(world, visit, evening):
    marta = visit(world.marta)
    for text in HOSTILE.values():
        for field in ("code", "registration", "seconds_ago", "name"):
            reply = marta.post(address(evening), **{"scan": text[:40], field: text})
            assert reply.status_code in (200, 422), (field, text)
    page = marta.get(f"/it/events/{evening.slug}/door").get_data(as_text=True)
    assert "<script>alert" not in page and "<img src=x" not in page


def test_only_those_who_look_after_the_event_let_people_in(world, visit, evening):
    teresa = going(evening, world.teresa)
    for who, status in ((world.teresa, 403), (None, 303)):
        assert visit(who).post(address(evening), scan="x", code=teresa.code).status_code == status
    assert db.session.get(Registration, teresa.id).arrived_at is None


def test_the_page_looks_through_the_camera_and_keeps_no_codes(world, visit, evening):
    teresa = going(evening, world.teresa)
    page = visit(world.marta).get(f"/it/events/{evening.slug}/door")
    assert page.headers["Permissions-Policy"].startswith("camera=(self), microphone=()")
    assert page.expires == (evening.ends_at + timedelta(hours=12)).replace(microsecond=0)
    text = page.get_data(as_text=True)
    assert fingerprint(teresa.code) in text and teresa.code not in text
    elsewhere = visit(world.marta).get(f"/it/events/{evening.slug}")
    assert elsewhere.headers["Permissions-Policy"].startswith("camera=(), ")


def test_the_script_that_opens_the_page_offline_is_asked_for_each_time(visit):
    reply = visit().get("/it/events/door-worker.js")
    assert (reply.mimetype, reply.headers["Cache-Control"]) == ("text/javascript", "no-cache")


def test_a_name_typed_at_the_door_is_enough_if_only_one_person_has_it(world, visit, evening):
    teresa, davide = going(evening, world.teresa), going(evening, world.davide)
    arrivals = f"/it/events/{evening.slug}/arrivals"
    marta = visit(world.marta)
    for text in ("e", "nessuno", ""):
        marta.post(arrivals, code=text)
        assert [db.session.get(Registration, each.id).arrived_at for each in (teresa, davide)] == [
            None, None,
        ]  # fmt: skip
    marta.post(arrivals, code="teresa u")
    assert db.session.get(Registration, teresa.id).arrived_at is not None
