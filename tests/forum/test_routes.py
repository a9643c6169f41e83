"""The five cases of each change: signed out, refused, invalid, a plain form, htmx."""

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk.commands import hide_post, lock_topic
from officine.blueprints.forum import commands
from officine.core.clock import now
from officine.core.db import db
from officine.models import Draft, Follow, Membership, Pin, Post, Thanks, Topic
from tests.forum.conftest import written

LONG_TEXT = "parola " * 4000


def posts():
    return db.session.scalar(select(func.count()).select_from(Post))


def changes(talk):
    """Every address that changes something, with fields that would do it."""
    topic, post = talk.topic.id, talk.davide.id
    return {
        "/it/groups/export-e-dogane/topics": {"title": "Nuova", "text": "Testo"},
        f"/it/topics/{topic}/posts": {"text": "Testo"},
        f"/it/topics/{topic}/following": {},
        f"/it/topics/{topic}/pin": {},
        f"/it/topics/{topic}/title": {"title": "Altro"},
        f"/it/topics/{topic}/draft": {"text": "Inizio"},
        f"/it/posts/{post}": {"text": "Altro"},
        f"/it/posts/{post}/deletion": {},
        f"/it/posts/{post}/thanks": {},
        f"/it/posts/{post}/useful": {},
        "/it/preview": {"text": "Testo"},
        "/it/pictures": {},
    }


def test_signed_out_one_is_asked_to_sign_in(talk, visit):
    for url, fields in changes(talk).items():
        reply = visit().post(url, **fields)
        assert reply.status_code == 303, url
        assert "/it/sign-in" in reply.location, url
    assert posts() == 3


def test_who_has_not_confirmed_the_address_is_refused(world, talk, visit):
    browser = visit(world.newcomer)
    for url, fields in changes(talk).items():
        assert browser.post(url, **fields).status_code == 403, url
    assert posts() == 3


def test_nothing_changes_where_one_may_not_read(world, visit):
    topic = commands.open_topic(
        world.famiglia, by=world.marta, title="Eredi", text="Chi decide?", at=now()
    )
    db.session.commit()
    browser = visit(world.davide)
    for end in ("posts", "following", "pin", "title", "draft"):
        assert browser.post(f"/it/topics/{topic.id}/{end}", text="x", title="x").status_code == 404
    post = written(topic, 1)
    for end in ("", "/deletion", "/thanks", "/useful", "/draft"):
        assert browser.post(f"/it/posts/{post.id}{end}", text="x").status_code == 404


