"""What a member shows to members alone stays with members, on every way out of the site."""

import json
import re

import pytest

from officine.blueprints.forum.commands import answer, mark_answer, open_topic
from officine.blueprints.profiles.commands import describe_profile, set_photo_drawing, show_to
from officine.blueprints.profiles.queries import (
    EVERYONE,
    Wanted,
    listed_people,
    people_named,
    public_fields,
)
from officine.core.clock import now
from officine.core.db import db
from officine.models.member import FIELDS

SECRETS = {
    "job": "Arcibibliotecaria",
    "place": "Roccacannuccia",
    "about": "Parole-su-di-me",
    "offers": "Offerta-riservata",
    "seeks": "Ricerca-riservata",
}


@pytest.fixture
def reserved(world):
    """Marta, who shows nothing to visitors."""
    describe_profile(world.marta, **SECRETS, country="IT", sector="textile", language="it")
    set_photo_drawing(world.marta, "<svg xmlns='http://www.w3.org/2000/svg'/>")
    show_to(world.marta, dict.fromkeys(FIELDS, "members"))
    db.session.commit()
    return world.marta


def test_a_visitor_sees_only_the_name(reserved, visit):
    html = visit().get("/it/people/marta-colombo").get_data(as_text=True)

    assert "Marta Colombo" in html
    for word in (*SECRETS.values(), "Colombo Tessuti", "Export e dogane", "faces/"):
        assert word not in html


def test_a_member_sees_all_of_it(reserved, world, visit):
    html = visit(world.teresa).get("/it/people/marta-colombo").get_data(as_text=True)

    for word in (*SECRETS.values(), "Colombo Tessuti", "Export e dogane", "faces/"):
        assert word in html


def test_what_a_member_wrote_does_not_tell_the_groups_they_do_not_show(world, visit):
    asked = open_topic(world.export, by=world.marta, title="DAP o DDP?", text="Chi sa?", at=now())
    solved = open_topic(world.export, by=world.teresa, title="EUR.1?", text="Chi sa?", at=now())
    post = answer(solved, by=world.marta, text="In dogana.", at=now())
    mark_answer(solved, post, by=world.teresa, at=now())
    page = "/it/people/marta-colombo"
    told = (asked.title, solved.title, world.export.name)
    assert all(word in visit().get(page).text for word in told)

    show_to(world.marta, {"groups": "members"})

    assert not any(word in visit().get(page).text for word in told)
    for who in (world.teresa, world.marta):
        assert all(word in visit(who).get(page).text for word in told)


def test_what_search_engines_read_is_what_everyone_sees(reserved, world, visit):
    html = visit(world.teresa).get("/it/people/marta-colombo").get_data(as_text=True)
    head = html.partition("</head>")[0]

    for word in (*SECRETS.values(), "Colombo Tessuti", "faces/"):
        assert word not in head
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', head, re.S).group(1))
    assert data["name"] == "Marta Colombo"
    assert set(data) == {"@context", "@type", "name", "url", "knowsLanguage"}


def test_linked_data_says_what_is_shown_to_everyone(world, visit):
    describe_profile(world.marta, job="Titolare", place="Como", country="IT", about="Seta.")
    html = visit().get("/it/people/marta-colombo").get_data(as_text=True)
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.S).group(1))

    assert data["jobTitle"] == "Titolare"
    assert data["worksFor"]["name"] == "Colombo Tessuti"
    assert data["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Como",
        "addressCountry": "IT",
    }
    assert "email" not in html and "marta-colombo@example.org" not in html


def test_the_search_index_gets_each_audience_its_own(reserved):
    assert public_fields(reserved) == {"name": "Marta Colombo"}
    assert public_fields(reserved, "members")["job"] == SECRETS["job"]


def test_the_list_shows_a_visitor_no_more(reserved, visit):
    html = visit().get("/it/people").get_data(as_text=True)

    assert "Marta Colombo" in html
    for word in (*SECRETS.values(), "Colombo Tessuti", "faces/"):
        assert word not in html


def test_a_filter_does_not_betray_what_is_not_shown(reserved, world):
    by_sector = Wanted(languages=("it", "en", "es"), sector="textile")
    by_country = Wanted(languages=("it", "en", "es"), country="IT")

    for wanted in (by_sector, by_country):
        assert not listed_people(EVERYONE, wanted).people
        assert listed_people(EVERYONE, wanted).total == 0
        assert [row.name for row in listed_people(world.teresa, wanted).people] == ["Marta Colombo"]
    assert "textile" not in listed_people(EVERYONE, by_country).by_sector
    assert listed_people(world.teresa, by_country).by_sector == {"textile": 1}


def test_words_are_not_looked_for_where_the_viewer_may_not_look(reserved, world):
    for word in SECRETS.values():
        assert people_named(EVERYONE, word) == ()
        assert people_named(world.teresa, word) == (reserved.id,)


def test_a_company_does_not_betray_who_hides_it(reserved, world, visit):
    for_visitor = visit().get("/it/companies/colombo-tessuti").get_data(as_text=True)
    for_member = visit(world.teresa).get("/it/companies/colombo-tessuti").get_data(as_text=True)

    assert "Marta Colombo" not in for_visitor
    assert "Marta Colombo" in for_member


def test_a_private_group_is_not_named_to_who_does_not_belong(world, visit):
    to_teresa = visit(world.teresa).get("/it/people/marta-colombo").get_data(as_text=True)
    to_visitor = visit().get("/it/people/emma-whitcombe").get_data(as_text=True)

    assert "Export e dogane" in to_teresa
    assert "Passaggio generazionale" not in to_teresa
    assert "castings" not in to_visitor


def test_who_has_left_has_no_page_and_no_name(world, visit):
    world.davide.left_at = world.davide.joined_at
    world.davide.name = ""
    reply = visit(world.marta).get("/it/people/davide-rinaldi")

    assert reply.status_code == 404
    assert "Davide" not in reply.get_data(as_text=True)


def test_a_newcomer_who_has_not_confirmed_is_nobody_yet(world, visit):
    assert visit().get("/it/people/piero-neri").status_code == 404
    assert visit(world.marta).get("/it/people/piero-neri").status_code == 404
    assert visit(world.newcomer).get("/it/people/piero-neri").status_code == 200
    assert "Piero Neri" not in visit(world.marta).get("/it/people").get_data(as_text=True)
