"""Marks for companies: the same for the same name, and nothing in them but shapes."""

from xml.etree import ElementTree

from officine.lib.company_marks import GROUNDS_AND_INKS, MOTIFS, company_mark


def test_a_name_keeps_its_mark():
    assert company_mark("Ferrandi Valvole") == company_mark("Ferrandi Valvole")


def test_marks_differ():
    marks = {company_mark(f"Azienda {number}") for number in range(400)}

    assert len(marks) == len(GROUNDS_AND_INKS) * len(MOTIFS)


def test_every_mark_is_well_formed_and_carries_only_shapes():
    for number in range(200):
        root = ElementTree.fromstring(company_mark(f"<Azienda> {number}"))
        names = {mark.tag.rpartition("}")[2] for mark in root.iter()}
        assert names <= {"svg", "rect", "path", "circle"}
        assert {name for mark in root.iter() for name in mark.attrib}.isdisjoint({"style", "id"})