class TestOpening:
    URL = "/it/groups/export-e-dogane/topics"

    def test_refused_where_one_enters_by_request(self, world, visit):
        fields = {"title": "Hola", "text": "Buenas"}
        reply = visit(world.marta).post("/es/groups/energia-e-industria/topics", **fields)
        assert reply.status_code == 403
        assert "anfitriones" in reply.text

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"title": "", "text": "Testo"}, "Dai un titolo"),
            ({"title": "Titolo", "text": " "}, "Prima scrivi qualcosa"),
            ({"title": "t" * 170, "text": "Testo"}, "troppo lungo di 10 caratteri"),
            ({"title": "Titolo", "text": "Testo", "language": "fr"}, ""),
        ],
    )
    def test_invalid(self, world, visit, fields, words):
        reply = visit(world.marta).post(self.URL, **fields)
        assert reply.status_code == 422
        assert words in reply.text
        assert posts() == 0

    def test_a_text_too_long_is_kept(self, world, visit):
        reply = visit(world.marta).post(self.URL, title="Titolo", text=LONG_TEXT)
        assert reply.status_code == 422
        assert "troppo lungo di 7.999 caratteri" in reply.text
        assert LONG_TEXT.strip() in reply.text and 'value="Titolo"' in reply.text

    def test_plain_form(self, world, visit):
        browser = visit(world.marta)
        assert browser.get("/it/groups/export-e-dogane/topics/new").status_code == 200
        reply = browser.post(self.URL, title="Perché l’IVA?", text="Chi lo sa?", sos="y")
        topic = db.session.scalar(select(Topic))
        assert reply.status_code == 303
        assert reply.location == f"/it/topics/{topic.id}-perche-l-iva"
        assert topic.is_sos and topic.language == "it"
        assert "Chi lo sa?" in browser.get(reply.location).text

    def test_htmx(self, world, visit):
        reply = visit(world.marta).htmx_post(self.URL, title="Uno", text="Due")
        assert reply.headers["HX-Redirect"].endswith("-uno")

    def test_twice_the_same_form_opens_one_topic(self, world, visit):
        fields = {"title": "Uno", "text": "Due", "token": "f" * 32}
        browser = visit(world.marta)
        first, second = browser.post(self.URL, **fields), browser.post(self.URL, **fields)
        assert first.location == second.location
        assert posts() == 1

    def test_who_is_not_in_an_open_group_joins_by_opening(self, world, visit):
        browser = visit(world.emma)
        assert "Entra e apri" in browser.get("/it/groups/export-e-dogane/topics/new").text
        assert browser.post(self.URL, title="Hello", text="Salve").status_code == 303
        assert db.session.get(Membership, (world.export.id, world.emma.id))

    def test_too_many_calls_for_help(self, world, visit):
        for title in ("Uno", "Due"):
            commands.open_topic(
                world.export, by=world.marta, title=title, text="Aiuto", at=now(), sos=True
            )
        reply = visit(world.marta).post(self.URL, title="Tre", text="Aiuto ancora", sos="y")
        assert reply.status_code == 422
        assert "Aiuto ancora" in reply.text and "due SOS" in reply.text

    def test_one_chooses_a_group_first(self, world, visit):
        page = visit(world.davide).get("/it/topics/new").text
        assert "/it/groups/export-e-dogane/topics/new" in page
        assert "/it/groups" in visit(world.giulia).get("/it/topics/new").text
        assert visit().get("/it/topics/new").status_code == 303


class TestAnswering:
    def test_refused_with_the_text_before_ones_eyes(self, world, talk, visit):
        lock_topic(talk.topic, by=world.giulia, at=now(), rule="off-topic", facts="Altro tema.")
        reply = visit(world.davide).post(f"/it/topics/{talk.topic.id}/posts", text="Un attimo!")
        assert reply.status_code == 403
        assert "Un attimo!" in reply.text and "chiusa" in reply.text
        assert posts() == 3

    def test_invalid(self, world, talk, visit):
        reply = visit(world.davide).post(f"/it/topics/{talk.topic.id}/posts", text=" ")
        assert reply.status_code == 422
        assert "Prima scrivi qualcosa" in reply.text

    def test_plain_form(self, world, talk, visit):
        reply = visit(world.marta).post(f"/it/topics/{talk.topic.id}/posts", text="Ecco **tutto**.")
        post = written(talk.topic, 4)
        assert reply.status_code == 303
        assert reply.location == f"{talk.url}#post-{post.id}"
        assert "<strong>tutto</strong>" in post.html

    def test_htmx_shows_what_others_wrote_meanwhile_too(self, world, talk, visit):
        reply = visit(world.marta).htmx_post(
            f"/it/topics/{talk.topic.id}/posts", text="Ecco.", seen="2"
        )
        assert reply.status_code == 200
        assert "Toulouse" in reply.text and "Ecco." in reply.text
        assert "VIES" not in reply.text, "what stands in the page is not sent again"
        assert 'id="ending"' in reply.text and "<html" not in reply.text
        assert 'data-arrived="own"' in reply.text

    def test_htmx_invalid(self, world, talk, visit):
        reply = visit(world.marta).htmx_post(f"/it/topics/{talk.topic.id}/posts", text="", seen="2")
        assert reply.status_code == 422
        assert 'id="ending"' in reply.text and "<article" not in reply.text
        assert 'name="seen" value="2"' in reply.text

    def test_twice_the_same_form_writes_one_post(self, world, talk, visit):
        browser = visit(world.marta)
        fields = {"text": "Ecco.", "token": "e" * 32}
        first = browser.post(f"/it/topics/{talk.topic.id}/posts", **fields)
        second = browser.post(f"/it/topics/{talk.topic.id}/posts", **fields)
        assert first.location == second.location
        assert posts() == 4

    def test_who_is_not_in_an_open_group_joins_by_answering(self, world, talk, visit):
        browser = visit(world.emma)
        assert "Entra e rispondi" in browser.get(talk.url).text
        browser.post(f"/it/topics/{talk.topic.id}/posts", text="Same here.")
        assert db.session.get(Membership, (world.export.id, world.emma.id))
        assert posts() == 4

    def test_a_preview_without_scripts_writes_nothing(self, world, talk, visit):
        reply = visit(world.marta).post(
            f"/it/topics/{talk.topic.id}/posts", text="Ecco **tutto**.", preview="1"
        )
        assert reply.status_code == 200
        assert "<strong>tutto</strong>" in reply.text and "Ecco **tutto**." in reply.text
        assert posts() == 3

    def test_a_quotation_waits_in_the_composer(self, world, talk, visit):
        page = visit(world.marta).get(f"{talk.url}?quote={talk.davide.id}").text
        assert "&gt; @davide-rinaldi:\n&gt; Manca il numero VIES." in page

    def test_the_author_may_correct_the_language(self, world, talk, visit):
        visit(world.teresa).post(
            f"/it/topics/{talk.topic.id}/posts",
            text="A nosotros nos pasó lo mismo que a ellos.",
            language="en",
        )
        assert written(talk.topic, 4).language == "en"

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "٣"])
    def test_a_strange_place_in_the_topic_does_no_harm(self, world, talk, visit, seen):
        reply = visit(world.marta).htmx_post(
            f"/it/topics/{talk.topic.id}/posts", text="Ecco.", seen=seen
        )
        assert reply.status_code in (200, 422)


