"""Which language a text is in, and what changed between two."""

import pytest

from officine.lib.differences import differences
from officine.lib.language import clear_language

ALL = ("it", "en", "es")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il cliente non vuole pagare l’IVA: chi di voi lo ha già visto?", "it"),
        ("The customer will not pay the VAT: has any of you seen this?", "en"),
        ("El cliente no quiere pagar el IVA: ¿alguno de vosotros lo ha visto?", "es"),
        ("Grazie mille!", None),
        ("DAP DDP EORI TARIC 8480 71 00 Incoterms 2020", None),
        ("", None),
    ],
)
def test_a_language_is_said_only_when_it_is_clear(text, language):
    assert clear_language(text, ALL) == language


def pieces(before, after):
    return [(piece.kind, piece.text) for piece in differences(before, after)]


def test_words_that_changed():
    assert pieces("Manca il numero VIES.", "Manca il codice VIES.") == [
        ("same", "Manca il "),
        ("out", "numero"),
        ("in", "codice"),
        ("same", " VIES."),
    ]


def test_both_texts_can_be_read_out_of_their_differences():
    before, after = "a b\nc d\n" * 900, "a b\nc e\n" * 900 + "fine"
    found = pieces(before, after)
    assert "".join(text for kind, text in found if kind != "in") == before
    assert "".join(text for kind, text in found if kind != "out") == after


def test_texts_of_thousands_of_lines_are_told_one_after_the_other():
    before = "\n".join(str(n % 130) for n in range(5000))
    after = "\n".join(str(n * 7 % 130) for n in range(5000))

    assert pieces(before, after) == [("out", before), ("in", after)]
