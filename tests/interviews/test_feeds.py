"""Feeds: well-formed, valid where validators look, and silent about what is not published."""

from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from officine.core.clock import now
from tests.interviews.making import made

CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
ATOM = "{http://www.w3.org/2005/Atom}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def channel(visit, url):
    reply = visit().get(url)
    assert reply.status_code == 200
    assert reply.mimetype == "application/rss+xml"
    found = ElementTree.fromstring(reply.get_data()).find("channel")
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["interviews.xml", "podcast.xml"])
@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_an_empty_feed_is_a_feed(world, visit, name, language):
    found = channel(visit, f"/{language}/{name}")

    assert found.findtext("language") == language
    for required in ("title", "link", "description"):
        assert found.findtext(required)
    own = found.find(f"{ATOM}link")
    assert own.get("rel") == "self"
    assert own.get("href") == f"http://officine.test/{language}/{name}"
    assert found.findall("item") == []


def test_the_feed_of_a_language_has_what_can_be_read_in_it(world, visit):
    made(world)
    made(world, "altra", texts=("it", "es"))

    def slugs(language):
        items = channel(visit, f"/{language}/interviews.xml").findall("item")
        return {item.findtext("link").rpartition("/")[2] for item in items}

    assert slugs("it") == slugs("es") == {"il-telaio", "altra"}
    assert slugs("en") == {"il-telaio"}


def test_an_item_says_all_that_readers_of_media_ask(world, visit):
    interview = made(world)
    item = channel(visit, "/es/interviews.xml").find("item")

    assert item.findtext("title") == "«Vendí el telar de mi padre»"
    assert item.find("guid").get("isPermaLink") == "true"
    assert item.findtext("guid") == item.findtext("link")
    at = parsedate_to_datetime(item.findtext("pubDate"))
    assert at == interview.published_at.replace(microsecond=0)
    enclosure = item.find("enclosure")
    assert (enclosure.get("length"), enclosure.get("type")) == ("654", "video/mp4")
    content = item.find(f"{MEDIA}content")
    assert (
        content.get("url")
        == enclosure.get("url")
        == (f"http://officine.test/media/f{interview.id}/plain.mp4")
    )
    assert (content.get("duration"), content.get("medium"), content.get("lang")) == (
        "125", "video", "it",
    )  # fmt: skip
    assert content.find(f"{MEDIA}thumbnail").get("url").startswith("http://officine.test/media/")
    captions = item.findall(f"{ATOM}link")
    assert [each.get("hreflang") for each in captions] == ["es", "it"]
    assert {(each.get("rel"), each.get("type")) for each in captions} == {("related", "text/vtt")}


# What the W3C’s validator of feeds knows of Media RSS; anything else in its namespace is an error.
KNOWN = {
    "adult", "category", "content", "copyright", "credit", "description", "group", "hash",
    "keywords", "player", "rating", "restriction", "text", "thumbnail", "title",
}  # fmt: skip


def test_both_feeds_keep_to_what_the_validator_of_the_w3c_knows(world, visit):
    interview = made(world)
    made(world, "fuori", outside="https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    for text in interview.texts:
        text.html = '<p><a href="/it/groups">Gruppi</a> <a href="#sotto">sotto</a></p>'

    for name in ("interviews.xml", "podcast.xml"):
        found = channel(visit, f"/it/{name}")
        names = {each.tag.removeprefix(MEDIA) for each in found.iter() if MEDIA in each.tag}
        assert names <= KNOWN
        assert found.findall(f".//{MEDIA}group") == []
        for credit in found.iter(f"{MEDIA}credit"):
            assert (credit.get("scheme"), credit.get("role")) == ("urn:ebu", "interviewed guest")
        texts = [each.text or "" for each in found.iter(f"{CONTENT}encoded")]
        assert any('href="http://officine.test/it/groups"' in each for each in texts)
        assert any('/it/interviews/il-telaio#sotto"' in each for each in texts)
        guids = [each.text for each in found.iter("guid")]
        assert len(guids) == len(set(guids))
        for item in found.iter("item"):
            assert len(item.findall("enclosure")) <= 1
            children = [each.tag for each in item]
            if f"{CONTENT}encoded" in children:
                assert children.index("description") < children.index(f"{CONTENT}encoded")
        parts = [each.tag for each in found]
        assert set(parts[parts.index("item") :]) == {"item"}
        image = found.find("image")
        if image is not None:
            assert image.findtext("title") == found.findtext("title")
            assert image.findtext("link") == found.findtext("link")
    assert found.findtext(f"{ITUNES}owner/{ITUNES}email")


def test_the_podcast_has_the_sound_of_what_is_spoken_in_its_language(world, visit):
    interview = made(world)
    made(world, "fuori", outside="https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    found = channel(visit, "/it/podcast.xml")

    assert channel(visit, "/es/podcast.xml").findall("item") == []
    assert found.find(f"{ITUNES}image").get("href").endswith("/podcast.png")
    assert found.find(f"{ITUNES}category").get("text") == "Business"
    assert found.findtext(f"{ITUNES}explicit") == "false"
    (item,) = found.findall("item")
    enclosure = item.find("enclosure")
    assert enclosure.get("url") == f"http://officine.test/media/f{interview.id}/audio.m4a"
    assert (enclosure.get("length"), enclosure.get("type")) == ("321", "audio/x-m4a")
    assert item.findtext(f"{ITUNES}duration") == "125"
    assert {each.get("language") for each in item.findall(f"{PODCAST}transcript")} == {"it", "es"}
    cover = visit().get("/it/podcast.png")
    assert cover.mimetype == "image/png"
    assert int.from_bytes(cover.get_data()[16:20]) == 1400


def test_an_outside_video_is_told_of_without_an_enclosure(world, visit):
    made(world, "fuori", outside="https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    item = channel(visit, "/it/interviews.xml").find("item")

    assert item.find("enclosure") is None
    assert item.find(f"{MEDIA}player").get("url").endswith("/it/interviews/fuori")


def test_a_reader_asks_each_time_and_hears_at_once_that_it_is_gone(world, visit, app):
    interview = made(world)
    reply = visit().get("/it/interviews.xml")
    assert "no-cache" in reply.headers["Cache-Control"]
    kept = {"If-None-Match": reply.headers["ETag"]}
    assert visit(**kept).get("/it/interviews.xml").status_code == 304

    interview.stage, interview.withdrawn_at = "withdrawn", now()
    assert "il-telaio" not in visit(**kept).get("/it/interviews.xml").text
    assert "il-telaio" not in visit().get("/it/podcast.xml").text


def test_pages_lead_to_the_feeds(world, visit):
    made(world)

    assert 'href="/it/interviews.xml"' in visit().get("/it/interviews").text
    assert 'href="/it/podcast.xml"' in visit().get("/it/interviews").text