class TestNews:
    def test_nothing_new_is_no_content(self, world, talk, visit):
        url = f"/it/topics/{talk.topic.id}/news"
        assert visit().htmx_get(f"{url}?after=3").status_code == 204
        assert visit(world.teresa).htmx_get(f"{url}?after=2").status_code == 204, "one’s own"

    def test_new_posts_announce_themselves(self, world, talk, visit):
        browser = visit(world.emma)
        reply = browser.htmx_get(f"/it/topics/{talk.topic.id}/news?after=1")
        assert "Mostra 2 nuovi messaggi" in reply.text
        assert browser.queries <= 2

    def test_they_are_shown_when_one_asks(self, world, talk, visit):
        reply = visit(world.emma).htmx_get(f"/it/topics/{talk.topic.id}/arrivals?after=1")
        assert "VIES" in reply.text and "Toulouse" in reply.text
        assert "after=3" in reply.text

    def test_without_scripts_the_link_leads_to_them(self, talk, visit):
        reply = visit().get(f"/it/topics/{talk.topic.id}/arrivals?after=1")
        assert reply.location == f"{talk.url}#post-{talk.davide.id}"

    def test_hidden_ones_are_not_announced(self, world, talk, visit):
        hide_post(talk.teresa, by=world.giulia, at=now(), rule="spam", facts="Sempre uguale.")
        assert visit().htmx_get(f"/it/topics/{talk.topic.id}/news?after=2").status_code == 204


class TestEditing:
    def test_refused_even_to_the_desk(self, world, talk, visit):
        for who in (world.marta, world.giulia, world.ruth):
            assert visit(who).get(f"/it/posts/{talk.davide.id}/edit").status_code == 403
            reply = visit(who).post(f"/it/posts/{talk.davide.id}", text="Altro")
            assert reply.status_code == 403

    def test_invalid(self, world, talk, visit):
        reply = visit(world.davide).post(f"/it/posts/{talk.davide.id}", text="")
        assert reply.status_code == 422

    def test_plain_form(self, world, talk, visit):
        browser = visit(world.davide)
        assert "VIES" in browser.get(f"/it/posts/{talk.davide.id}/edit").text
        reply = browser.post(f"/it/posts/{talk.davide.id}", text="Manca il codice.", language="it")
        assert reply.location == f"{talk.url}#post-{talk.davide.id}"
        assert "modificato" in browser.get(talk.url).text

    def test_htmx(self, world, talk, visit):
        reply = visit(world.davide).htmx_post(f"/it/posts/{talk.davide.id}", text="Altro.")
        assert reply.headers["HX-Redirect"].startswith(talk.url)

    def test_a_hidden_one_cannot_be_changed(self, world, talk, visit):
        hide_post(talk.davide, by=world.giulia, at=now(), rule="spam", facts="Sempre uguale.")
        assert visit(world.davide).post(f"/it/posts/{talk.davide.id}", text="x").status_code == 403


