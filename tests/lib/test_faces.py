"""Portraits drawn from traits."""

import itertools
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from officine.lib.faces import BEARDS, GROUNDS, HAIR_COLORS, HAIRS, SKINS, TOPS, Face, draw_face

CAST = Path(__file__).parents[2] / "officine" / "demo" / "content"


def test_the_same_traits_always_give_the_same_portrait():
    traits = {"skin": "tan", "hair": "curly", "hair_color": "grey", "glasses": True}

    assert draw_face(Face.of(traits)) == draw_face(Face.of(traits))


@pytest.mark.parametrize(
    ("trait", "values"),
    [
        ("skin", SKINS),
        ("hair", HAIRS),
        ("hair_color", HAIR_COLORS),
        ("glasses", (True, False)),
        ("beard", BEARDS),
        ("top", TOPS),
        ("ground", GROUNDS),
    ],
)
def test_every_trait_is_seen(trait, values):
    portraits = {draw_face(Face.of({trait: value})) for value in values}

    assert len(portraits) == len(values)


def test_every_head_is_a_sound_picture():
    for hair, beard, glasses in itertools.product(HAIRS, BEARDS, (True, False)):
        picture = ElementTree.fromstring(
            draw_face(Face(hair=hair, beard=beard, glasses=glasses, hair_color="grey"))
        )
        assert picture.get("viewBox") == "0 0 96 96"
        assert picture[0].get("fill") == GROUNDS["sand"]


def test_many_portraits_may_stand_in_one_page_under_a_strict_policy():
    for hair in HAIRS:
        for element in ElementTree.fromstring(draw_face(Face(hair=hair))).iter():
            assert element.tag.rpartition("}")[2] in {"svg", "rect", "path", "circle", "ellipse"}
            assert {"id", "style", "class", "href"}.isdisjoint(element.keys())


def test_hair_parted_on_the_other_side_stays_inside_the_picture():
    for hair, top, ground in itertools.product(HAIRS, TOPS, GROUNDS):
        picture = draw_face(Face(hair=hair, top=top, ground=ground))
        for shape in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}path"):
            numbers = (
                shape.get("d", "").replace("A", " A").translate(str.maketrans("MCLHVAZ", " " * 7))
            )
            assert all(0 <= float(number) <= 96 for number in numbers.split())


def test_an_unknown_word_is_refused_by_name():
    with pytest.raises(ValueError, match="hair “mohawk”"):
        Face(hair="mohawk")
    with pytest.raises(ValueError, match="no trait “hat”"):
        Face.of({"hat": "straw"})


def test_no_two_of_the_cast_look_the_same():
    people = [
        person
        for file in sorted(CAST.glob("people.*.toml"))
        for person in tomllib.loads(file.read_text())["person"]
    ]

    assert len({draw_face(Face.of(person["face"])) for person in people}) == len(people) >= 30


def test_a_portrait_is_small_and_quick_to_send():
    assert all(len(draw_face(Face(hair=hair, glasses=True, beard="full"))) < 4096 for hair in HAIRS)
