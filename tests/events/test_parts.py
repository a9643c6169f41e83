"""Events on the pages of people and companies."""

from datetime import timedelta

import pytest

from officine.core.clock import now
from officine.core.db import db
from officine.models import EventSession, Partner, Speaker
from tests.events.making import event, going, group_event
from tests.events.test_listing import words

MARTA, TESSUTI = "/it/people/marta-colombo", "/it/companies/colombo-tessuti"


def speaks(made, name, **whose):
    part = EventSession(
        starts_at=made.starts_at, ends_at=made.ends_at, language="it", title="Parte"
    )
    part.speakers.append(Speaker(position=1, name=name, **whose))
    made.sessions.append(part)
    db.session.flush()


def stands_behind(made, company, role):
    made.partners.append(
        Partner(position=1, role=role, name=company.name, company_id=company.id, language="it")
    )
    db.session.flush()


def test_a_person_organises_speaks_and_goes(visit, world):
    event(world.marta, "Suo")
    speaks(event(world.davide, "Ne parla"), "Marta Colombo", member_id=world.marta.id)
    going(event(world.davide, "Ci andrà"), world.marta)
    event(world.davide, "Di altri")

    def seen(who):
        page = words(visit(who).get(MARTA).text)
        return [each for each in ("Suo", "Ne parla", "Ci andrà", "Di altri") if each in page]

    assert seen(world.emma) == ["Suo", "Ne parla", "Ci andrà"]
    assert seen(None) == ["Suo", "Ne parla"], "who goes is told to members"
    page = words(visit(world.emma).get(MARTA).text)
    assert "organizza" in page and "interviene" in page and "ci va" in page


def test_what_is_over_stays_where_one_had_a_part_in_it(visit, world):
    ago = now() - timedelta(days=9)
    event(world.marta, "Organizzato", starts_at=ago)
    going(event(world.davide, "Frequentato", starts_at=ago), world.marta)
    event(world.marta, "Saltato", state="cancelled")

    page = words(visit(world.emma).get(MARTA).text)

    assert "Organizzato" in page and "l’ha organizzato" in page
    assert "Frequentato" not in page and "Saltato" not in page


def test_a_company_has_what_it_stands_behind_and_where_it_speaks(visit, world):
    tessuti = world.companies["tessuti"]
    stands_behind(event(world.davide, "Sostenuto"), tessuti, "sponsor")
    speaks(event(world.davide, "Raccontato"), "Marta Colombo", company_id=tessuti.id)
    stands_behind(group_event(world.marta, world.famiglia, "In famiglia"), tessuti, "organiser")

    page = words(visit().get(TESSUTI).text)

    assert "Sostenuto" in page and "sponsor" in page and "Raccontato" in page
    assert "In famiglia" not in page
    assert "In famiglia" in words(visit(world.marta).get(TESSUTI).text)


@pytest.mark.parametrize("address", [MARTA, TESSUTI])
def test_events_that_are_not_for_one_are_on_no_page(visit, world, address):
    for made in (
        group_event(world.marta, world.famiglia, "Riservato"),
        event(world.marta, "Riservato bozza", state="draft"),
        event(world.marta, "Riservato ai membri", audience="members"),
    ):
        going(made, world.marta)
        speaks(made, "Marta", member_id=world.marta.id, company_id=world.companies["tessuti"].id)

    assert "Riservato" not in visit().get(address).text
    seen = visit(world.emma).get(address).text
    assert "Riservato ai membri" in seen
    assert seen.count("Riservato") == 1
    assert "bozza" not in visit(world.marta).get(address).text


def test_many_events_take_as_few_questions_as_one(visit, world):
    for number in range(8):
        made = event(world.marta, f"Incontro {number}", slug=f"incontro-{number}")
        going(made, world.marta)
        stands_behind(made, world.companies["tessuti"], "partner")

    for address in (MARTA, TESSUTI):
        one = visit(world.emma)
        assert one.get(address, most_queries=17).status_code == 200
        assert words(one.get(address, most_queries=17).text).count("Incontro") == 4
