"""What keeps a message for an editor, and what does not."""

from datetime import timedelta
from typing import ClassVar

import pytest
from sqlalchemy import select

from officine.blueprints.desk import commands as desk
from officine.blueprints.forum import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Document, Edition, PendingEdit
from officine.models.screening import screening
from tests.outbound import text_of
from tests.world import join, person

LINKS = " ".join(f"https://esempio{number}.example/pagina" for number in range(5))


@pytest.fixture
def newcomer(world):
    """Somebody of today, a member of “Export e dogane”."""
    member = person("sandro-fumagalli", "Sandro Fumagalli", "it", ("it",))
    member.joined_at = now()
    db.session.add(member)
    db.session.flush()
    join(world.export, member)
    db.session.commit()
    return member


def reasons(post):
    """Why a post waits; nothing where it does not."""
    case = db.session.scalar(
        select(Case).filter_by(kind="held", subject="post", subject_id=post.id)
    )
    return [signal["name"] for signal in case.signals if "points" not in signal] if case else []


def answer(talk, by, text="Proviamo con la dogana di Como.", at=None):
    return commands.answer(talk.topic, by=by, text=text, at=at or now())


def set_numbers(world, **numbers):
    commands.set_numbers(by=world.beatriz, at=now(), **numbers)


def test_what_people_usually_write_appears_at_once(world, talk, newcomer):
    assert answer(talk, newcomer).number == 4


def test_first_messages_wait_where_that_is_set(world, talk, newcomer):
    set_numbers(world, first_posts=1)
    held = answer(talk, newcomer)
    assert reasons(held) == ["first"]
    desk.approve_post(held, by=world.giulia, at=now())
    assert answer(talk, newcomer, "Il secondo messaggio.").number == 5


def list_words(text):
    document = Document(kind="words", key="extra", created_at=now())
    db.session.add(document)
    db.session.flush()
    db.session.add(
        Edition(
            document_id=document.id, language="it", number=1, revision=1, title="Parole",
            text=text, html="", at=now(), in_force_at=now(),
        )
    )  # fmt: skip


def test_words_of_the_list_are_found_whole(world, talk, newcomer):
    list_words("cricco\nbolla facile")
    assert reasons(answer(talk, world.davide, "Un vero CRÌCCO, direi.")) == ["words"]
    assert reasons(answer(talk, world.davide, "Facciamo la bolla   facile, dai.")) == ["words"]
    assert reasons(answer(talk, world.davide, "I cricconi sono altra cosa.")) == []


def test_many_links_wait_but_our_own_do_not_count(world, talk):
    assert reasons(answer(talk, world.davide, f"Le fonti: {LINKS}")) == ["links"]
    own = " ".join(f"http://officine.test/it/topics/{number}" for number in range(21))
    assert reasons(answer(talk, world.davide, f"Ne parlammo: {own}")) == []


def test_many_messages_in_a_short_time_wait(world, talk):
    start = now()
    written = [
        answer(talk, world.davide, f"Il punto numero {number}.", start + timedelta(seconds=number))
        for number in range(21)
    ]
    assert [reasons(post) for post in written] == [[]] * 20 + [["pace"]]
    assert answer(talk, world.davide, "Dopo cena.", start + timedelta(hours=1)).number


def test_a_group_may_read_all_or_newcomers_first(world, talk, newcomer):
    world.export.approves = "newcomers"
    assert reasons(answer(talk, newcomer)) == ["newcomer"]
    set_numbers(world, newcomer_posts=1)
    assert reasons(answer(talk, world.davide)) == []
    world.export.approves = "all"
    assert reasons(answer(talk, world.davide)) == ["group"]


def test_staff_and_hosts_in_their_group_are_never_held(world, talk):
    world.export.approves = "all"
    join(world.export, world.giulia)
    assert answer(talk, world.marta, LINKS).number
    assert answer(talk, world.giulia, LINKS).number


def test_a_restricted_member_waits(world, talk):
    desk.restrict(
        world.davide, by=world.giulia, at=now(), rule="advertising", facts="Tre volte pubblicità.",
        until=now() + timedelta(days=7),
    )  # fmt: skip
    db.session.commit()
    db.session.expire_all()
    assert reasons(answer(talk, world.davide)) == ["restricted"]
    assert answer(talk, world.davide, at=now() + timedelta(days=8)).number


