"""An event that is not for everyone is nowhere for the others: not a word, not a count."""

import re

import pytest

from officine.blueprints.calendars.commands import make_address
from officine.blueprints.planning import events as happened
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import record
from officine.models import Event, EventChange, EventSession, Partner, Speaker
from officine.reactions import REACTIONS
from tests.events.making import event, going, group_event
from tests.outbound import text_of

WORD = "Zibaldone"
LEFT_OUT = re.compile(r"desk|names|bell|sign-out|oidc|/hook|worker\.js|podcast\.png|\.zip$")
WITH_WORDS = ("/search", "/people", "/companies", "/groups")
MORE = (
    "/it/events?when=past", "/it/events?lang=it&lang=en&lang=es", "/it/events?group=~mine",
    "/it/events?how=person&price=free&when=month", "/it/search?q=zibaldone&kind=event",
    "/sitemap-it-1.xml", "/sitemap-en-1.xml", "/it/groups/export-e-dogane",
    "/it/people/marta-colombo", "/it/people/davide-ferri", "/it/companies/colombo-tessuti",
    "/it/calendar/languages/it.ics", "/it/groups/export-e-dogane/events.ics",
)  # fmt: skip
GIVEN = {
    "lang": "it", "handle": "marta-colombo", "code": "x", "kind": "programme", "language": "it",
    "registration_id": 1, "row_id": 1, "material_id": 1,
}  # fmt: skip


def pages_without_a_name(app) -> list[str]:
    """Every address of the site that needs no name of anything, and is not the desk’s."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= {"lang"}:
            built = rule.build({"lang": "it"}) if rule.arguments else ("", rule.rule)
            if built and not LEFT_OUT.search(built[1]):
                found.append(built[1] + ("?q=zibaldone" if built[1].endswith(WITH_WORDS) else ""))
    return found


def places_of(app, slug: str) -> list[tuple[str, str]]:
    """Every address that begins with an event’s, and how it is asked."""
    found = []
    for rule in app.url_map.iter_rules():
        if "/events/<slug>" in rule.rule and rule.arguments <= {"slug", *GIVEN}:
            built = rule.build({**GIVEN, "slug": slug}, append_unknown=False)
            methods = {"GET", "POST"} & set(rule.methods or ())
            found += [(method, built[1]) for method in sorted(methods) if built]
    return found


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
    for each in made:
        _fill(each, world)
    going(made[0], world.marta)
    going(made[1], world.davide)
    for each in made[:2]:
        record(happened.EventPublished(each.id))
    settle()
    return made


def _fill(made: Event, world) -> None:
    """Give an event a programme, partners, changes, all with the word."""
    part = EventSession(
        starts_at=made.starts_at, ends_at=made.ends_at, language="it", title=f"{WORD} a voce"
    )
    part.speakers.append(Speaker(position=1, name=f"Dott. {WORD}", member_id=world.marta.id))
    made.sessions.append(part)
    company = world.companies["tessuti"]
    made.partners.append(
        Partner(position=1, role="sponsor", name=WORD, company_id=company.id, language="it",
                offer=f"{WORD} scontato")
    )  # fmt: skip
    made.changes.append(
        EventChange(kind="moved", at=made.created_at, by_id=world.marta.id, language="it",
                    reason=WORD, was_starts_at=made.starts_at, was_ends_at=made.ends_at)
    )  # fmt: skip
    db.session.flush()


@pytest.mark.parametrize("who", ["visitor", "emma"])
def test_it_is_on_no_page_in_no_feed_sitemap_search_calendar_or_export(
    app, visit, world, hidden, who
):
    someone = visit(None if who == "visitor" else world.emma)
    counts = set()
    key = make_address(world.emma, at=now()).key

    for address in (*pages_without_a_name(app), *MORE, f"/it/calendar/{key}/events.ics"):
        reply = someone.get(address, most_queries=60)
        if reply.status_code >= 300:
            continue
        page = re.sub("zibaldone|“Zibaldone”|«Zibaldone»", "", unfolded(reply.get_data()))
        assert WORD not in page, address
        assert not re.search("/events/(famiglia|bottega|bozza)", page), address
        counts.update(re.findall(r"\d+ event", page))
        assert "PT" not in re.findall(r"place=(\w\w)", page), address
    assert counts <= {"0 event"}


def unfolded(data: bytes) -> str:
    """A calendar breaks its lines anywhere."""
    return data.replace(b"\r\n ", b"").decode("utf-8", "replace")


@pytest.mark.parametrize("who", ["visitor", "emma"])
def test_its_addresses_do_not_exist(visit, world, hidden, who):
    someone = visit(None if who == "visitor" else world.emma)

    for slug in ("famiglia", "bottega", "bozza"):
        for more in ("", "/discussion", ".ics"):
            reply = someone.get(f"/it/events/{slug}{more}")
            assert reply.status_code == 404, f"{slug}{more}"
            assert WORD not in reply.text


def test_nothing_beneath_its_address_exists_either(app, visit, world, hidden):
    someone = visit(world.emma)
    places = places_of(app, "famiglia")
    assert len(places) > 40

    for method, url in places:
        reply = someone.get(url) if method == "GET" else someone.post(url)
        assert reply.status_code == 404, f"{method} {url}: {reply.status_code}"
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
