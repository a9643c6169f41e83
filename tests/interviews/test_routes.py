"""The place is there, and honest about being empty."""

import pytest


@pytest.mark.parametrize(
    ("language", "honest"),
    [
        ("it", "Non ne è ancora uscita nessuna"),
        ("en", "None is published yet"),
        ("es", "Todavía no hay ninguna publicada"),
    ],
)
def test_it_says_that_there_is_none_yet_and_where_to_go_meanwhile(visit, language, honest):
    page = visit().get(f"/{language}/interviews", most_queries=0).text

    assert honest in page
    assert f'href="/{language}/groups"' in page.split("<main")[1]
