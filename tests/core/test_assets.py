import gzip
import re

import pytest

from officine.core.assets import AssetsMissing, asset


def style_sheet(visit) -> str:
    """The address of the style sheet, as a page names it."""
    return re.search(r'<link rel="stylesheet" href="([^"]+)"', visit().get("/it/about").text)[1]


def test_an_asset_is_kept_for_good_under_a_name_that_changes_with_it(visit):
    reply = visit().get(style_sheet(visit))

    assert reply.mimetype == "text/css"
    assert "immutable" in reply.headers["Cache-Control"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_an_asset_travels_as_small_as_the_browser_takes_it(visit, encoding):
    address = style_sheet(visit)
    whole = visit().get(address).data
    small = visit(None, Accept_Encoding=encoding).get(address)

    assert small.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in small.headers["Vary"]
    assert small.mimetype == "text/css"
    assert len(small.data) < len(whole) / 3
    if encoding == "gzip":
        assert gzip.decompress(small.data) == whole


def test_a_page_travels_small(visit):
    reply = visit(None, Accept_Encoding="gzip").client.get(
        "/it/about", headers={"Accept-Encoding": "gzip"}, buffered=True
    )

    assert reply.headers["Content-Encoding"] == "gzip"


def test_what_was_not_built_is_named(tmp_path):
    with pytest.raises(AssetsMissing, match="officine assets"):
        asset(tmp_path, "main.css")
