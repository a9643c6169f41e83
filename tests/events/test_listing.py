"""The list of events and their months."""

import re
from datetime import timedelta

import time_machine

from officine.core.clock import now
from officine.core.db import db
from officine.models import EventSeries, Interest, Member
from tests.events.making import event, going, group_event, utc


def words(page: str) -> str:
    """What is read in the main part of a page."""
    main = page.split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_list_says_when_where_how_many_and_in_which_language(visit, world):
    made = event(world.marta, "Porte aperte", capacity=10, summary="Si visita il reparto.")
    going(made, world.marta, world.davide)

    page = visit(world.emma).get("/en/events?lang=it").text

    assert "Porte aperte" in page and 'lang="it"' in page
    said = words(page)
    assert "2 are going" in said and "8 seats left" in said
    assert "Lumezzane, Italy" in said
    assert "Marta Colombo" not in said, "the faces have no names in a list"


def test_members_read_who_of_those_they_know_goes(visit, world):
    made = event(world.marta, capacity=20)
    going(made, world.teresa, world.beatriz, world.davide, world.emma, world.marta)
    db.session.add(
        Interest(member_id=world.beatriz.id, noun="person", name=str(world.emma.id), since=now())
    )

    def among(who):
        found = re.search("<span>tra cui (.*?)</span>", visit(who).get("/it/events").text)
        return set(re.split(r", | e ", found[1])) if found else set()

    assert among(world.marta) == {"Teresa", "Davide"}
    assert among(world.beatriz) == {"Emma"}
    assert among(None) == set()


def test_who_left_or_goes_unknown_to_one_is_not_named(visit, world):
    made = event(world.marta)
    going(made, world.davide, world.teresa)
    db.session.get(Member, world.davide.id).left_at = now()

    assert "tra cui" not in words(visit(world.beatriz).get("/it/events").text)
    assert world.davide.first_name not in words(visit(world.marta).get("/it/events").text)


def test_members_see_the_events_of_their_groups_alone(visit, world):
    event(world.marta, "Del mio", group_id=world.famiglia.id)
    event(world.marta, "Di altri", group_id=world.energia.id)
    event(world.marta, "Di nessuno")

    def titles(who, address):
        page = words(visit(who).get(address).text)
        return {each for each in ("Del mio", "Di altri", "Di nessuno") if each in page}

    month = f"{now() + timedelta(days=10):%Y-%m}"
    for address in ("/it/events?group=~mine", f"/it/events?month={month}&group=~mine"):
        mine = titles(world.marta, address)
        assert "Del mio" in mine and "Di nessuno" not in mine
    assert "I miei gruppi" in visit(world.marta).get("/it/events").text
    assert titles(None, "/it/events?group=~mine") == {"Del mio", "Di altri", "Di nessuno"}
    assert "~mine" not in visit().get("/it/events").text


def test_visitors_see_how_many_go_but_no_face(visit, world):
    made = event(world.marta)
    going(made, world.marta)

    page = visit().get("/it/events").text

    assert "Ci va 1 persona" in words(page)
    assert 'class="face' not in page.split("<main")[1].split("</main>")[0]


def test_what_is_over_stands_among_the_past_ones(visit, world):
    event(world.marta, "Cena di ieri", starts_at=now() - timedelta(days=1))
    event(world.marta, "Cena di domani", starts_at=now() + timedelta(days=1))

    coming, past = visit().get("/it/events").text, visit().get("/it/events?when=past").text

    assert "Cena di domani" in coming and "Cena di ieri" not in words(coming)
    assert "Un evento passato" in coming
    assert "Cena di ieri" in past and "Cena di domani" not in words(past)


def test_filters_narrow_the_list_and_keep_each_other(visit, world):
    event(world.marta, "In sala", country="IT", group_id=world.export.id)
    event(world.marta, "Da lontano", is_online=True, town="", country="", is_free=False)
    event(world.teresa, "En Bilbao", language="es", country="ES", town="Bilbao")

    def titles(query):
        page = words(visit().get(f"/it/events?lang=it&lang=es&{query}").text)
        return [each for each in ("In sala", "Da lontano", "En Bilbao") if each in page]

    assert titles("") == ["In sala", "Da lontano", "En Bilbao"]
    assert titles("how=online") == ["Da lontano"]
    assert titles("how=person") == ["In sala", "En Bilbao"]
    assert titles("place=ES") == ["En Bilbao"]
    assert titles("price=paid") == ["Da lontano"]
    assert titles("group=export-e-dogane") == ["In sala"]
    assert titles("when=week") == []
    assert titles("when=month&place=IT") == ["In sala"]
    assert titles("how=nonsense&place=%00&group=%27&price=x&when=never") == [
        "In sala", "Da lontano", "En Bilbao",
    ]  # fmt: skip


