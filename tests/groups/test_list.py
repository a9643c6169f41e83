"""The list of groups: filters and their counts, orders, words, and how alive each group is."""

import re
from datetime import timedelta
from html import unescape

import pytest

from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.index import keeping

ALL = "lang=it&lang=en&lang=es"
EXPORT, ENERGIA, CASTINGS = "Export e dogane", "Energía e industria", "Metal & castings"


def names(html: str) -> list[str]:
    """The groups of a list, in order."""
    return [
        unescape(name) for name in re.findall(r'class="title"><a href="[^"]+">([^<]+)</a>', html)
    ]


def row(html: str, name: str) -> str:
    """What stands in a group’s row."""
    return next(each for each in html.split('<li class="group-row"')[1:] if f">{name}</a>" in each)


def counts(html: str, filter_name: str) -> dict[str, int]:
    """The numbers beside a filter’s links, by what each asks for: nothing, if it takes away."""
    rail = html.split('id="filters"')[1].split("</nav>")[0]
    links = re.findall(
        r'<a href="([^"]+)"[^>]*><span>[^<]+</span><span class="number">(\d+)</span>',
        rail.split("<h2>")[1 + ("sector", "joining").index(filter_name)],
    )
    asked = [(re.search(rf"[?;]{filter_name}=(\w+)", url), number) for url, number in links]
    return {found[1] if found else "": int(number) for found, number in asked}


def languages(html: str) -> dict[str, int]:
    """The numbers beside the languages."""
    return {code: int(number) for code, number in re.findall(r'id="count-(\w\w)">(\d+)<', html)}


@pytest.fixture
def several(world):
    """Three groups that differ in all that one can ask for."""
    at = now()
    for group, sectors, members, opened, last_post in (
        (world.export, ("trade", "transport"), 9, at - timedelta(days=90), None),
        (world.castings, ("metal",), 7, at - timedelta(days=60), at - timedelta(hours=3)),
        (world.energia, ("energy", "metal"), 5, at - timedelta(days=30), at - timedelta(days=3)),
    ):
        group.sectors, group.members_count = sectors, members
        group.opened_at, group.last_post_at = opened, last_post
    db.session.commit()
    return world


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", [CASTINGS, ENERGIA, EXPORT]),
        ("order=active", [CASTINGS, ENERGIA, EXPORT]),
        ("order=members", [EXPORT, CASTINGS, ENERGIA]),
        ("order=new", [ENERGIA, CASTINGS, EXPORT]),
        ("order=name", [ENERGIA, EXPORT, CASTINGS]),
        ("sector=trade", [EXPORT]),
        ("sector=metal", [CASTINGS, ENERGIA]),
        ("sector=metal&order=name", [ENERGIA, CASTINGS]),
        ("sector=food", []),
        ("joining=open", [CASTINGS, EXPORT]),
        ("joining=request", [ENERGIA]),
        ("joining=open&sector=metal", [CASTINGS]),
        ("sector=nonsense&joining=nonsense&order=nonsense", [CASTINGS, ENERGIA, EXPORT]),
    ],
)
def test_a_filter_leaves_what_fits_and_an_order_orders(several, visit, asked, expected):
    assert names(visit().get(f"/it/groups?{ALL}&{asked}").text) == expected


def test_each_filter_and_order_is_a_link_that_keeps_the_others(several, visit):
    html = unescape(visit().get(f"/it/groups?{ALL}&joining=open&order=name").text)

    for kept in ("sector=metal", "order=new"):
        [link] = {each for each in re.findall(r'href="(/it/groups\?[^"]+)"', html) if kept in each}
        assert "joining=open" in link and all(f"lang={code}" in link for code in ("it", "en", "es"))


@pytest.mark.parametrize(
    ("asked", "by_sector", "by_joining", "by_language"),
    [
        (
            ALL,
            {"metal": 2, "trade": 1, "transport": 1, "energy": 1},
            {"open": 2, "request": 1},
            {"it": 1, "en": 1, "es": 1},
        ),
        (
            f"{ALL}&joining=open",
            {"metal": 1, "trade": 1, "transport": 1},
            {"": 2, "request": 1},
            {"it": 1, "en": 1, "es": 0},
        ),
        (
            "lang=es&sector=metal",
            {"metal": 1, "energy": 1},
            {"request": 1},
            {"it": 0, "en": 1, "es": 1},
        ),
    ],
)  # fmt: skip
def test_beside_each_filter_stands_how_many_would_be_left(
    several, visit, asked, by_sector, by_joining, by_language
):
    html = visit().get(f"/it/groups?{asked}").text

    assert counts(html, "sector") == by_sector
    assert counts(html, "joining") == by_joining
    assert languages(html) == by_language


