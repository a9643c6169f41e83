"""What the desk hid, and who has left, are not told by another way."""

import pytest
from sqlalchemy import delete, select

from officine.blueprints.accounts import commands as accounts
from officine.blueprints.desk import commands as desk
from officine.blueprints.desk.commands import hide_post
from officine.blueprints.forum import commands
from officine.blueprints.groups.queries import my_groups
from officine.blueprints.home.queries import groups_in
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Membership, Post, Sanction


@pytest.fixture
def hidden(world, talk):
    """The desk hid the topic’s opening; Teresa is a host of the group too."""
    db.session.get(Membership, (world.export.id, world.teresa.id)).is_host = True
    hide_post(talk.question, by=world.giulia, at=now(), rule="privacy", facts="Un indirizzo.")
    return talk


@pytest.mark.parametrize("who", ["teresa", "marta"])
def test_a_hidden_title_is_neither_told_nor_changed(world, visit, hidden, who):
    address = f"/it/topics/{hidden.topic.id}/title"
    shown = visit(getattr(world, who)).get(address)
    changed = visit(getattr(world, who)).post(address, title="Altro")

    assert (shown.status_code, changed.status_code) == (403, 403)
    assert hidden.topic.title not in shown.text


def test_a_post_that_was_hidden_meanwhile_is_not_edited(world, talk):
    hide_post(talk.davide, by=world.giulia, at=now(), rule="spam", facts="Pubblicità.")

    with pytest.raises(commands.PostGone):
        commands.edit_post(talk.davide, by=world.davide, text="Altro", at=now())


def test_an_unconfirmed_account_is_not_mentioned(world, talk, visit):
    commands.answer(talk.topic, by=world.davide, text=f"@{world.newcomer.handle} sa", at=now())

    assert world.newcomer.name not in visit(world.marta).get(talk.url).text


def test_who_has_left_is_named_no_more_where_others_mentioned_them(world, talk, visit, settle):
    post = commands.answer(talk.topic, by=world.davide, text="Chiedi a @teresa-uribe.", at=now())
    commands.edit_post(post, by=world.davide, text="Chiedi a @teresa-uribe, lo sa.", at=now())
    assert "Teresa Uribe" in post.html

    accounts.leave(world.teresa, at=now(), desk_takes_over=True)
    settle()

    assert "Teresa Uribe" not in db.session.get(Post, post.id).html
    assert "Teresa Uribe" not in visit().get(talk.url).text


def test_whose_account_is_closed_is_named_without_a_link_until_they_come_back(
    world, talk, visit, settle
):
    post = commands.answer(talk.topic, by=world.davide, text="Chiedi a @teresa-uribe.", at=now())
    commands.edit_post(post, by=world.davide, text="Chiedi a @teresa-uribe, lo sa.", at=now())
    link = "/people/teresa-uribe"
    assert link in post.html
    because = {"by": world.giulia, "at": now(), "facts": "Vende indirizzi."}

    desk.close_account(world.teresa, rule="privacy", **because)
    settle()
    assert link not in db.session.get(Post, post.id).html
    assert "@teresa-uribe, lo sa." in visit().get(talk.url).text
    assert link not in visit().get(f"/it/posts/{post.id}/history").text

    # An edit meanwhile does not forget whom it means.
    commands.edit_post(post, by=world.davide, text="Chiedi a @teresa-uribe, sa tutto.", at=now())
    desk.lift(db.session.scalar(select(Sanction)), **because)
    settle()
    assert link in db.session.get(Post, post.id).html


def test_whose_account_is_closed_is_quoted_by_name(world, talk, visit):
    desk.close_account(world.davide, by=world.giulia, at=now(), rule="spam", facts="Vende.")
    quoted = visit(world.marta).get(f"/it/posts/{talk.davide.id}/quotation").text
    assert quoted.startswith(f"> {world.davide.name}:")


def test_an_edit_after_the_letters_were_let_go_of_writes_to_nobody_again(
    world, talk, settle, outbound
):
    post = commands.answer(talk.topic, by=world.davide, text="Chiedi a @emma-whitcombe.", at=now())
    settle()
    assert len(outbound.to(world.emma.email)) == 1
    db.session.execute(delete(Mail))

    commands.edit_post(post, by=world.davide, text="Chiedi a @emma-whitcombe!", at=now())
    settle()

    assert len(outbound.to(world.emma.email)) == 1


def test_no_letter_that_still_waits_carries_a_post_that_was_taken_back(
    world, talk, settle, outbound, app
):
    class Down:
        def send(self, message):
            raise OSError("no mail server")

    app.extensions["officine.mail"] = Down()
    post = commands.answer(talk.topic, by=world.davide, text="Mi è sfuggito.", at=now())
    settle()
    assert db.session.query(Mail).filter(Mail.key.startswith(f"post:{post.id}:")).count() > 0

    commands.delete_post(post, by=world.davide, at=now())

    assert db.session.query(Mail).filter(Mail.key.startswith(f"post:{post.id}:")).count() == 0


def test_a_topic_that_was_taken_back_counts_nowhere(world, visit):
    topic = commands.open_topic(
        world.export, by=world.davide, title="Un errore", text="Scusate.", at=now()
    )
    opening = db.session.query(Post).filter_by(topic_id=topic.id, number=1).one()
    unread = {group.slug: group.unread for group in my_groups(world.teresa)}
    assert unread["export-e-dogane"] == 1

    commands.delete_post(opening, by=world.davide, at=now())

    unread = {group.slug: group.unread for group in my_groups(world.teresa)}
    assert unread["export-e-dogane"] == 0
    assert [card.topics_this_week for card in groups_in("it", now())] == [0]
