"""An event that is not for everyone is nowhere for the others: not a word, not a count."""

import re

import pytest

from officine.blueprints.planning import events as happened
from officine.core.outbox import record
from officine.models import Event
from officine.reactions import REACTIONS
from tests.events.making import event, going, group_event
from tests.outbound import text_of

WORD = "Zibaldone"
PAGES = (
    "/it/", "/it/events", "/it/events?when=past", "/it/events?lang=it&lang=en&lang=es",
    "/it/events?how=person&price=free&when=month", "/it/events.xml",
    "/sitemap-it-1.xml", "/it/search?q=zibaldone", "/it/search?q=zibaldone&kind=event",
    "/it/groups/export-e-dogane", "/it/groups", "/it/people/marta-colombo",
    "/it/companies/colombo-tessuti", "/it/calendar/events.ics",
    "/it/calendar/languages/it.ics", "/it/groups/export-e-dogane/events.ics", "/it/notifications",
)  # fmt: skip


@pytest.fixture
def hidden(world, settle) -> list[Event]:
    """Events whose every text holds a word that stands nowhere else: for a private group, for the
    members of a public one, a draft.
    """
    words = {
        "summary": f"{WORD} in breve", "text": WORD, "html": f"<p>{WORD}</p>", "price": WORD,
        "place": f"Sala {WORD}", "address": f"Via {WORD} 1", "is_online": True, "country": "PT",
        "room_url": f"https://meet.example.org/{WORD}", "capacity": 20,
    }  # fmt: skip
    made = [
        group_event(world.marta, world.famiglia, f"{WORD} di famiglia", slug="famiglia", **words),
        group_event(world.marta, world.export, f"{WORD} di bottega", slug="bottega", **words),
        event(world.marta, f"{WORD} in bozza", slug="bozza", state="draft", **words),
    ]
    going(made[0], world.marta)
    going(made[1], world.davide)
    for each in made[:2]:
        record(happened.EventPublished(each.id))
    settle()
    return made


@pytest.mark.parametrize("who", ["visitor", "emma"])
def test_it_is_in_no_page_feed_sitemap_search_or_calendar(visit, world, hidden, who):
    someone = visit(None if who == "visitor" else world.emma)
    counts = set()

    for address in PAGES:
        reply = someone.get(address, most_queries=40)
        if reply.status_code in (302, 303, 401, 404):
            continue
        page = reply.text.replace("q=zibaldone", "").replace("zibaldone", "")
        assert WORD not in re.sub(r"“Zibaldone”|«Zibaldone»", "", page), address
        counts.update(re.findall(r"\d+ event", page))
        assert "PT" not in re.findall(r"place=(\w\w)", page), address
    assert counts <= {"0 event"}


@pytest.mark.parametrize("who", ["visitor", "emma"])
def test_its_addresses_do_not_exist(visit, world, hidden, who):
    someone = visit(None if who == "visitor" else world.emma)

    for slug in ("famiglia", "bottega", "bozza"):
        for more in ("", "/discussion", ".ics"):
            reply = someone.get(f"/it/events/{slug}{more}")
            assert reply.status_code == 404, f"{slug}{more}"
            assert WORD not in reply.text


def test_the_month_counts_only_what_one_may_see(visit, world, hidden):
    month = f"/it/events?month={hidden[0].starts_at:%Y-%m}"

    outside, inside = visit(world.emma).get(month).text, visit(world.marta).get(month).text

    assert "has-events" not in outside and "has-events" in inside


def test_those_it_is_for_find_it(visit, world, hidden):
    for who, own in ((world.marta, ("di famiglia", "di bottega")), (world.davide, ("di bottega",))):
        for address in ("/it/events", "/it/search?q=zibaldone"):
            page = re.sub(r"<[^>]+>", "", visit(who).get(address, most_queries=40).text)
            for words in own:
                assert f"{WORD} {words}" in page, (who.handle, address)
            assert "in bozza" not in page
    assert "di famiglia" not in visit(world.davide).get("/it/events").text


def test_no_letter_speaks_of_it_to_others(world, hidden, outbound, settle):
    settle()

    for person in (world.emma, world.teresa, world.beatriz):
        for letter in outbound.to(person.email):
            assert WORD not in str(letter["Subject"]) + text_of(letter), person.handle


def test_when_somebody_leaves_the_group_it_is_gone_for_them(visit, world, hidden):
    member = visit(world.davide)
    assert member.get("/it/events/bottega").status_code == 200

    member.post("/it/groups/export-e-dogane/departures")

    assert member.get("/it/events/bottega").status_code == 404
    assert WORD not in member.get("/it/events").text
    assert f"{WORD} di bottega" not in member.get("/it/search?q=zibaldone").text


def test_search_learns_of_every_change_of_an_event():
    for kind in (
        happened.EventPublished, happened.EventChanged, happened.EventRescheduled,
        happened.EventCancelled, happened.EventWithdrawn,
    ):  # fmt: skip
        names = {f"{reaction.__module__}.{reaction.__name__}" for reaction in REACTIONS[kind]}
        assert any(name.startswith("officine.blueprints.events.search") for name in names)