def test_what_resembles_spam_waits_and_says_why_to_editors_only(world, talk, newcomer):
    held = answer(
        talk, newcomer,
        "GUADAGNA da casa senza rischi!!! Clicca qui https://x.example e scrivimi su WhatsApp "
        "+39 333 123 4567",
    )  # fmt: skip
    assert "spam" in reasons(held)
    case = db.session.scalar(select(Case).filter_by(kind="held", subject_id=held.id))
    names = {signal["name"] for signal in case.signals}
    assert {"spam-links", "spam-contact", "spam-pitch", "spam-new"} <= names
    assert "WhatsApp" not in held.hiding.decision.facts


def test_the_decision_has_all_that_a_statement_of_reasons_needs(world, talk):
    decision = answer(talk, world.davide, LINKS).hiding.decision
    assert (decision.measure, decision.automatic, decision.by_id) == ("hold", True, None)
    assert decision.detected_automatically
    assert decision.appealable_until is not None
    assert decision.language == "it"
    assert "5 link" in decision.facts
    assert decision.affected_id == world.davide.id


def test_the_same_text_in_many_places_waits(world, talk, newcomer):
    text = (
        "Vendiamo pedane usate in ottimo stato, ritiro in sede a Brescia, quantità anche piccole, "
        "trasporto da concordare con il nostro ufficio spedizioni ogni mattina."
    )
    first = answer(talk, newcomer, text)
    assert first.number
    assert reasons(answer(talk, newcomer, text + " Chiamateci.")) == ["spam"]


class TestTitles:
    """A title in sight is changed at once, or not at all."""

    def rename(self, world, visit, talk, title, who=None):
        url = f"/it/topics/{talk.topic.id}/title"
        reply = visit(who or world.teresa).post(url, title=title)
        db.session.expire_all()
        return reply

    @pytest.fixture(autouse=True)
    def by_teresa(self, world, talk):
        """Teresa, no host, opened the topic."""
        talk.topic.author = world.teresa
        list_words("guadagni facili")

    def test_ordinary_words_are_taken(self, world, visit, talk):
        assert self.rename(world, visit, talk, "Codice VIES mancante").status_code == 303
        assert talk.topic.title == "Codice VIES mancante"

    def test_a_word_of_the_list_is_named_and_the_old_title_stays(self, world, visit, talk):
        before = talk.topic.title
        reply = self.rename(world, visit, talk, "Guadagni facili con il VIES")
        assert reply.status_code == 422
        assert "guadagni facili" in reply.text and "/it/contacts" in reply.text
        assert talk.topic.title == before
        assert db.session.scalar(select(Decision)) is None

    def test_what_stood_there_before_is_no_reason(self, world, visit, talk):
        talk.topic.title = "Guadagni facili?"
        db.session.commit()
        assert self.rename(world, visit, talk, "Guadagni facili: mai").status_code == 303

    def test_hosts_and_editors_answer_for_themselves(self, world, visit, talk):
        for who in (world.marta, world.giulia):
            title = f"Guadagni facili, dice {who.name}"
            assert self.rename(world, visit, talk, title, who).status_code == 303

    def test_a_link_comes_no_later_than_the_message_would_take_it(self, world, visit, talk):
        talk.topic.opened_at = now() - timedelta(days=2)
        db.session.commit()
        reply = self.rename(world, visit, talk, "Leggete https://vies.example prima")
        assert reply.status_code == 422
        assert "un link" in reply.text

    def test_who_must_be_approved_asks_an_editor(self, world, visit, talk):
        until = now() + timedelta(days=7)
        desk.restrict(world.teresa, by=world.giulia, at=now(), until=until, rule="spam", facts="X.")
        db.session.commit()
        assert self.rename(world, visit, talk, "Altro titolo").status_code == 422

    def test_one_that_waits_is_read_with_its_message(self, world, visit, newcomer):
        set_numbers(world, first_posts=1)
        held = commands.open_topic(
            world.export, by=newcomer, title="Primo", text="Buongiorno.", at=now()
        )
        commands.edit_topic(held, by=newcomer, at=now(), title="Guadagni facili")
        assert held.title == "Guadagni facili"


