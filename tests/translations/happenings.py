"""A year of Officine in a moment: everything that leaves a letter, and a page of every kind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, template_rendered
from jinja2 import Template
from sqlalchemy import select

from officine.blueprints.attendance.commands import inviting, outside, replying
from officine.blueprints.companies import commands as companies
from officine.blueprints.desk.commands import appeals, members, posts, reports
from officine.blueprints.followup import commands as followup
from officine.blueprints.groups import commands as groups
from officine.blueprints.interviews.commands import answer_question, ask_guest, choose_question
from officine.blueprints.planning.commands import publishing as planning
from officine.blueprints.production.commands import making, questions, release
from officine.blueprints.production.commands.publishing import withdraw
from officine.blueprints.production.events import InterviewPublished
from officine.blueprints.texts import commands as texts
from officine.blueprints.texts.queries import find_text_called
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import record
from officine.models import (
    Event,
    Group,
    Interest,
    Interview,
    Member,
    Membership,
    Post,
    ReaderQuestion,
    Registration,
)
from tests.accounts.newcomers import PASSWORD, joining, with_password
from tests.busy_world import YESTERDAY, BusyWorld
from tests.events.making import event, going
from tests.interviews.making import made
from tests.visits import Visit
from tests.world import World

Visits = Callable[..., Visit]


def all_speak_english(world: World) -> None:
    """Then whatever is written to anybody is written in one language."""
    for member in db.session.scalars(select(Member)):
        member.interface_language = "en"
    db.session.commit()


def accounts(world: World, visit: Visits) -> None:
    """Somebody joins, somebody had joined, passwords and addresses change, somebody leaves."""
    visit().post("/en/sign-up", **joining())
    visit().post("/en/sign-up", **joining(email=world.teresa.email))
    visit().post("/en/password/forgotten", email=world.emma.email)
    with_password(world.davide)
    davide = visit(world.davide)
    davide.post("/en/settings/address", email="davide@example.net", current=PASSWORD)
    davide.post("/en/settings/password", current=PASSWORD, password="nuovi fusi girano lenti")
    with_password(world.newcomer)
    visit(world.newcomer).post("/en/settings/leave", current=PASSWORD)


def people(busy: BusyWorld) -> None:
    """Groups and companies let in and send away."""
    world, moment = busy.world, now()
    [fairs] = db.session.scalars(select(Group).filter_by(opened_at=None))
    groups.approve_group(fairs, by=world.beatriz, at=moment)
    more = groups.propose_group(
        by=world.emma, at=moment, language="en", name="Second hand", purpose="Machines."
    )
    groups.decline_group(more, by=world.beatriz, at=moment, facts="There is one.")
    groups.propose_group(by=world.emma, at=moment, language="en", name="Fuel", purpose="Prices.")
    removed = db.session.get_one(Membership, (world.export.id, world.teresa.id))
    groups.remove_member(removed, by=world.marta, at=moment, rule="other", facts="Basta.")
    asked = groups.request_to_join(world.energia, world.davide, text="Anch’io.", at=moment)
    groups.refuse_request(asked, by=world.teresa, at=moment, reason="Solo industria.")
    tessuti = world.companies["tessuti"]
    speaks = companies.ask_to_speak(tessuti, world.emma, text="I sell for it.", at=moment)
    db.session.flush()
    companies.refuse_request(speaks, by=world.marta, at=moment, reason="Non ancora.")
    companies.ask_to_speak(tessuti, world.davide, text="Curo le dogane.", at=moment)


def the_desk(busy: BusyWorld) -> None:
    """A member is warned and appeals; somebody reports; an appeal waits for its answer."""
    world, moment = busy.world, now()
    appeals.appeal_as_author(busy.decision, by=world.davide, at=moment, text="Era un consiglio.")
    warned = members.warn(
        world.teresa, by=world.giulia, at=moment, rule="other", facts="Basta così."
    )
    db.session.flush()
    appeal = appeals.appeal_as_author(warned, by=world.teresa, at=moment, text="¿Por qué?")
    db.session.flush()
    appeals.uphold(appeal, by=world.beatriz, at=moment, rule="other", facts="Resta.")
    until = moment + timedelta(days=9)
    members.suspend(
        world.davide, by=world.giulia, at=moment, rule="spam", facts="Ancora.", until=until
    )
    post = db.session.scalars(select(Post).filter_by(topic_id=busy.sos.id)).first()
    assert post is not None
    reports.report_post(post, by=world.emma, at=moment, rule="other", explanation="Not urgent.")
    db.session.flush()
    posts.hide_post(post, by=world.giulia, at=moment, rule="other", facts="Non urge.")


def events(world: World) -> None:
    """Members and others come, are invited, refused, let in; the letter after an evening goes."""
    moment = now()
    morning = db.session.scalars(select(Event).filter_by(slug="mattina-in-dogana")).one()
    replying.reply(morning, "going", by=world.emma, at=moment)
    comes = replying.reply(morning, "going", by=world.beatriz, at=moment)
    inviting.accept(comes, at=moment)
    refused = replying.reply(morning, "going", by=world.teresa, at=moment)
    inviting.refuse(refused, at=moment, reason="È piena.")
    inviting.invite(morning, world.giulia, by=world.marta, at=moment)
    outside.ask_by_mail(morning, name="Ugo Neri", email="ugo@example.org", language="en", at=moment)
    evening = event(world.marta, "Due sere fa", starts_at=moment - timedelta(days=2))
    going(evening, world.teresa)
    followup.send_follow_up(evening, at=moment)
    for title in ("Da rifiutare", "Da approvare"):
        made_by_emma = event(world.emma, title, state="draft")
        planning.propose_event(made_by_emma, by=world.emma, at=moment)
        if title == "Da rifiutare":
            planning.decline_event(made_by_emma, by=world.giulia, at=moment, facts="Manca dove.")
        else:
            planning.approve_event(made_by_emma, by=world.giulia, at=moment)


def interviews(world: World) -> list[str]:
    """One is published, one is being made; gives what its guest was written."""
    moment = now()
    shown = made(world)
    db.session.add(Interest(member_id=world.emma.id, noun="sector", name="textile", since=moment))
    record(InterviewPublished(shown.id))
    asked_of_guest = ask_guest(
        shown, by=world.emma, text="How long did it take?", at=moment, page_language="en"
    )
    choose_question(asked_of_guest, at=moment)
    answered = ask_guest(
        shown, by=world.emma, text="And who taught you?", at=moment, page_language="en"
    )
    choose_question(answered, at=moment)
    answer_question(answered, text="Mio padre.", at=moment, usual_language="it")
    withdraw(made(world, "il-ritiro"), by=None, at=moment, by_guest=True)
    coming = making.new_interview(
        by=world.giulia, at=moment, owner=world.giulia, guest_name="Teresa Uribe",
        guest=world.teresa, company=world.companies["ceramicas"], language="es",
    )  # fmt: skip
    questions.add_question(coming, "¿Cuándo empezó?", by=world.giulia)
    db.session.flush()
    asked = questions.send_questions(coming, by=world.giulia, at=moment)
    paper, secret = release.ask(
        coming, by=world.giulia, at=moment, language="en", purposes="Todo.", until=None
    )
    db.session.flush()
    release.sign(
        coming, paper, name="Teresa Uribe", address="Calle Mayor 1", signature="Teresa Uribe",
        at=moment, secret=secret,
    )  # fmt: skip
    return [f"interview-questions/{asked}", f"release/{secret}"]


def terms(world: World) -> None:
    """What binds members comes to mean something else."""
    known = find_text_called("legal", "terms")
    assert known is not None
    edition = known.editions["en"]
    texts.publish(
        known.document, "en", by=world.ruth, at=now(), title=edition.title, text="A new sense.",
        change="meaning", seen=edition.number,
    )  # fmt: skip


def walks(busy: BusyWorld) -> dict[str | None, list[str]]:
    """Who walks through the site, and where they begin besides the places that are everybody’s."""
    morning = "events/mattina-in-dogana"
    locked = db.session.scalars(select(Post.id).filter_by(topic_id=busy.locked.id)).one()
    interview = db.session.scalars(select(Interview.id).filter_by(slug="il-telaio")).one()
    coming = db.session.scalars(select(Interview.id).filter_by(guest_name="Teresa Uribe")).one()
    question = db.session.scalars(select(ReaderQuestion.id).order_by(ReaderQuestion.id.desc()))
    comes = db.session.scalars(
        select(Registration.code).filter_by(member_id=busy.world.beatriz.id)
    ).one()
    return {
        None: ["report/received", "confirmation/forgotten", f"{morning}/registration/mailed"],
        "marta": [
            f"events/{YESTERDAY}/follow-up", f"{morning}/edit", f"{morning}/people",
            f"{morning}/door/{comes}",
        ],
        "giulia": [
            "people/davide-rinaldi/decisions/new", f"posts/{locked}/decisions/new",
            f"topics/{busy.topic.id}/suggestion", f"desk/interviews/{interview}/captions/it",
            f"desk/interviews/{coming}/release",
        ],
        "emma": [morning, f"{morning}/registration", f"posts/{locked}/deletion"],
        "davide": ["", f"{morning}/registration", f"{morning}/registration/code"],
        "teresa": [
            "settings/standing", "interviews/il-telaio", "groups/energia-e-industria/people",
            f"questions/{question.first()}/reports/new",
        ],
        "ruth": ["desk"],
    }  # fmt: skip


def let_happen(
    app: Flask, world: World, visit: Visits, settle: Callable[[], None]
) -> tuple[BusyWorld, list[str], set[str]]:
    """Everything, in English; gives the busy world, addresses that only letters know, and which
    letters were written.
    """
    written: set[str] = set()

    def note(_app: Flask, template: Template, **_: Any) -> None:
        if template.name and template.name.startswith("mail/"):
            written.add(template.name)

    all_speak_english(world)
    with template_rendered.connected_to(note, app):
        busy = BusyWorld.created(world)
        settle()
        accounts(world, visit)
        settle()
        people(busy)
        the_desk(busy)
        settle()
        events(world)
        starts = interviews(world)
        terms(world)
        settle()
    letters = {name for name in written if name.endswith(".html")}
    return busy, starts, letters
