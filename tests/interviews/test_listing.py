"""The list of interviews, and the first pages that show the latest."""

from datetime import timedelta

from officine.core.clock import now
from tests.interviews.making import made


def test_the_latest_stands_large_and_titles_are_in_the_language_one_reads(world, visit):
    made(world, at=now() - timedelta(days=3))
    made(world, "altra", texts=("it",), captions=("it",), at=now())

    html = visit(world.teresa).get("/es/interviews", most_queries=14).text
    assert html.index("/es/interviews/altra") < html.index("/es/interviews/il-telaio")
    assert html.count("interview-card is-big") == 1
    assert "«Vendí el telar de mi padre»</a>" in html
    assert 'class="title" lang="it"><a href="/es/interviews/altra"' in html


def test_it_can_be_narrowed_by_voice_captions_and_sector(world, visit):
    made(world)
    made(world, "altra", captions=("it",))

    assert "altra" in visit().get("/it/interviews?spoken=it").text
    html = visit().get("/it/interviews?captions=es").text
    assert "il-telaio" in html and "interviews/altra" not in html
    assert "interviews/altra" in visit().get("/it/interviews?sector=textile").text
    empty = visit().get("/it/interviews?spoken=es")
    assert empty.status_code == 200 and "interviews/altra" not in empty.text
    assert visit().get("/it/interviews?sector=nothing&spoken=xx&captions=%00").status_code == 200


def test_load_more_is_a_link_and_a_page_that_is_not_there_is_none(world, visit):
    for number in range(14):
        made(world, f"n{number:02}", texts=("it",), captions=(), at=now() - timedelta(days=number))

    html = visit().get("/it/interviews").text
    assert "n11" in html and "n12" not in html
    assert 'href="/it/interviews?page=2"' in html
    assert "n13" in visit().get("/it/interviews?page=2").text
    assert visit().get("/it/interviews?page=3").status_code == 404
    piece = visit().htmx_get("/it/interviews?page=2").text
    assert piece.lstrip().startswith('<section id="interviews"')


def test_visitors_and_members_find_the_latest_on_their_first_page(world, visit):
    made(world)

    assert "/it/interviews/il-telaio" in visit().get("/it/").text
    assert "/it/interviews/il-telaio" in visit(world.marta).get("/it/", most_queries=16).text


def test_today_does_not_tell_of_an_old_one(world, visit):
    made(world, at=now() - timedelta(days=40))

    assert "il-telaio" not in visit(world.marta).get("/it/").text
