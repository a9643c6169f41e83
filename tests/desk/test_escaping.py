"""What an editor or an author writes is text, in letters and on pages alike."""

import pytest

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from tests.outbound import html_of, text_of

SCRIPT = "<script>alert(1)</script> & “co”"


@pytest.fixture
def decision(world):
    """About a topic of Davide’s whose title and whose law want to be more than words."""
    topic = forum.open_topic(
        world.export, by=world.davide, title=f"Dazi {SCRIPT}", at=now(), text="Chi mi aiuta?"
    )
    made = commands.lock_topic(
        topic, by=world.giulia, at=now(), rule="illegal", law=f"Legge {SCRIPT}",
        facts=f"Fatti {SCRIPT}",
    )  # fmt: skip
    db.session.commit()
    return made


@pytest.mark.parametrize("lang", ["it", "en", "es"])
def test_the_page_escapes_what_people_wrote(world, decision, visit, lang):
    page = visit(world.davide).get(f"/{lang}/decisions/{decision.id}").text
    assert "<script>alert" not in page
    assert "Legge &lt;script&gt;" in page and "Fatti &lt;script&gt;" in page


def test_the_letter_escapes_in_html_and_not_in_plain_text(world, decision, settle, outbound):
    settle()
    [letter] = [each for each in outbound.to(world.davide.email) if "Dazi" in str(each["Subject"])]
    assert "&" in str(letter["Subject"]) and "&amp;" not in str(letter["Subject"])
    assert f"Legge {SCRIPT}" in text_of(letter)
    assert "&lt;" not in text_of(letter)
    assert "<script>alert" not in html_of(letter)