def test_a_series_is_listed_once_with_the_number_of_its_other_dates(visit, world):
    first = now() + timedelta(days=3)
    series = EventSeries(
        rule="FREQ=WEEKLY", zone="Europe/Rome", first_at=first, made_until=first,
        created_by_id=world.marta.id,
    )  # fmt: skip
    db.session.add(series)
    db.session.flush()
    for week in range(4):
        event(
            world.marta, "Caffè del lunedì", slug=f"caffe-{week}", series_id=series.id,
            starts_at=first + timedelta(weeks=week), series_date=first + timedelta(weeks=week),
        )  # fmt: skip

    page = words(visit().get("/it/events").text)

    assert page.count("Caffè del lunedì") == 1
    assert "E in altre 3 date" in page


def test_the_month_is_a_table_of_links_counted_where_the_reader_is(visit, world):
    # Half past midnight in Rome is the evening before in Bogotá.
    event(world.marta, "Veglia", starts_at=utc(2026, 12, 9, 23, 30), slug="veglia")
    for member, zone in ((world.marta, "Europe/Rome"), (world.teresa, "America/Bogota")):
        db.session.get(Member, member.id).timezone = zone

    with time_machine.travel(utc(2026, 11, 22, 9), tick=False):
        rome = visit(world.marta).get("/it/events?month=2026-12").text
        bogota = visit(world.teresa).get("/es/events?month=2026-12&lang=it").text

    assert "10 dicembre 2026, 1 evento" in words(rome)
    assert "9 de diciembre de 2026, 1 evento" in words(bogota)
    table = rome.split("<table")[1].split("</table>")[0]
    assert table.count('class="day') == 35
    assert "?day=2026-12-10#day" in table
    assert "month=2026-11" in rome and "month=2027-01" in rome


def test_a_day_shows_what_happens_then(visit, world):
    event(world.marta, "Veglia", starts_at=utc(2026, 12, 9, 10), slug="veglia")

    there = visit().get("/it/events?day=2026-12-09").text
    empty = visit().get("/it/events?day=2026-12-08").text

    assert 'aria-current="date"' in there and "Veglia" in words(there)
    assert "Niente in questo giorno." in words(empty)


def test_addresses_that_name_no_day_show_the_list(visit, world):
    for query in ("month=2026-13", "month=0000-00", "day=2026-02-31", "month=9999-12", "day=%00"):
        assert visit().get(f"/it/events?{query}").status_code == 200


def test_each_page_stays_within_its_queries(visit, world):
    for number in range(12):
        made = event(
            world.marta, f"Incontro {number}", capacity=9, group_id=world.export.id,
            starts_at=now() + timedelta(days=number + 1),
        )  # fmt: skip
        going(made, world.marta, world.davide, world.teresa)

    someone = visit(world.marta)
    assert someone.get("/it/events", most_queries=14).status_code == 200
    assert someone.get("/it/events?month=2026-12", most_queries=14).status_code == 200
    assert visit().get("/it/events", most_queries=10).status_code == 200


def test_a_group_is_not_named_to_who_may_not_know_it(visit, world):
    event(world.marta, "Aperto a tutti", group_id=world.famiglia.id)

    page = visit().get("/it/events").text

    assert "Aperto a tutti" in page and "Passaggio generazionale" not in page


def test_drafts_are_in_no_list_not_even_for_the_desk(visit, world):
    event(world.marta, "Bozza segreta", state="draft")
    group_event(world.marta, world.famiglia, "Cena riservata", state="proposed")

    for who in (None, world.marta, world.giulia):
        page = visit(who).get("/it/events").text
        assert "Bozza segreta" not in page and "Cena riservata" not in page
