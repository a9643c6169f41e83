from collections import namedtuple

from officine.lib.facets import Facets

Row = namedtuple("Row", "languages sector number")
Wanted = namedtuple("Wanted", "languages sector")

ROWS = (
    Row(("it", "en"), "metal", 3),
    Row(("it",), "food", 2),
    Row(("es",), "food", 4),
    Row(("es",), "", 1),
)


def facets(languages=("it",), sector=""):
    return Facets(ROWS, Wanted(languages, sector), ("languages", "sector"))


def test_a_list_counts_what_fits_all_filters():
    assert facets().total == 5
    assert facets(sector="food").total == 2


def test_a_filter_counts_what_fits_the_others():
    assert facets(sector="food").counts("sector") == {"metal": 3, "food": 2}
    assert facets(sector="food").counts("languages") == {"it": 2, "es": 4}


def test_who_has_many_values_counts_for_each():
    assert facets().counts("languages") == {"it": 5, "en": 3, "es": 5}
