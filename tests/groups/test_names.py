"""A group’s name is spoken in the group’s language wherever it stands; its key opens a topic."""

import re

import pytest

from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.index import keeping

NAME = r'<span lang="it">Export e dogane</span>'
LINK = r'<a href="/en/groups/export-e-dogane" lang="it">Export e dogane</a>'


@pytest.fixture
def topic(world, settle):
    opened = forum.open_topic(
        world.export, by=world.teresa, title="Merce ferma a Felixstowe", text="Aiuto.", at=now()
    )
    answer = forum.answer(opened, by=world.davide, text="Manca l’EORI.", at=now())
    forum.mark_answer(opened, answer, by=world.teresa, at=now())
    settle()
    return opened


def test_above_what_belongs_to_a_group(world, topic, visit):
    marta = visit(world.marta)

    for url in (
        "/en/groups/export-e-dogane/topics/new",
        "/en/groups/export-e-dogane/people",
        "/en/groups/export-e-dogane/settings",
        f"/en/topics/{topic.id}-{topic.slug}",
    ):
        assert LINK in marta.get(url).text, url


def test_in_a_list_of_topics(world, topic, visit):
    keeping.rebuild()

    assert NAME in visit(world.marta).get("/en/search?q=felixstowe&kind=topic").text
    assert NAME in visit(world.marta).get("/en/").text
    assert NAME in visit(world.marta).get("/en/people/davide-rinaldi").text


def test_not_where_the_page_speaks_it_too(world, topic, visit):
    page = visit(world.marta).get("/it/groups/export-e-dogane/topics/new").text

    assert '<a href="/it/groups/export-e-dogane">Export e dogane</a>' in page


# The key n


def key(html: str) -> str | None:
    """Where n leads, from the list of keys, which stands on every page."""
    keys = html.split('id="keys"')[1]
    found = re.search(r'<kbd>n</kbd></dt><dd><a href="([^"]+)" data-key="n">', keys)
    return found and found[1]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/it/groups", "/it/topics/new"),
        ("/it/settings", "/it/topics/new"),
        ("/it/search", "/it/topics/new"),
        ("/it/nowhere", "/it/topics/new"),
        ("/it/groups/export-e-dogane", "/it/groups/export-e-dogane/topics/new"),
    ],
)
def test_on_every_page_n_begins_a_topic(world, visit, url, expected):
    assert key(visit(world.marta).get(url).text) == expected
    assert visit(world.marta).get(expected).status_code == 200


def test_who_cannot_write_is_promised_no_key_for_it(world, visit):
    html = visit().get("/it/groups").text

    assert 'id="keys"' in html
    assert "<kbd>n</kbd>" not in html
