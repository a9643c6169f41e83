"""Letters are stopped from the letter itself, without signing in."""

import re

import pytest

from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core.clock import now
from officine.core.db import db
from officine.core.unsubscribe import read_token, token_for
from officine.models import Follow
from tests.outbound import link_in


@pytest.fixture
def url(app, world):
    def of(kind, topic_id=None, member=None, lang="it"):
        token = token_for((member or world.marta).id, kind, topic_id)
        return f"/{lang}/unsubscribe/{token}"

    return of


def follows(topic, member):
    db.session.expire_all()
    return not db.session.get(Follow, (topic.id, member.id)).stopped


def test_the_letter_about_an_answer_carries_its_own_way_out(world, topic, visit, outbound):
    [letter] = outbound.to(world.marta.email)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.sub(r"^<https?://[^/]+|>$", "", letter["List-Unsubscribe"].replace("\n", ""))
    assert address == link_in(letter, "unsubscribe")

    words = visit().get(address).get_data(as_text=True)
    assert "Chi spedisce in Marocco?" in words
    assert follows(topic, world.marta), "looking stops nothing"
    assert visit().post(address).status_code == 200
    assert not follows(topic, world.marta)


def test_one_click_of_a_mail_program(app, world, topic, url):
    # No cookie, no form of ours: only the address and the one field of RFC 8058.
    reply = app.test_client().post(url("topic", topic.id), data={"List-Unsubscribe": "One-Click"})
    assert reply.status_code == 200
    assert reply.data == b""
    assert not follows(topic, world.marta)


def test_who_stopped_hears_nothing_and_undoes_it(world, topic, visit, url, settle, outbound):
    page = url("topic", topic.id)
    words = visit().post(page).get_data(as_text=True)
    undo = re.search(r'action="([^"]+/undoing)"', words)[1]
    before = len(outbound.to(world.marta.email))

    forum.answer(topic, by=world.davide, text="Un’altra cosa ancora.", at=now())
    db.session.commit()
    settle()
    assert len(outbound.to(world.marta.email)) == before

    assert visit().post(undo).status_code == 200
    forum.answer(topic, by=world.davide, text="E un’ultima.", at=now())
    db.session.commit()
    settle()
    assert len(outbound.to(world.marta.email)) == before + 1


@pytest.mark.parametrize(("kind", "switch"), [("answers", "mail_answers"),
                                              ("mentions", "mail_mentions")])  # fmt: skip
@pytest.mark.parametrize("lang", ["it", "en", "es"])
def test_a_kind_of_letter_is_stopped_and_asked_for_again(world, visit, url, kind, switch, lang):
    page = url(kind, lang=lang)
    assert visit().get(page).status_code == 200
    assert getattr(world.marta, switch)
    visit().post(page)
    assert not getattr(world.marta, switch)
    visit().post(f"{page}/undoing")
    assert getattr(world.marta, switch)


def test_a_tampered_link_stops_nothing(world, topic, visit, url):
    page = url("answers")
    for wrong in (page[:-2], page + "x", page[:20] + "A" + page[21:], "/it/unsubscribe/x",
                  "/it/unsubscribe/" + "a" * 5000):  # fmt: skip
        assert visit().get(wrong).status_code == 404
        assert visit().post(wrong).status_code == 404
    assert world.marta.mail_answers


def test_a_link_signed_for_something_else_is_not_one_of_ours(app):
    from itsdangerous import URLSafeSerializer

    def signed(value, salt="unsubscribe"):
        return URLSafeSerializer(app.config["SECRET_KEY"], salt=salt).dumps(value)

    assert read_token(signed([1, "answers", None])) is not None
    for other in (signed([1, "answers", None], "share"), signed(["a title", "x"]),
                  signed([1, "everything", None]), signed(7), signed({"a": 1})):  # fmt: skip
        assert read_token(other) is None


def test_the_link_of_somebody_who_left_is_gone(world, visit, url):
    world.marta.left_at = now()
    assert visit().get(url("answers")).status_code == 404


def test_the_page_names_no_topic_one_may_no_longer_read(world, visit, url):
    groups.invite(world.famiglia, world.teresa, by=world.marta, at=now())
    groups.join(world.famiglia, world.teresa, at=now())
    secret = forum.open_topic(
        world.famiglia, by=world.marta, title="Patto parasociale", text="Chi c’è?", at=now()
    )
    forum.follow(secret, by=world.teresa, at=now())
    page = url("topic", secret.id, world.teresa)
    assert "Patto parasociale" in visit().get(page).get_data(as_text=True)
    groups.leave(world.famiglia, world.teresa)
    assert "Patto parasociale" not in visit().get(page).get_data(as_text=True)
