"""Nobody is silenced without a reason: every way of hiding, removing, locking, slowing, warning or
suspending leaves one whole decision, one notice in the person’s language and one way to appeal.

A new measure, or a new route of the desk, fails here until it stands in one of the lists below.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.blueprints.planning.commands import drafting, publishing
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Membership, Notification
from officine.models.decision import RESTRICTIVE, TIMED
from tests.desk.test_questions import answered_question
from tests.outbound import text_of

FACTS = "Ha offerto uno sconto che nessuno aveva chiesto."
REASON = {"rule": "advertising", "facts": FACTS}
NO_LETTER = ("hold",)
"""Whoever wrote a held post reads why at once, in its place; the decision is a notification too."""

# Commands: (measure, whom it affects, the act).


def by_giulia(world, **more):
    return {"by": world.giulia, "at": now(), **REASON, **more}


def week():
    return now() + timedelta(days=7)


def other_topic(world):
    topic = forum.open_topic(
        world.export, by=world.teresa, title="Dogane e bolle", text="Chi sa dirmi?", at=now()
    )
    db.session.commit()
    return topic


def hold(world, scene):
    world.export.approves = "all"
    db.session.commit()
    forum.answer(scene.topic, by=world.davide, text="Chiedete pure a me, se serve.", at=now())


def propose(world):
    return groups.propose_group(
        by=world.davide, at=now(), name="Consulenze in offerta", language="it",
        purpose="Offerte di consulenza per tutti i membri della comunità.", sectors=("trade",),
    )  # fmt: skip


def propose_event(world):
    event = drafting.draft_event(
        by=world.davide, at=now(), language="it", words={"title": "Consulenze per tutti"},
        when={"starts_at": week(), "ends_at": week() + timedelta(hours=2), "zone": "Europe/Rome"},
        where={"town": "Como", "country": "IT"}, terms={"spoken": ("it",)},
    )  # fmt: skip
    publishing.propose_event(event, by=world.davide, at=now())
    db.session.commit()
    return event


def event_case():
    return db.session.scalar(select(Case).filter_by(kind="event"))


COMMANDS = {
    "hold": ("davide", hold),
    "send-back": ("davide", lambda w, s: commands.send_back(s.pitch, **by_giulia(w))),
    "hide": ("davide", lambda w, s: commands.hide_post(s.pitch, **by_giulia(w))),
    "remove": ("davide", lambda w, s: commands.remove_post(s.pitch, **by_giulia(w))),
    "remove-urgently": (
        "davide", lambda w, s: commands.remove_post(s.pitch, urgent=True, **by_giulia(w)),
    ),
    "lock": ("marta", lambda w, s: commands.lock_topic(s.topic, **by_giulia(w))),
    "slow": (
        "marta",
        lambda w, s: commands.slow_topic(s.topic, minutes=30, until=week(), **by_giulia(w)),
    ),
    "move": ("marta", lambda w, s: commands.move_topic(s.topic, to=w.energia, **by_giulia(w))),
    "split": (
        "marta",
        lambda w, s: commands.split_topic(
            s.topic, posts=[s.pitch.id], title="Offerte di consulenza", **by_giulia(w)
        ),
    ),
    "merge": (
        "marta", lambda w, s: commands.merge_topics(s.topic, into=other_topic(w), **by_giulia(w)),
    ),
    "warn": ("davide", lambda w, s: commands.warn(w.davide, **by_giulia(w))),
    "restrict": ("davide", lambda w, s: commands.restrict(w.davide, until=week(), **by_giulia(w))),
    "suspend": ("davide", lambda w, s: commands.suspend(w.davide, until=week(), **by_giulia(w))),
    "close-account": ("davide", lambda w, s: commands.close_account(w.davide, **by_giulia(w))),
    "restrict-reports": (
        "davide", lambda w, s: commands.restrict_reports(w.davide, until=week(), **by_giulia(w)),
    ),
    "remove-from-group": (
        "davide",
        lambda w, s: groups.remove_member(
            db.session.get(Membership, (w.export.id, w.davide.id)), **by_giulia(w)
        ),
    ),
    "decline-event": (
        "davide",
        lambda w, s: publishing.decline_event(
            propose_event(w), by=w.giulia, at=now(), facts=FACTS, case_id=event_case().id
        ),
    ),
    "hide-question": (
        "davide", lambda w, s: commands.hide_question(answered_question(w), **by_giulia(w)),
    ),
    "decline-group": (
        "davide",
        lambda w, s: groups.decline_group(propose(w), by=w.giulia, at=now(), facts=FACTS),
    ),
}  # fmt: skip

# Routes: (endpoint, measure) → (whom it affects, the address, what is sent).


def case_address(world, scene):
    commands.report_post(scene.pitch, by=world.teresa, at=now(), rule="spam")
    db.session.commit()
    case = db.session.scalar(select(Case).filter_by(kind="report"))
    return f"/it/desk/cases/{case.id}/decisions"


def person_case_address(world, scene):
    commands.report_person(world.davide, by=world.teresa, at=now(), rule="spam")
    db.session.commit()
    case = db.session.scalar(select(Case).filter_by(kind="report-person"))
    return f"/it/desk/cases/{case.id}/decisions"


def question_case_address(world, scene):
    commands.report_question(
        answered_question(world), by=world.teresa, at=now(), rule="advertising"
    )
    db.session.commit()
    case = db.session.scalar(select(Case).filter_by(kind="report-question"))
    return f"/it/desk/cases/{case.id}/decisions"


def event_case_address(world, scene):
    propose_event(world)
    return f"/it/desk/cases/{event_case().id}/decisions"


def topic_at(end):
    return lambda world, scene: f"/it/topics/{scene.topic.id}/{end}"


def davide_at(end):
    return lambda world, scene: f"/it/people/{world.davide.handle}/{end}"


ROUTES = {
    ("desk.hide", "hide"): ("davide", lambda w, s: f"/it/posts/{s.pitch.id}/hidings", {}),
    ("desk.lock", "lock"): ("marta", topic_at("locks"), {}),
    ("desk.slow", "slow"): ("marta", topic_at("slowing"), {"minutes": 30, "lasts": 3}),
    ("desk.move", "move"): ("marta", topic_at("move"), {"group": "energia"}),
    ("desk.split", "split"): ("marta", topic_at("split"), {"title": "Offerte", "posts": "pitch"}),
    ("desk.merge", "merge"): ("marta", topic_at("merge"), {"into": "other"}),
    ("groups.remove", "remove-from-group"): (
        "davide", lambda w, s: f"/it/groups/{w.export.slug}/removals/{w.davide.handle}",
        {"reason": FACTS},
    ),
    ("groups.decline", "decline-group"): (
        "davide", lambda w, s: f"/it/groups/{propose(w).slug}/declining", {"reason": FACTS},
    ),
    ("desk.decide_case of an event", "decline-event"): (
        "davide", event_case_address, {"measure": "decline-event"},
    ),
    ("desk.decide_case of a question", "hide-question"): (
        "davide", question_case_address, {"measure": "hide-question"},
    ),
    **{
        ("desk.decide_case", measure): ("davide", case_address, {"measure": measure})
        for measure in ("send-back", "hide", "remove", "warn", "restrict", "suspend")
    },
    **{
        ("desk.decide_case of a person", measure): (
            "davide", person_case_address, {"measure": measure},
        )
        for measure in ("warn", "restrict", "suspend", "close-account", "restrict-reports")
    },
    **{
        ("desk.take_measure", measure): ("davide", davide_at("decisions"), {"measure": measure})
        for measure in ("warn", "restrict", "suspend", "close-account", "restrict-reports")
    },
}  # fmt: skip
HARMLESS = {
    "claim", "release", "leave_note", "hand_over", "case_letter", "appeal_report", "appeal",
    "person_letter", "lift", "letter", "show", "file_report", "file_report_of_person",
    "file_report_of_question",
    "unlock", "unslow",
}  # fmt: skip
"""Routes that change something and take nothing from anybody by a decision."""


def test_every_measure_is_proved():
    assert set(COMMANDS) == set(RESTRICTIVE), "prove the new measure below, by its command"
    by_routes = {measure for _, measure in ROUTES} | {"hold", "remove-urgently"}
    assert by_routes == set(RESTRICTIVE), "prove the new measure below, by its route"


def test_every_route_of_the_desk_is_proved_or_harmless(app):
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.startswith("desk.")
    }
    proved = {endpoint.split(" ")[0] for endpoint, _ in ROUTES}
    harmless = {f"desk.{name}" for name in HARMLESS}
    assert changing == harmless | {each for each in proved if each.startswith("desk.")}


@pytest.mark.parametrize("measure", sorted(COMMANDS))
def test_by_its_command(world, scene, settle, outbound, visit, measure):
    name, act = COMMANDS[measure]
    member = prepared(world, name, settle)
    letters = len(outbound.to(member.email))
    act(world, scene)
    settle()
    is_told_once(measure, member, outbound.to(member.email)[letters:], visit)


@pytest.mark.parametrize(("endpoint", "measure"), sorted(ROUTES))
def test_by_its_route(world, scene, settle, outbound, visit, endpoint, measure):
    name, address, fields = ROUTES[endpoint, measure]
    member = prepared(world, name, settle)
    url = address(world, scene)
    settle()
    letters = len(outbound.to(member.email))
    named = {
        "energia": world.energia.id, "pitch": scene.pitch.id,
        "other": other_topic(world).id if fields.get("into") else 0,
    }  # fmt: skip
    sent = {key: named.get(str(value), value) for key, value in fields.items()}
    reply = visit(world.giulia).post(url, **REASON, **sent)
    assert reply.status_code == 303, reply.text[-3000:]
    settle()
    is_told_once(measure, member, outbound.to(member.email)[letters:], visit)


def prepared(world, name, settle):
    """Whom it affects, who reads Spanish, and hears of nothing else meanwhile."""
    member = getattr(world, name)
    member.interface_language = "es"
    member.mail_answers = member.mail_mentions = False
    db.session.commit()
    settle()
    return member


def is_told_once(measure, member, letters, visit):
    db.session.expire_all()
    [decision] = db.session.scalars(select(Decision).where(Decision.measure == measure)).all()
    assert decision.affected_id == member.id
    assert decision.rule and decision.facts.strip() and decision.language
    assert decision.ground in ("community", "law") and decision.territory
    assert (decision.by_id is None) is decision.automatic
    assert decision.appealable_until - decision.at >= timedelta(days=183)
    assert (decision.until is not None) is (measure in TIMED)

    told = db.session.scalars(
        select(Notification).where(
            Notification.member_id == member.id, Notification.decision_id == decision.id
        )
    ).all()
    assert len(told) == 1
    assert len(letters) == (measure not in NO_LETTER)
    for letter in letters:
        assert letter["Content-Language"] == "es"
        assert decision.facts in text_of(letter)
        assert text_of(letter).count(f"/es/decisions/{decision.id}#appeal") == 1
    page = visit(member).get(f"/es/decisions/{decision.id}")
    assert page.text.count(f'action="/es/decisions/{decision.id}/appeals"') == 1