def test_what_one_may_not_know_of_is_not_counted(several, visit):
    assert counts(visit().get("/it/groups?lang=it").text, "joining") == {"open": 1}
    assert languages(visit(several.marta).get("/it/groups?lang=it").text)["it"] == 2


# How alive a group is


def test_a_row_tells_members_topics_of_this_week_and_the_last_activity(world, visit, settle):
    for days in (1, 6, 8, 30):
        opened = forum.open_topic(
            world.export, by=world.marta, title="Merce ferma", text="A Dover.",
            at=now() - timedelta(days=days),
        )  # fmt: skip
    forum.answer(opened, by=world.davide, text="Anche da noi.", at=now() - timedelta(hours=3))
    settle()

    found = row(visit().get("/it/groups?lang=it").text, EXPORT)

    figures = re.findall(r'class="number">(\d+)</span> <span class="unit">(\w+)', found)
    assert figures == [("3", "membri"), ("2", "discussioni")]
    assert "3 messaggi questa settimana" in found
    assert "il massimo in una delle ultime dodici settimane: 3" in found
    heights = [int(each) for each in re.findall(r'height="(\d+)"', found)]
    assert heights[-1] == 30, "this week: the answer, and what was opened yesterday and before"
    assert sum(height > 3 for height in heights) == 3
    assert re.search(r'class="last"><time [^>]*>3 ore fa</time>', found)


# What a group is about


def test_a_group_s_sectors_stand_in_its_row_and_on_its_page(several, visit):
    found = row(visit().get(f"/it/groups?{ALL}").text, ENERGIA)
    page = visit().get("/it/groups/energia-e-industria").text

    line = re.search(r'<p class="meta" lang="it">(.*?)</p>', found)[1]
    assert re.findall(r"<span>([^<]+)</span>", line) == ["Energia", "Metallo e lavorazioni"]
    assert f'<p class="meta sectors">{line}</p>' in page


def test_a_group_without_sectors_says_nothing_of_them(several, visit):
    several.export.sectors = ()
    db.session.commit()

    assert 'class="meta"' not in row(visit().get("/it/groups?lang=it").text, EXPORT)
    assert 'class="meta sectors"' not in visit().get("/it/groups/export-e-dogane").text


# Words


@pytest.fixture
def said(several, settle):
    """What the groups say of themselves can be found."""
    several.export.purpose = "Per ogni impresa che vende fuori: l’export di qualità, e perché."
    several.energia.purpose = "Una reunión al mes sobre la factura de la luz."
    several.castings.purpose = "Foundries, and what they pour."
    db.session.commit()
    keeping.rebuild()


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("it", "imprese", EXPORT),
        ("it", "l'export", EXPORT),
        ("it", "dell’export", EXPORT),
        ("it", "DOGANA", EXPORT),
        ("it", "qualita", EXPORT),
        ("es", "reunion", ENERGIA),
        ("es", "reuniones", ENERGIA),
        ("es", "energia", ENERGIA),
        ("en", "foundry", CASTINGS),
        ("en", "pouring", CASTINGS),
    ],
)
def test_a_group_is_found_by_any_form_of_its_words(said, visit, language, words, expected):
    assert names(visit().get(f"/{language}/groups?q={words}&{ALL}").text) == [expected]


def test_words_and_filters_narrow_together(said, visit):
    html = visit().get(f"/it/groups?q=imprese&{ALL}").text

    assert counts(html, "sector") == {"trade": 1, "transport": 1}
    assert languages(html) == {"it": 1, "en": 0, "es": 0}
    assert names(visit().get(f"/it/groups?q=imprese&{ALL}&sector=metal").text) == []


def test_a_slip_is_answered_with_the_word_that_may_be_meant(said, visit):
    html = visit().get("/it/groups?q=dogsne&lang=it").text

    found = re.search(r'class="suggestion">Forse cercavi <a href="([^"]+)">([^<]+)</a>', html)
    assert found[2] == "dogane"
    assert names(visit().get(unescape(found[1])).text) == [EXPORT]
    assert "Forse cercavi" not in visit().get("/it/groups?q=dogane&lang=it").text


def test_a_correction_tells_no_word_of_a_private_group(several, visit):
    several.famiglia.purpose = "Il patto dei cugini di Zanzibar."
    db.session.commit()
    keeping.rebuild()

    assert "zanzibar" not in visit().get("/it/groups?q=zanzibra&lang=it").text.lower()
    assert "zanzibar" in visit(several.marta).get("/it/groups?q=zanzibra&lang=it").text.lower()
