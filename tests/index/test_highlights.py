"""The words asked for, marked in what was found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from officine.core.index.highlights import SNIPPET, Marker, as_written

READS = ("it", "en", "es")


def marker(text, **values):
    return Marker.for_question(text, READS, **values)


@pytest.mark.parametrize(
    ("question", "text", "language", "marked"),
    [
        ("dogana", "Le dogane e la dogana", "it", ["dogane", "dogana"]),
        ("imprese", "L’impresa", "it", ["impresa"]),
        ("reunion", "La reunión", "es", ["reunión"]),
        ("companies", "A company", "en", ["company"]),
        ("chi paga la dogana", "La dogana la paga chi compra", "it", ["dogana", "paga"]),
        ("perché", "perche\u0301", "it", ["perche\u0301"]),
        ("dogana", "il cammello", "it", []),
    ],
)
def test_every_form_of_the_word_is_marked(question, text, language, marked):
    html = marker(question).mark(text, language)
    assert re.findall("<mark>(.*?)</mark>", html) == marked


def test_neighbours_share_a_mark():
    html = marker("aduana inglesa").mark("La aduana inglesa, la aduana", "es")
    assert html == "La <mark>aduana inglesa</mark>, la <mark>aduana</mark>"


def test_a_word_being_typed_marks_what_it_begins():
    assert marker("inghil", unfinished=True).finds("Inghilterra", "it")
    assert not marker("inghil").finds("Inghilterra", "it")


@given(st.text(), st.text())
def test_without_its_marks_the_html_is_the_escaped_text(question, text):
    html = marker(question).mark(text, "it")
    assert re.sub("</?mark>", "", html) == escape(text)


@given(st.text(), st.text(alphabet=st.sampled_from("<>&\"'abc dogana"), max_size=600))
def test_a_snippet_lets_no_markup_through(question, text):
    html = marker(question + " dogana").snippet(text, "it")
    assert "<" not in re.sub("</?mark>", "", html)


@given(st.lists(st.sampled_from(["dogana", "e", "inghilterra", "tornio", "pezzi"]), max_size=200))
def test_a_snippet_is_short_and_holds_a_word_that_was_asked_for(parts):
    text = " ".join(parts)
    html = marker("dogana").snippet(text, "it")
    plain = re.sub("</?mark>", "", html).strip("…")
    assert len(plain) <= SNIPPET
    assert plain in text
    assert ("dogana" in parts) == ("<mark>" in html)


def test_a_snippet_shows_where_most_of_the_question_stands():
    text = (
        "La dogana apre alle nove. " + "Altro da dire non c’è, per ora. " * 12
        + "In Inghilterra la dogana chiude presto. " + "E poi ancora altro da dire. " * 12
    )  # fmt: skip
    html = marker("dogana inghilterra").snippet(text, "it")
    assert "<mark>Inghilterra</mark> la <mark>dogana</mark>" in html
    assert html.startswith("…") and html.endswith("…")


def test_a_short_text_is_shown_whole_without_ellipses():
    assert marker("dogana").snippet("La  dogana\napre.", "it") == "La <mark>dogana</mark> apre."


def test_a_correction_is_spelt_as_people_write_it():
    assert as_written("la reunion", ["La Reunión anual"]) == "la reunión"
    assert as_written("Ada reunion", ["nada"]) == "Ada reunion"
