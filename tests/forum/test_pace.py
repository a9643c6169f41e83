"""Nobody floods the forum; whoever has to wait keeps what they wrote."""

import io

import pytest
from PIL import Image

from officine.core.limits import limiter
from tests.forum.test_routes import posts


@pytest.fixture(autouse=True)
def counted(app):
    """Tries are counted, from none."""
    limiter.limiter.storage.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False


def picture():
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    file.seek(0)
    return file, "stampo.png"


def test_who_writes_too_many_answers_waits_with_the_text_before_their_eyes(talk, visit):
    davide, address = visit(talk.davide.author), f"/it/topics/{talk.topic.id}/posts"
    for number in range(30):
        assert davide.post(address, text=f"Risposta {number}").status_code == 303
    before = posts()

    reply = davide.post(address, text="Ancora una")
    piece = davide.htmx_post(address, text="Ancora due")

    assert (reply.status_code, piece.status_code) == (429, 422)
    assert "È molto in poco tempo." in reply.text and "È molto in poco tempo." in piece.text
    assert "Ancora una" in reply.text and "Ancora due" in piece.text
    assert posts() == before


def test_others_write_meanwhile(talk, visit):
    address = f"/it/topics/{talk.topic.id}/posts"
    for number in range(31):
        visit(talk.davide.author).post(address, text=f"Risposta {number}")

    assert visit(talk.teresa.author).post(address, text="Eccomi").status_code == 303


def test_who_opens_too_many_topics_waits(world, visit):
    davide, address = visit(world.davide), "/it/groups/export-e-dogane/topics"
    for number in range(10):
        reply = davide.post(address, title=f"Domanda {number}", text="Testo")
        assert reply.status_code == 303

    reply = davide.post(address, title="Ancora una domanda", text="Il mio lungo testo")

    assert reply.status_code == 429
    assert "Ancora una domanda" in reply.text and "Il mio lungo testo" in reply.text


def test_who_edits_too_often_waits(talk, visit):
    davide, address = visit(talk.davide.author), f"/it/posts/{talk.davide.id}"
    for number in range(30):
        assert davide.post(address, text=f"Versione {number}").status_code == 303

    reply = davide.post(address, text="Versione ultima")

    assert reply.status_code == 429
    assert "Versione ultima" in reply.text


def test_who_sends_too_many_pictures_reads_why_it_did_not_arrive(world, visit):
    davide = visit(world.davide)
    for _time in range(30):
        assert davide.post("/it/pictures", picture=picture(), alt="Uno").status_code == 200

    reply = davide.post("/it/pictures", picture=picture(), alt="Uno")

    assert reply.status_code == 422
    assert reply.json["problem"].startswith("È molto in poco tempo.")
