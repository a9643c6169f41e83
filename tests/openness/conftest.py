"""A world in which much was reported, decided and appealed: the same for every run of a seed."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from officine.blueprints.forum import commands as forum
from officine.core.db import db
from officine.models import Appeal, Case, Decision, Post, Report, Sanction, SignIn, Topic
from officine.models.decision import LAWS, MEASURES, RULES, TIMED, decide
from officine.models.report import EXPLAINED
from tests.world import World

BEGAN = datetime(2026, 1, 3, 9, tzinfo=UTC)
SECRET = "zafferanella"
"""In every text that somebody wrote."""
ABOUT_POSTS = ("hold", "approve", "send-back", "hide", "remove", "remove-urgently", "show",
               "dismiss", "escalate")  # fmt: skip
ABOUT_TOPICS = ("lock", "unlock", "slow", "unslow", "move", "split", "merge")


@dataclass
class History:
    """What lies behind."""

    posts: list[Post]
    decisions: list[Decision]


@pytest.fixture
def history(request: pytest.FixtureRequest, world: World) -> History:
    """A history of half a year, from the seed that the test names."""
    return written(world, random.Random(getattr(request, "param", 1)))


def written(world: World, chance: random.Random) -> History:
    """Let things happen at random."""
    authors = {
        "it": (world.export, world.marta), "es": (world.energia, world.teresa),
        "en": (world.castings, world.emma),
    }  # fmt: skip
    posts: list[Post] = []
    for language, (group, author) in authors.items():
        for number in range(2):
            topic = forum.open_topic(
                group, by=author, title=f"{SECRET} {language} {number}", at=BEGAN,
                text=f"{SECRET} {chance.random()}",
            )  # fmt: skip
            posts.append(db.session.query(Post).filter_by(topic_id=topic.id, number=1).one())
            posts.append(
                forum.answer(topic, by=author, at=BEGAN, text=f"{SECRET} {chance.random()}")
            )
    secret = forum.open_topic(
        world.famiglia, by=world.marta, title=f"{SECRET} privato", text=SECRET, at=BEGAN
    )
    posts.append(db.session.query(Post).filter_by(topic_id=secret.id, number=1).one())
    db.session.flush()
    decisions = [decided(world, chance, chance.choice(posts)) for _each in range(60)]
    for _each in range(40):
        reported(world, chance, posts, decisions)
    for decision in chance.sample(decisions, 20):
        appealed(world, chance, decision)
    for _each in range(20):
        waited(world, chance, decisions)
    for _each in range(12):
        moment = some_moment(chance)
        db.session.add(
            SignIn(
                member_id=chance.choice((world.marta, world.teresa, world.emma, world.davide)).id,
                token_hash=f"{chance.random()}", device="Firefox", started_at=moment,
                seen_at=moment + timedelta(days=chance.randrange(70)),
            )
        )  # fmt: skip
    db.session.commit()
    return History(posts, decisions)


def some_moment(chance: random.Random) -> datetime:
    return BEGAN + timedelta(minutes=chance.randrange(60 * 24 * 170))


def decided(world: World, chance: random.Random, post: Post) -> Decision:
    """Any decision about a post, its topic or its author."""
    measure = chance.choice([each for each in MEASURES if each not in ("uphold", "reverse")])
    rule, at = chance.choice(RULES), some_moment(chance)
    topic = db.session.get_one(Topic, post.topic_id)
    by_law = rule in LAWS and chance.random() < 0.8
    decision = decide(
        measure,
        by=None if measure == "hold" else chance.choice((world.giulia, world.beatriz)),
        at=at,
        rule=rule,
        facts=f"{SECRET}, {world.davide.name}",
        law=chance.choice(("Art. 595 c.p.", f"{SECRET}@example.org", world.marta.name))
        if by_law and rule == "illegal"
        else ("Art. 1" if rule in LAWS else ""),
        on_report=measure != "hold" and chance.random() < 0.5,
        detected_automatically=measure == "hold" or chance.random() < 0.2,
        until=at + timedelta(days=chance.randrange(1, 40)) if measure in TIMED else None,
        affected_id=None if measure == "dismiss" else topic.author_id,
        post_id=post.id if measure in ABOUT_POSTS else None,
        topic_id=post.topic_id if measure in (*ABOUT_POSTS, *ABOUT_TOPICS) else None,
        group_id=topic.group_id,
    )
    if measure in ("restrict", "suspend", "close-account", "restrict-reports"):
        db.session.add(
            Sanction(
                member_id=topic.author_id, decision_id=decision.id, measure=measure, since=at,
                until=decision.until,
            )
        )  # fmt: skip
    return decision


def reported(
    world: World, chance: random.Random, posts: list[Post], decisions: list[Decision]
) -> None:
    """A report by a member or a visitor, perhaps answered by a later decision."""
    at, rule = some_moment(chance), chance.choice(RULES)
    answers = [
        each for each in decisions if each.at > at and each.measure in ("dismiss", "hide", "remove")
    ]
    is_visitor, is_person = chance.random() < 0.6, chance.random() < 0.3
    post, reporter = chance.choice(posts), chance.choice((world.davide, world.teresa, world.emma))
    about = {"member_id": world.davide.id} if is_person else {"post_id": post.id}
    if (
        not is_visitor
        and db.session.query(Report).filter_by(reporter_id=reporter.id, **about).all()
    ):
        is_visitor = True
    db.session.add(
        Report(
            **about, rule=rule, reported_at=at, language=chance.choice(("it", "en", "es")),
            explanation=SECRET if rule in EXPLAINED else "",
            reporter_id=None if is_visitor else reporter.id,
            reporter_name=f"{SECRET} Rossi" if is_visitor else "",
            reporter_email=f"{SECRET}@example.org" if is_visitor else "",
            decision=chance.choice(answers) if answers and chance.random() < 0.7 else None,
        )
    )  # fmt: skip
    db.session.flush()


def appealed(world: World, chance: random.Random, decision: Decision) -> None:
    """An appeal by the author, perhaps answered."""
    made_at = decision.at + timedelta(minutes=chance.randrange(10, 5000))
    outcome = None
    if chance.random() < 0.7:
        outcome = decide(
            chance.choice(("uphold", "reverse")), by=world.ruth, rule=decision.rule, facts=SECRET,
            at=made_at + timedelta(minutes=chance.randrange(10, 9000)), reverses=decision,
            on_report=decision.on_report, affected_id=decision.affected_id,
            post_id=decision.post_id, topic_id=decision.topic_id, group_id=decision.group_id,
        )  # fmt: skip
    db.session.add(
        Appeal(
            decision=decision, side="author", by=world.marta, text=SECRET, language="it",
            made_at=made_at, outcome=outcome,
        )
    )  # fmt: skip
    db.session.flush()


def waited(world: World, chance: random.Random, decisions: list[Decision]) -> None:
    """A case, perhaps closed, perhaps late."""
    opened_at = some_moment(chance)
    closed = chance.random() < 0.6
    db.session.add(
        Case(
            kind=chance.choice(("report", "group")), subject="post",
            subject_id=chance.randrange(10**6), title=SECRET,
            language=chance.choice(("it", "en", "es")), opened_at=opened_at,
            due_at=opened_at + timedelta(hours=24),
            closed_at=opened_at + timedelta(hours=chance.randrange(1, 60)) if closed else None,
            decision=chance.choice(decisions) if closed else None,
        )
    )  # fmt: skip
