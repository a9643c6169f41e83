"""The audit log as managers and administrators read it."""

import pytest
from sqlalchemy import select, text

from officine.blueprints.audit import jobs, queries, routes
from officine.core import audit
from officine.core.audit import AuditCheck
from officine.core.db import db
from officine.models import Notification
from tests.databases import audit_log_open
from tests.world import World


@pytest.fixture
def acts(world: World) -> None:
    """Giulia and the system did something."""
    audit.note("decision.hide", world.giulia, decision=7, rule="spam")
    audit.note("group.look", world.giulia, group=3)
    audit.note("case.open", None, case=4)
    db.session.commit()


def checks() -> list[tuple[int, int | None]]:
    rows = db.session.scalars(select(AuditCheck).order_by(AuditCheck.id))
    return [(each.entries, each.first_wrong) for each in rows]


def tamper() -> None:
    with audit_log_open():
        db.session.execute(text("UPDATE audit_entry SET by_id = NULL WHERE id = 2"))
    db.session.commit()


def test_managers_and_administrators_read_it(world: World, visit, acts):
    for reader in (world.beatriz, world.ruth):
        html = visit(reader).get("/en/desk/audit").text
        assert "Giulia Serra" in html
        assert "Decision: Hidden" in html
        assert '/en/decisions/7"><code>decision 7</code></a> <code>rule spam</code>' in html


def test_nobody_else_does(world: World, visit, acts):
    assert visit().get("/it/desk/audit").status_code in (302, 303, 401)
    for other in (world.giulia, world.marta):
        assert visit(other).get("/it/desk/audit").status_code == 403
        assert visit(other).post("/it/desk/audit/verifications").status_code == 403
    assert visit().post("/it/desk/audit/verifications").status_code in (302, 303, 401)
    assert checks() == []


def test_what_an_act_does_not_concern_is_not_shown(world: World, visit):
    """Also editors who come upon something decide: then there is no case."""
    audit.note("decision.lock", world.giulia, decision=7, post=None, topic=5, case=None)
    db.session.commit()

    html = visit(world.ruth).get("/en/desk/audit").text

    assert "<code>decision 7</code></a> <code>topic 5</code></span>" in html


def test_an_empty_log_says_what_it_will_hold(world: World, visit):
    assert visit(world.ruth).get("/en/desk/audit").status_code == 200


def test_it_is_filtered_by_person_and_act(world: World, visit, acts):
    reader = visit(world.ruth)

    html = reader.get(f"/en/desk/audit?person={world.giulia.id}").text
    assert html.count('class="what"') == 2
    html = reader.get("/en/desk/audit?act=group.look").text
    assert html.count('class="what"') == 1
    html = reader.get("/en/desk/audit?act=nothing").text
    assert html.count('class="what"') == 0


def test_a_long_log_is_read_page_by_page(world: World, visit, monkeypatch, acts):
    monkeypatch.setattr(queries, "PAGE", 2)
    reader = visit(world.ruth)

    html = reader.get("/en/desk/audit?person=").text
    assert html.count('class="what"') == 2
    assert "before=2" in html
    html = reader.get("/en/desk/audit?before=2").text
    assert html.count('class="what"') == 1
    assert 'rel="next"' not in html


def test_verify_now_says_that_it_holds(world: World, visit, acts):
    reader = visit(world.ruth)
    reply = reader.post("/en/desk/audit/verifications")

    assert reply.status_code == 303
    assert checks() == [(3, None)]
    assert "3 entries hold." in reader.get("/en/desk/audit").text


def test_verify_now_names_the_entry_that_was_altered(world: World, visit, acts):
    tamper()
    reply = visit(world.beatriz).htmx_post("/en/desk/audit/verifications")

    assert reply.status_code == 200
    assert "Entry 2 was altered." in reply.text
    assert checks() == [(1, 2)]


def test_a_long_log_is_left_to_the_worker(world: World, visit, settle, monkeypatch, acts):
    monkeypatch.setattr(routes, "AT_ONCE", 2)
    visit(world.ruth).post("/en/desk/audit/verifications")
    assert checks() == []

    settle()
    assert checks() == [(3, None)]


def test_the_night_verifies_and_tells_once_of_a_break(world: World, visit, acts):
    jobs.verify_every_night()
    tamper()
    jobs.verify_every_night()
    jobs.verify_every_night()

    assert checks() == [(3, None), (1, 2), (1, 2)]
    heard = db.session.scalars(select(Notification)).all()
    assert sorted(each.member_id for each in heard) == sorted([world.beatriz.id, world.ruth.id])
    assert {each.kind for each in heard} == {"audit-wrong"}
    reader = visit(world.ruth)
    notice = next(each for each in heard if each.member_id == world.ruth.id)
    assert "The audit log was touched" in reader.get("/en/notifications").text
    reply = reader.get(f"/en/notifications/{notice.id}")
    assert reply.headers["Location"].endswith("/en/desk/audit")
