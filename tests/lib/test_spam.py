"""The spam score: what raises it, for whom, and that it says so."""

import pytest

from officine.core.i18n import LANGUAGES
from officine.lib import spam
from officine.lib.markdown import render

NEW = spam.Writer(days=0, posts=0)
KNOWN = spam.Writer(days=400, posts=60, reads=("it",))


def signals(text, writer=NEW, **more):
    found = spam.score(
        text, render(text), writer, language="it", languages=LANGUAGES, **more
    )  # fmt: skip
    return {signal.name: signal for signal in found}


def points(text, writer=NEW, **more):
    return spam.points(signals(text, writer, **more).values())


def test_an_honest_first_message_with_a_link_is_far_from_the_threshold():
    text = "Buongiorno, siamo una carpenteria di Lecco: cerchiamo chi zincava travi da 12 metri."
    assert points(text) < 30
    assert points(f"{text} https://carpenteria.example") < 60


def test_a_pitch_by_a_newcomer_adds_up():
    found = signals("Guadagna da casa, clicca qui https://x.example, WhatsApp +39 333 123 4567")
    assert {"spam-links", "spam-pitch", "spam-contact", "spam-new"} <= found.keys()
    assert spam.points(found.values()) >= 60
    assert "clicca qui" in found["spam-pitch"].value


def test_who_is_known_may_link_and_give_a_number():
    assert points("Chiamami: +39 333 123 4567, o https://x.example e https://y.example", KNOWN) < 20


@pytest.mark.parametrize(
    "text",
    ["Pagati il 15/12/2026.", "Codice 6204-2RS, 500 pezzi.", "Nel 2019-2023 sono 3.200 euro."],
)
def test_dates_codes_and_amounts_are_no_telephone_numbers(text):
    assert "spam-contact" not in signals(text)


def test_what_is_quoted_from_others_does_not_count():
    quoted = "> https://a.example https://b.example\n\nIo la penso diversamente."
    assert "spam-links" not in signals(quoted)


def test_links_to_this_site_do_not_count():
    assert spam.links_in(render("https://officine.test/it https://a.example"), "officine.test") == [
        "https://a.example"
    ]


@pytest.mark.parametrize("name", ["Giu1ia Serra", "Giulia Sеrra", "GIULIA  SERRA", "Giulía Serra"])
def test_names_that_look_alike_have_one_skeleton(name):
    assert spam.skeleton(name) == spam.skeleton("Giulia Serra")


def test_other_names_have_another():
    assert spam.skeleton("Giulio Serra") != spam.skeleton("Giulia Serra")
    assert spam.skeleton("Teresa Uribe") != spam.skeleton("Marta Colombo")


def test_the_same_text_is_known_again_with_other_beginnings():
    text = (
        "Vendiamo pedane usate in ottimo stato con ritiro in sede a Brescia, anche poche per volta."
    )
    others = [
        f"Salve! {text}",
        "Tutt’altra cosa, scritta da tutt’altra persona in un altro gruppo.",
    ]
    assert spam.copies_of(text, others) == 1
    assert spam.copies_of("Grazie mille!", ["Grazie mille!"]) == 0
    assert points(text, copies=1) >= 60 > points(text, KNOWN, copies=1)


def test_two_newcomers_may_ask_the_same_but_not_sell_in_the_same_words():
    question = "Perché l’IVA all’estero non si detrae come la nostra? È così anche per l’hotel?"
    assert points(question, echoes=5) < 60
    pitch = "Clicca qui per il miglior prezzo sulle pedane usate, ritiro in sede: scrivetemi."
    assert points(pitch, echoes=2) >= 60


def test_letters_that_nobody_here_writes():
    assert "spam-letters" in signals("Купите дешёвые реплики часов прямо сейчас")
    assert "spam-letters" not in signals("La lettera greca μ indica il micron, la Ω gli ohm.")


def test_shouting_and_repetition():
    assert "spam-shouting" in signals("COMPRATE ADESSO LA NOSTRA MERAVIGLIOSA OFFERTA!!!")
    assert "spam-repetition" in signals("\n".join(["compra le nostre pedane"] * 5))
    assert signals("Un messaggio qualunque, senza gridare.", KNOWN) == {}


def test_another_language_counts_only_for_newcomers():
    text = "We would like to know how you handle the customs declaration in this case."
    assert "spam-language" in signals(text)
    assert "spam-language" not in signals(text, KNOWN)
