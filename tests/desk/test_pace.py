"""Nobody floods the desk."""

from datetime import timedelta

import pytest

from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.limits import limiter


@pytest.fixture(autouse=True)
def counted(app):
    """Tries are counted, from none."""
    limiter.limiter.storage.reset()
    app.config["RATELIMIT_ENABLED"] = True
    yield
    app.config["RATELIMIT_ENABLED"] = False


def test_who_reports_too_much_waits_with_the_words_before_their_eyes(world, scene, visit):
    teresa = visit(world.teresa)
    begun = now()
    ids = [
        forum.answer(
            scene.topic, by=world.davide, text=f"Offerta {n}", at=begun + timedelta(minutes=3 * n)
        ).id
        for n in range(21)
    ]
    for post_id in ids[:20]:
        assert teresa.post(f"/it/posts/{post_id}/reports", rule="spam").status_code == 303

    reply = teresa.post(
        f"/it/posts/{ids[20]}/reports", rule="other", explanation="Lo fa da settimane."
    )

    assert reply.status_code == 429
    assert "È molto in poco tempo." in reply.text and "Lo fa da settimane." in reply.text
