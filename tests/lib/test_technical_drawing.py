"""Technical drawings: the same for the same company, and nothing in them but shapes."""

from xml.etree import ElementTree

import pytest

from officine.lib.sectors import SECTORS
from officine.lib.technical_drawing import technical_drawing


@pytest.mark.parametrize("sector", [*SECTORS, "", "unknown"])
def test_every_sector_has_a_drawing_that_is_well_formed(sector):
    drawing = technical_drawing(sector, "ferrandi-valvole")
    root = ElementTree.fromstring(f"<svg>{drawing}</svg>")

    assert len(list(root.iter())) > 8
    assert {name for mark in root.iter() for name in mark.attrib}.isdisjoint({"style", "id"})
    assert {mark.tag for mark in root.iter()} <= {"svg", "path", "rect", "circle", "text"}


def test_a_company_keeps_its_drawing_and_differs_from_others():
    assert technical_drawing("metal", "one") == technical_drawing("metal", "one")
    assert technical_drawing("metal", "one") != technical_drawing("metal", "other")


def test_a_name_never_stands_in_the_drawing():
    assert "script" not in technical_drawing("metal", "<script>")
