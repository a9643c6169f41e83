import io
import json
import zipfile

import pytest

from officine.core.clock import now
from officine.core.db import db
from officine.models import Post, Topic


@pytest.fixture
def written(world):
    """What Marta and Teresa wrote in one topic."""
    topic = Topic(
        group=world.export, author=world.marta, title="L’IVA all’estero", slug="l-iva-all-estero",
        language="it", opened_at=now(), last_post_at=now(), last_number=2, posts_count=2,
    )  # fmt: skip
    db.session.add(topic)
    for number, author, text in (
        (1, world.marta, "Perché **così** cara?"),
        (2, world.teresa, "Ni idea"),
    ):
        db.session.add(
            Post(
                topic=topic, number=number, author=author, language="it", text=text,
                html=f"<p>{text}</p>", written_at=now(), published_at=now(),
            )
        )  # fmt: skip
    db.session.commit()
    return topic


def test_a_member_takes_away_what_is_theirs(world, visit, written):
    world.marta.about = "Terza generazione."
    reply = visit(world.marta).get("/it/settings/data/officine.json")
    own = json.loads(reply.get_data(as_text=True))

    assert "attachment" in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert own["profile"]["name"] == "Marta Colombo"
    assert own["profile"]["email"] == world.marta.email
    assert own["profile"]["about"] == "Terza generazione."
    assert {row["slug"] for row in own["memberships"]} == {
        "export-e-dogane",
        "passaggio-generazionale",
    }
    assert [post["text"] for post in own["posts"]] == ["Perché **così** cara?"]
    assert "password" not in json.dumps(own)
    assert "Ni idea" not in json.dumps(own, ensure_ascii=False)


def test_the_folder_holds_each_message_as_a_text_file(world, visit, written):
    reply = visit(world.marta).get("/it/settings/data/officine.zip")
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        names = archive.namelist()
        post = next(name for name in names if name.startswith("posts/"))
        text = archive.read(post).decode()

    assert {"officine.json", "profile.md"} <= set(names)
    assert post.endswith(f"-l-iva-all-estero-{written.id}-1.md")
    assert text.startswith("---\n")
    assert 'topic: "L’IVA all’estero"' in text
    assert text.endswith("Perché **così** cara?\n")


def test_who_wrote_nothing_takes_away_a_profile(world, visit):
    own = json.loads(visit(world.newcomer).get("/it/settings/data/officine.json").data)

    assert own["posts"] == []
    assert own["profile"]["confirmed_at"] is None


def test_a_visitor_takes_nothing_away(world, visit):
    for path in ("data", "data/officine.json", "data/officine.zip"):
        assert visit().get(f"/it/settings/{path}").status_code == 303


def test_however_much_one_wrote_the_queries_are_few(world, visit, written):
    for number in range(3, 60):
        db.session.add(
            Post(
                topic=written, number=number, author=world.marta, language="it",
                text="Ancora.", html="<p>Ancora.</p>", written_at=now(), published_at=now(),
            )
        )  # fmt: skip
    visit(world.marta).get("/it/settings/data/officine.json", most_queries=20)
