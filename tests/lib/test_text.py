"""What any text goes through."""

import pytest

from officine.lib.markdown import render
from officine.lib.text import words_in


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Uno **due**tre.\n\nQuattro\ncinque", "Uno duetre. Quattro cinque"),
        ("- sei\n- sette\n\n> otto", "sei sette otto"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("`x < y` & <b>", "x < y & <b>"),
        ('[qui](https://example.org "a>b")', "qui"),
        ("", ""),
    ],
)
def test_the_words_of_a_rendered_text_are_what_its_reader_sees(markdown, words):
    assert words_in(render(markdown)) == words