class TestDeleting:
    def test_refused(self, world, talk, visit):
        url = f"/it/posts/{talk.davide.id}/deletion"
        assert visit(world.giulia).get(url).status_code == 403
        assert visit(world.giulia).post(url).status_code == 403

    def test_the_opening_post_of_an_answered_topic_stays(self, world, talk, visit):
        reply = visit(world.marta).post(f"/it/posts/{talk.question.id}/deletion")
        assert reply.status_code == 403
        assert "resta" in reply.text

    def test_plain_form(self, world, talk, visit):
        browser = visit(world.davide)
        assert browser.get(f"/it/posts/{talk.davide.id}/deletion").status_code == 200
        reply = browser.post(f"/it/posts/{talk.davide.id}/deletion")
        assert reply.location == f"{talk.url}#post-{talk.davide.id}"

    def test_a_topic_goes_with_its_only_post(self, world, visit):
        topic = commands.open_topic(world.export, by=world.marta, title="Uno", text="x", at=now())
        db.session.commit()
        reply = visit(world.marta).post(f"/it/posts/{written(topic, 1).id}/deletion")
        assert reply.location == "/it/groups/export-e-dogane"

    def test_htmx(self, world, talk, visit):
        reply = visit(world.davide).htmx_post(f"/it/posts/{talk.davide.id}/deletion")
        assert reply.headers["HX-Redirect"].startswith(talk.url)


class TestThanks:
    def test_refused_for_ones_own(self, world, talk, visit):
        assert visit(world.davide).post(f"/it/posts/{talk.davide.id}/thanks").status_code == 403

    def test_plain_form(self, world, talk, visit):
        browser = visit(world.marta)
        reply = browser.post(f"/it/posts/{talk.davide.id}/thanks", thank="yes")
        assert reply.location == f"{talk.url}#post-{talk.davide.id}"
        assert db.session.get(Thanks, (talk.davide.id, world.marta.id))
        browser.post(f"/it/posts/{talk.davide.id}/thanks", thank="no")
        assert not db.session.get(Thanks, (talk.davide.id, world.marta.id))

    def test_htmx_gives_the_post_as_it_is_now(self, world, talk, visit):
        reply = visit(world.marta).htmx_post(f"/it/posts/{talk.davide.id}/thanks", thank="yes")
        assert f'id="post-{talk.davide.id}"' in reply.text
        assert 'aria-pressed="true"' in reply.text


class TestUsefulAnswer:
    def test_refused(self, world, talk, visit):
        assert visit(world.teresa).post(f"/it/posts/{talk.davide.id}/useful").status_code == 403

    def test_a_deleted_post_is_no_answer(self, world, talk, visit):
        commands.delete_post(talk.davide, by=world.davide, at=now())
        assert visit(world.marta).post(f"/it/posts/{talk.davide.id}/useful").status_code == 403

    def test_plain_form(self, world, talk, visit):
        browser = visit(world.marta)
        assert browser.post(f"/it/posts/{talk.davide.id}/useful").status_code == 303
        assert db.session.get(Topic, talk.topic.id).answer.post_id == talk.davide.id
        browser.post(f"/it/posts/{talk.davide.id}/useful", useful="no")
        assert not db.session.get(Topic, talk.topic.id).is_solved

    def test_htmx(self, world, talk, visit):
        reply = visit(world.giulia).htmx_post(f"/it/posts/{talk.davide.id}/useful")
        assert reply.headers["HX-Redirect"].startswith(talk.url)


