"""What search engines are told."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from officine.blueprints.desk.commands import hide_post
from officine.blueprints.forum.commands import delete_post, open_topic
from officine.blueprints.sitemap import queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.models import Post
from tests.world import World

SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def say(group, by, title):
    topic = open_topic(group, by=by, title=title, text=title, at=now() - timedelta(hours=2))
    db.session.commit()
    return topic


def opening(topic):
    return db.session.query(Post).filter_by(topic_id=topic.id, number=1).one()


def addresses(visit, language="it", page=1):
    reply = visit().get(f"/sitemap-{language}-{page}.xml")
    assert reply.mimetype == "application/xml"
    return [each.text for each in ElementTree.fromstring(reply.text).iter(f"{SITE}loc")]


def test_crawlers_are_told_where_the_maps_are_and_what_is_not_for_them(visit):
    text = visit().get("/robots.txt").text

    assert "Sitemap: http://officine.test/sitemap.xml" in text
    assert "Disallow: /it/desk" in text
    assert "Disallow: /es/settings" in text


def test_there_is_a_map_for_each_language(visit, world: World):
    tree = ElementTree.fromstring(visit().get("/sitemap.xml").text)

    assert [each.text for each in tree.iter(f"{SITE}loc")] == [
        f"http://officine.test/sitemap-{language}-1.xml" for language in LANGUAGES
    ]


def test_a_map_names_what_everyone_may_read(visit, world: World):
    topic = say(world.export, world.marta, "Bolle doganali")
    world.marta.about = "Terza generazione, seta stampata."
    db.session.commit()

    found = addresses(visit)

    for path in ("/it/", "/it/groups", "/it/rules", "/it/groups/export-e-dogane",
                 f"/it/topics/{topic.id}-bolle-doganali", "/it/people/marta-colombo",
                 "/it/companies/colombo-tessuti"):  # fmt: skip
        assert f"http://officine.test{path}" in found


def test_a_map_names_nothing_of_members_and_private_groups(visit, world: World):
    inside = say(world.castings, world.emma, "Bronze in short runs")
    secret = say(world.famiglia, world.marta, "Mia figlia e i capireparto")

    for language in LANGUAGES:
        found = " ".join(addresses(visit, language))
        assert "metal-and-castings" not in found
        assert "passaggio-generazionale" not in found
        assert f"/topics/{inside.id}-" not in found
        assert f"/topics/{secret.id}-" not in found


def test_what_was_hidden_or_taken_back_is_in_no_map(visit, world: World):
    hidden = say(world.export, world.davide, "Comprate da me")
    taken_back = say(world.export, world.davide, "Mi sono sbagliato")
    hide_post(opening(hidden), by=world.giulia, at=now(), rule="advertising", facts="Vende.")
    delete_post(opening(taken_back), by=world.davide, at=now())
    db.session.commit()

    assert not [each for each in addresses(visit) if "/topics/" in each]


def test_people_who_tell_of_themselves_to_members_only_are_in_no_map(visit, world: World):
    world.marta.about = "Terza generazione, seta stampata."
    world.marta.shown_to = {"about": "members"}
    db.session.commit()

    assert not [each for each in addresses(visit) if "/people/" in each]


def test_every_page_names_itself_in_the_other_languages(visit, world: World):
    say(world.export, world.marta, "Bolle doganali")

    for language in LANGUAGES:
        tree = ElementTree.fromstring(visit().get(f"/sitemap-{language}-1.xml").text)
        for url in tree.iter(f"{SITE}url"):
            links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
            assert set(links) == {*LANGUAGES, "x-default"}
            assert url.find(f"{SITE}loc").text == links[language]
            assert links["x-default"] == links["it"]


def test_what_a_map_names_is_there(visit, world: World):
    say(world.export, world.marta, "Bolle doganali")

    for address in addresses(visit, "es"):
        path = address.removeprefix("http://officine.test")
        assert visit().get(path).status_code == 200, path


def test_a_large_site_has_several_maps_and_none_twice(visit, world: World, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 3)
    topics = [say(world.export, world.marta, f"Domanda {number}") for number in range(5)]

    pages = queries.pages_count()
    found = [each for page in range(1, pages + 1) for each in addresses(visit, "it", page)]

    assert pages > 2
    assert len(found) == len(set(found))
    for topic in topics:
        assert sum(f"/topics/{topic.id}-" in each for each in found) == 1
    assert visit().get(f"/sitemap-it-{pages + 1}.xml").status_code == 404


@pytest.mark.parametrize("path", ["/sitemap-it-0.xml", "/sitemap-de-1.xml", "/sitemap-it-99.xml"])
def test_other_maps_do_not_exist(visit, world: World, path):
    assert visit().get(path).status_code == 404