class TestEdits:
    def test_an_old_message_takes_new_links_only_through_an_editor(self, world, talk):
        before = talk.davide.text
        later = now() + timedelta(days=2)
        shown = commands.edit_post(
            talk.davide, by=world.davide, text=f"{before} https://vies.example", at=later
        )
        assert not shown
        assert talk.davide.text == before
        assert talk.davide.edited_at is None
        case = db.session.scalar(select(Case).filter_by(kind="edit", subject_id=talk.davide.id))
        assert case.signals == [{"name": "edit", "value": 1}]

    def test_approved_readers_see_it_with_its_history(self, world, talk):
        text = f"{talk.davide.text} https://vies.example"
        later = now() + timedelta(days=2)
        commands.edit_post(talk.davide, by=world.davide, text=text, at=later)
        commands.approve_edit(talk.davide, by=world.giulia, at=later)
        assert talk.davide.text == text
        assert len(queries.revisions_of(talk.davide, world.teresa)) == 1
        assert db.session.get(PendingEdit, talk.davide.id) is None

    def test_refused_the_author_keeps_it_as_a_draft(self, world, talk, settle, outbound):
        text = f"{talk.davide.text} https://vies.example"
        commands.edit_post(talk.davide, by=world.davide, text=text, at=now() + timedelta(days=2))
        decision = commands.refuse_edit(
            talk.davide, by=world.giulia, at=now(), rule="spam", facts="Il sito non c’entra."
        )
        assert decision.measure == "send-back"
        assert talk.davide.hiding is None
        assert queries.draft_of(world.davide, "post", talk.davide.id).text == text
        settle()
        letter = next(each for each in outbound.letters if "qualcosa da" in each["Subject"])
        assert "ti aspetta come bozza" in text_of(letter)

    def test_other_words_or_a_young_message_need_nobody(self, world, talk):
        talk.davide.written_at = now() - timedelta(hours=1)
        text = "Manca il numero VIES: https://vies.example"
        assert commands.edit_post(talk.davide, by=world.davide, text=text, at=now())
        assert commands.edit_post(
            talk.davide, by=world.davide, text=f"Sì. {text}", at=now() + timedelta(days=3)
        )

    def test_nobody_else_sees_the_pending_words(self, world, talk, visit):
        commands.edit_post(
            talk.davide, by=world.davide, text="Zafferanella https://vies.example",
            at=now() + timedelta(days=2),
        )  # fmt: skip
        db.session.commit()
        page = visit(world.teresa).get(talk.url).text
        assert "Zafferanella" not in page
        assert "aspettano un redattore" not in page
        own = visit(world.davide)
        assert "aspettano un redattore" in own.get(talk.url).text
        assert "Zafferanella" in own.get(f"/it/posts/{talk.davide.id}/edit").text
        case = db.session.scalar(select(Case).filter_by(kind="edit"))
        desk_page = visit(world.giulia).get(f"/it/desk/cases/{case.id}", most_queries=40).text
        assert "Zafferanella" in desk_page