class TestFollowing:
    def test_plain_form(self, world, talk, visit):
        browser = visit(world.emma)
        browser.post(f"/it/topics/{talk.topic.id}/following", follow="yes")
        assert not db.session.get(Follow, (talk.topic.id, world.emma.id)).stopped
        assert "Segui questa discussione" in browser.get(talk.url).text

    def test_htmx(self, world, talk, visit):
        reply = visit(world.davide).htmx_post(f"/it/topics/{talk.topic.id}/following", follow="no")
        assert 'id="following"' in reply.text and "Segui la discussione" in reply.text
        assert db.session.get(Follow, (talk.topic.id, world.davide.id)).stopped


class TestPinning:
    def test_refused(self, world, talk, visit):
        assert visit(world.davide).post(f"/it/topics/{talk.topic.id}/pin").status_code == 403

    @pytest.mark.parametrize("name", ["marta", "giulia"])
    def test_host_and_desk(self, world, talk, visit, name):
        browser = visit(getattr(world, name))
        assert browser.post(f"/it/topics/{talk.topic.id}/pin", pin="yes").status_code == 303
        assert db.session.get(Pin, talk.topic.id)
        browser.htmx_post(f"/it/topics/{talk.topic.id}/pin", pin="no")
        assert not db.session.get(Pin, talk.topic.id)


class TestTitle:
    def test_refused(self, world, talk, visit):
        url = f"/it/topics/{talk.topic.id}/title"
        assert visit(world.davide).get(url).status_code == 403
        assert visit(world.davide).post(url, title="Altro").status_code == 403

    def test_invalid(self, world, talk, visit):
        reply = visit(world.marta).post(f"/it/topics/{talk.topic.id}/title", title=" ")
        assert reply.status_code == 422

    def test_the_old_address_leads_to_the_new_one(self, world, talk, visit):
        old, browser = talk.url, visit(world.marta)
        assert "IVA" in browser.get(f"/it/topics/{talk.topic.id}/title").text
        reply = browser.post(f"/it/topics/{talk.topic.id}/title", title="IVA a Lione")
        assert reply.location == f"/it/topics/{talk.topic.id}-iva-a-lione"
        assert browser.get(old).location == reply.location

    def test_a_host_mends_the_title_and_leaves_the_urgency(self, world, talk, visit):
        talk.topic.is_sos = True
        visit(world.giulia).post(f"/it/topics/{talk.topic.id}/title", title="IVA a Lione")
        assert db.session.get(Topic, talk.topic.id).is_sos


class TestDrafts:
    def test_a_draft_comes_back(self, world, talk, visit):
        browser = visit(world.davide)
        url = f"/it/topics/{talk.topic.id}/draft"
        assert browser.htmx_post(url, text="Sto scrivendo").status_code == 204
        page = browser.get(talk.url).text
        assert "Sto scrivendo</textarea>" in page and "Avevi cominciato" in page

        assert browser.post(url, discard="1").status_code == 303
        assert "Sto scrivendo" not in browser.get(talk.url).text

    def test_one_for_a_new_topic_keeps_the_title_too(self, world, visit):
        browser = visit(world.davide)
        browser.htmx_post(f"/it/groups/{world.export.id}/draft", title="Che fare", text="Con")
        page = browser.get("/it/groups/export-e-dogane/topics/new").text
        assert 'value="Che fare"' in page and "Con</textarea>" in page

    def test_one_for_an_edit(self, world, talk, visit):
        browser = visit(world.davide)
        browser.htmx_post(f"/it/posts/{talk.davide.id}/draft", text="Forse manca")
        assert "Forse manca</textarea>" in browser.get(f"/it/posts/{talk.davide.id}/edit").text

    def test_nobody_drafts_for_somebody_else_s_post(self, world, talk, visit):
        reply = visit(world.marta).post(f"/it/posts/{talk.davide.id}/draft", text="x")
        assert reply.status_code == 404
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
