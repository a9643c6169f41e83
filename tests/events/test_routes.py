"""The place is there, and honest about being empty."""

import pytest


@pytest.mark.parametrize(
    ("language", "honest"),
    [
        ("it", "Nessuno ha ancora una data"),
        ("en", "None has a date yet"),
        ("es", "Ninguno tiene fecha todavía"),
    ],
)
def test_it_says_that_there_is_none_yet_and_where_to_go_meanwhile(visit, language, honest):
    page = visit().get(f"/{language}/events", most_queries=0).text

    assert honest in page
    assert f'href="/{language}/groups"' in page.split("<main")[1]
