import pytest
from sqlalchemy import select

from officine.blueprints.accounts import commands
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.mail import Mail
from officine.models import Follow, Group, Member, Membership, Notification, Post, SignIn, Topic
from tests.accounts.newcomers import PASSWORD, with_password


@pytest.fixture
def post(world):
    """What Davide wrote in a topic of Marta’s."""
    topic = Topic(
        group=world.export, author=world.marta, title="Dazi", slug="dazi", language="it",
        opened_at=now(), last_post_at=now(), last_number=1, posts_count=1,
    )  # fmt: skip
    post = Post(
        topic=topic, number=1, author=world.davide, language="it", text="Si fa così.",
        html="<p>Si fa così.</p>", written_at=now(), published_at=now(),
    )  # fmt: skip
    db.session.add(post)
    db.session.flush()
    db.session.add_all(
        [
            Follow(topic_id=topic.id, member_id=world.davide.id, since=now()),
            Notification(member_id=world.davide.id, kind="answer", cause="x", at=now()),
        ]
    )
    with_password(world.davide)
    return post


def test_a_member_leaves_and_what_they_wrote_stays(world, visit, post, settle, outbound):
    address, davide = world.davide.email, world.davide.id
    browser = visit(world.davide)

    reply = browser.post("/it/settings/leave", current=PASSWORD)
    settle()

    assert reply.location == "/it/"
    assert db.session.get(Post, post.id).text == "Si fa così."
    left = db.session.get(Member, davide)
    assert left.left_at is not None
    assert address not in left.email
    assert "rinaldi" not in left.handle
    assert (left.about, left.place, left.job, left.photo_key) == ("", "", "", None)
    assert browser.get("/it/settings").status_code == 303
    assert visit().post("/it/sign-in", email=address, password=PASSWORD).status_code == 422
    for table in (Membership, Follow, Notification, SignIn):
        assert db.session.scalars(select(table).where(table.member_id == davide)).first() is None
    assert outbound.to(address)[-1]["Subject"] == "Il tuo account è chiuso"


def test_their_name_is_former_member_in_each_readers_language(world, post):
    commands.leave(world.davide, at=now())
    db.session.commit()

    for language, name in {
        "it": "Ex membro",
        "en": "Former member",
        "es": "Antiguo miembro",
    }.items():
        with writing_in(language):
            db.session.expire_all()
            assert db.session.get(Post, post.id).author.name == name
            assert db.session.scalar(select(Member.name).filter_by(id=post.author_id)) == name


def test_the_count_of_a_groups_members_follows(world, post):
    before = world.export.members_count

    commands.leave(world.davide, at=now())
    db.session.commit()

    assert db.session.get(Group, world.export.id).members_count == before - 1


def test_the_photo_is_deleted(world, post, settle):
    storage.put("faces/davide.svg", b"<svg/>")
    world.davide.photo_key = "faces/davide.svg"

    commands.leave(world.davide, at=now())
    settle()

    assert storage.get("faces/davide.svg") is None


def test_letters_to_them_are_deleted(world, visit, post, settle):
    visit().post("/it/password/forgotten", email=world.davide.email)
    settle()
    commands.leave(world.davide, at=now())
    db.session.commit()

    assert db.session.scalars(select(Mail)).first() is None


def test_the_only_host_hands_over_first(world, visit):
    with_password(world.marta)
    page = visit(world.marta).get("/it/settings/leave").get_data(as_text=True)
    assert "Export e dogane" in page
    assert "Passaggio generazionale" in page

    refused = visit(world.marta).post("/it/settings/leave", current=PASSWORD)

    assert refused.status_code == 422
    assert 'id="desk-problem"' in refused.get_data(as_text=True)
    with pytest.raises(commands.LastHost):
        commands.leave(world.marta, at=now())
    assert db.session.get(Member, world.marta.id).left_at is None


def test_the_desk_takes_over_if_it_may(world, visit):
    with_password(world.marta)

    assert (
        visit(world.marta).post("/it/settings/leave", current=PASSWORD, desk="y").status_code == 303
    )

    assert db.session.get(Member, world.marta.id).left_at is not None
    assert db.session.get(Group, world.export.id) is not None


def test_a_second_host_keeps_the_group(world, visit):
    with_password(world.teresa)
    db.session.get(Membership, (world.export.id, world.teresa.id)).is_host = True
    world.davide.kind = "entrepreneur"
    page = visit(world.teresa).get("/es/settings/leave").get_data(as_text=True)

    assert "Energía e industria" in page
    assert "Export e dogane</a></li>" not in page.partition('id="form"')[2]


def test_signed_out_refused_and_invalid(world, visit, post):
    assert visit().post("/it/settings/leave").location.startswith("/it/sign-in")
    for current in ("", "sbagliata"):
        reply = visit(world.davide).post("/it/settings/leave", current=current)
        assert reply.status_code == 422
        assert 'id="current-problem"' in reply.get_data(as_text=True)
    assert db.session.get(Member, world.davide.id).left_at is None


def test_htmx_gets_the_form_back_or_leaves(world, visit, post):
    refused = visit(world.davide).htmx_post("/it/settings/leave", current="x")
    assert refused.status_code == 422
    assert "<html" not in refused.get_data(as_text=True)

    left = visit(world.davide).htmx_post("/it/settings/leave", current=PASSWORD)
    assert left.headers["HX-Redirect"] == "/it/"