class TestWaiting:
    def open(self, world, sos, ago):
        topic = commands.open_topic(
            world.export, by=world.davide, title="Pressa ferma", text="Chi ha un pezzo?",
            sos=sos, at=now() - ago,
        )  # fmt: skip
        db.session.commit()
        return topic

    def kinds(self, topic):
        cases = select(Case.kind).where(
            Case.subject == "topic", Case.subject_id == topic.id, Case.closed_at.is_(None)
        )
        return list(db.session.scalars(cases))

    def test_an_sos_reaches_the_desk_after_half_an_hour(self, world):
        topic = self.open(world, True, timedelta(minutes=29))
        commands.ask_for_answers(at=now())
        assert self.kinds(topic) == []
        commands.ask_for_answers(at=now() + timedelta(minutes=2))
        assert self.kinds(topic) == ["sos"]
        commands.ask_for_answers(at=now() + timedelta(days=2))
        assert self.kinds(topic) == ["sos"]
        case = db.session.scalar(select(Case).filter_by(kind="sos"))
        assert case.due_at == topic.opened_at + timedelta(hours=1)

    def test_another_topic_after_a_day_and_not_after_a_fortnight(self, world):
        topic = self.open(world, False, timedelta(hours=25))
        old = self.open(world, False, timedelta(days=15))
        commands.ask_for_answers(at=now())
        assert self.kinds(topic) == ["unanswered"]
        assert self.kinds(old) == []

    def test_an_answer_closes_it_and_ones_own_does_not(self, world):
        topic = self.open(world, True, timedelta(hours=1))
        commands.ask_for_answers(at=now())
        commands.answer(topic, by=world.davide, text="Aggiungo la foto.", at=now())
        assert self.kinds(topic) == ["sos"]
        commands.answer(topic, by=world.marta, text="Ce l’ho io.", at=now())
        assert self.kinds(topic) == []

    def test_it_closes_with_the_topic(self, world, settle):
        deleted, hidden = (self.open(world, sos, timedelta(hours=30)) for sos in (True, False))
        commands.ask_for_answers(at=now())
        opening = queries.opening_of(deleted)
        commands.delete_post(opening, by=world.davide, at=now())
        desk.hide_post(
            queries.opening_of(hidden), by=world.giulia, at=now(), rule="spam", facts="Doppione."
        )
        settle()
        assert self.kinds(deleted) == self.kinds(hidden) == []

    def test_seen_to_it_does_not_come_again_and_nobody_is_told(self, world, visit, settle):
        topic = self.open(world, True, timedelta(hours=1))
        commands.ask_for_answers(at=now())
        db.session.commit()
        case = db.session.scalar(select(Case).filter_by(kind="sos"))
        desk_visit = visit(world.giulia)
        page = desk_visit.get(f"/it/desk/cases/{case.id}", most_queries=40).text
        assert "Chi ha un pezzo?" in page
        reply = desk_visit.post(
            f"/it/desk/cases/{case.id}/decisions", measure="approve", rule="other"
        )
        assert reply.status_code == 303
        commands.ask_for_answers(at=now())
        assert self.kinds(topic) == []
        decision = db.session.scalar(select(Decision).filter_by(case_id=case.id))
        assert decision.affected_id is None


class TestSettings:
    URL = "/it/desk/screening"
    NUMBERS: ClassVar = {
        "first_posts": "2", "newcomer_posts": "3", "most_links": "4", "most_posts": "6",
        "within_minutes": "10", "most_points": "60", "old_hours": "24", "sos_minutes": "30",
        "unanswered_hours": "24",
    }  # fmt: skip

    def test_signed_out(self, world, visit):
        assert visit().get(self.URL).status_code in (302, 303)

    def test_refused(self, world, visit):
        assert visit(world.marta).get(self.URL).status_code == 403
        assert visit(world.giulia).get(self.URL).status_code == 200
        assert visit(world.giulia).post(self.URL, **self.NUMBERS).status_code == 403

    def test_invalid(self, world, visit):
        reply = visit(world.beatriz).post(self.URL, **self.NUMBERS | {"most_links": "-1"})
        assert reply.status_code == 422
        assert screening().most_links == 4

    def test_plain_form(self, world, visit):
        assert visit(world.beatriz).post(self.URL, **self.NUMBERS).status_code == 303
        assert screening().first_posts == 2

    def test_htmx(self, world, visit):
        reply = visit(world.beatriz).htmx_post(self.URL, **self.NUMBERS)
        assert reply.status_code < 400
        assert screening().first_posts == 2

    def test_it_tells_how_often_each_rule_was_right(self, world, talk, visit):
        approved = answer(talk, world.davide, LINKS)
        answer(talk, world.teresa, LINKS.replace("esempio", "otro"))
        desk.approve_post(approved, by=world.giulia, at=now())
        db.session.commit()
        held = queries.held_by_rule(now() - timedelta(days=30))
        assert (held["links"].total, held["links"].approved, held["links"].waiting) == (2, 1, 1)
        assert visit(world.giulia).get(self.URL).status_code == 200


def test_hosts_say_whose_messages_are_read_first(world, visit):
    reply = visit(world.marta).post(
        f"/it/groups/{world.export.slug}/settings", name="Export e dogane", purpose="Dazi e carte.",
        text="", sectors=["trade"], visibility="public", joining="open", approves="newcomers",
    )  # fmt: skip
    assert reply.status_code == 303, reply.status_code
    db.session.refresh(world.export)
    assert world.export.approves == "newcomers"
