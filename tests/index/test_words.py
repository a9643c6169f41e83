"""The words of a text: found, folded, stemmed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officine.lib.words import LONGEST_WORD, fold, folded_words, likely_language, stem, stems, words

LANGUAGES = st.sampled_from(["it", "en", "es"])


@given(st.text())
def test_a_word_stands_where_it_says(text):
    for word in words(text):
        assert text[word.start : word.end] == word.text


@given(st.text())
def test_words_come_in_order_and_do_not_overlap(text):
    ends = 0
    for word in words(text):
        assert word.start >= ends
        ends = word.end


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    for word in folded_words(text):
        assert fold(word) == word


@given(st.text())
def test_a_folded_word_has_no_capitals_accents_or_spaces(text):
    for word in folded_words(text):
        assert word == word.lower()
        assert word.isalnum()
        assert len(word) <= LONGEST_WORD


@given(st.text(), LANGUAGES)
def test_every_stem_comes_from_a_word_of_the_text(text, language):
    known = {stem(word, language) for word in folded_words(text)}
    assert set(stems(text, language)) <= known


@given(st.text(alphabet="abcdefghilmnopqrstuvzàèéìòùñáíóú", min_size=1), LANGUAGES)
def test_case_makes_no_difference(word, language):
    assert stems(word.upper(), language) == stems(word, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("it", "imprese", "impresa"),
        ("it", "dogane", "dogana"),
        ("it", "città", "citta"),
        ("es", "reuniones", "reunión"),
        ("es", "reunion", "reunión"),
        ("es", "empresas", "empresa"),
        ("en", "companies", "company"),
        ("en", "exporting", "exports"),
    ],
)
def test_forms_of_one_word_share_a_stem(language, one, other):
    assert stems(one, language) == stems(other, language)


@pytest.mark.parametrize("text", ["l’export", "l'export", "dell’export", "all'Export", "EXPORT"])
def test_an_elided_article_leaves_the_word(text):
    assert stems(text, "it") == ["export"]


@pytest.mark.parametrize("text", ["perche\u0301", "perché", "PERCHÉ", "per\u00adché"], ids=ascii)
def test_a_letter_and_its_accent_may_be_one_sign_or_two(text):
    assert folded_words(text) == ["perche"]


def test_grammar_is_left_out_and_matters_of_business_are_not():
    assert stems("lo stato della pratica", "it") == ["stat", "pratic"]
    assert stems("el estado de la factura", "es") == ["estad", "factur"]
    assert stems("the state of the invoice", "en") == ["state", "invoic"]


def test_a_language_without_a_grammar_here_keeps_its_words():
    assert stems("die Zölle", "de") == ["die", "zolle"]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("come funziona l’IVA all’estero", "it"),
        ("how do customs work in the UK", "en"),
        ("cómo funciona el IVA en el extranjero", "es"),
        ("dogana inghilterra", None),
    ],
)
def test_grammar_words_tell_the_language_of_a_question(question, language):
    assert likely_language(folded_words(question), ("it", "en", "es")) == language


def test_threads_stem_without_disturbing_one_another():
    forms = [f"{root}{end}" for root in ("impres", "dogan", "fattur") for end in "aeio"] * 200
    alone = [stem.__wrapped__(form, "it") for form in forms]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda word: stem.__wrapped__(word, "it"), forms))
    assert results == alone
