"""What a browser, or a proxy between, may keep of what it was given."""

import pytest

from officine.blueprints.forum import commands
from officine.core.clock import now


def test_words_outside_a_page_are_not_kept_by_proxies_either(world, visit):
    topic = commands.open_topic(
        world.export, by=world.marta, title="Perché?", text="Il cliente non paga.", at=now()
    )
    post = commands.answer(topic, by=world.davide, text="Manca il numero.", at=now())

    reply = visit(world.marta).get(f"/it/posts/{post.id}/quotation")

    assert reply.mimetype == "text/plain"
    assert reply.headers["Cache-Control"] == "private, no-cache"


def test_after_signing_out_the_way_back_shows_nothing(world, visit):
    reply = visit(world.marta).post("/it/sign-out")

    assert reply.headers["Clear-Site-Data"] == '"cache"'


def test_a_page_of_the_search_shares_our_words_and_not_those_of_the_question(world, visit):
    plain, asked = (visit().get(f"/it/search{query}").text for query in ("", "?q=Truffa"))

    assert picture_of(plain) == picture_of(asked)


def picture_of(html: str) -> str:
    """The picture that a page shares."""
    return html.partition('property="og:image" content="')[2].partition('"')[0]


@pytest.mark.parametrize("name", [None, "marta", "giulia"])
@pytest.mark.parametrize("url", ["/it/", "/it/about", "/it/groups/export-e-dogane", "/it/nowhere"])
def test_a_page_loads_and_runs_only_what_is_ours(world, visit, name, url):
    reply = visit(name and getattr(world, name)).get(url)

    assert reply.headers["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
