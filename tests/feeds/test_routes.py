"""What feed readers hear of a group."""

from datetime import timedelta
from xml.etree import ElementTree

from officine.blueprints.desk.commands import hide_post
from officine.blueprints.forum.commands import open_topic
from officine.core.clock import now
from officine.core.db import db
from officine.models import Post
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def say(group, by, title, text="Con «virgolette», <tag> & accenti: perché l’IVA?", hours=2):
    topic = open_topic(group, by=by, title=title, text=text, at=now() - timedelta(hours=hours))
    db.session.commit()
    return topic


def feed(visit, slug="export-e-dogane", language="it"):
    reply = visit().get(f"/{language}/groups/{slug}/feed")
    assert reply.status_code == 200
    assert reply.mimetype == "application/atom+xml"
    return ElementTree.fromstring(reply.text)


def titles(tree):
    return [each.text for each in tree.iterfind(f"{ATOM}entry/{ATOM}title")]


def test_the_newest_topics_of_a_public_group_come_first(visit, world: World):
    say(world.export, world.marta, "La prima", hours=3)
    say(world.export, world.teresa, "La seconda", hours=1)

    tree = feed(visit)

    assert titles(tree) == ["La seconda", "La prima"]
    assert tree.find(f"{ATOM}entry/{ATOM}author/{ATOM}name").text == "Teresa Uribe"
    assert "perché l’IVA?" in tree.find(f"{ATOM}entry/{ATOM}content").text


def test_a_feed_says_in_which_language_it_is_written(visit, world: World):
    tree = feed(visit, language="es")

    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "it"


def test_a_feed_has_the_same_identity_in_every_language(visit, world: World):
    say(world.export, world.marta, "La prima")

    ids = [
        [each.text for each in feed(visit, language=code).iter(f"{ATOM}id")]
        for code in ("it", "en", "es")
    ]

    assert ids[0] == ids[1] == ids[2]


def test_hidden_topics_are_in_no_feed(visit, world: World):
    topic = say(world.export, world.davide, "Comprate da me")
    post = db.session.query(Post).filter_by(topic_id=topic.id).one()
    hide_post(post, by=world.giulia, at=now(), rule="advertising", facts="Vende.")
    db.session.commit()

    assert titles(feed(visit)) == []


def test_what_not_everyone_reads_has_no_feed(visit, world: World):
    for group in (world.castings, world.famiglia):
        say(group, group.created_by, "Di casa")
        for who in (None, world.marta, world.emma, world.giulia):
            assert visit(who).get(f"/it/groups/{group.slug}/feed").status_code == 404


def test_a_reader_that_has_it_is_told_so(visit, world: World):
    reader = visit()
    etag = reader.get("/it/groups/export-e-dogane/feed").headers["ETag"]

    reply = reader.get("/it/groups/export-e-dogane/feed", headers={"If-None-Match": etag})

    assert reply.status_code == 304
