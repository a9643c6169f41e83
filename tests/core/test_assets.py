import gzip
import re
from pathlib import Path

import pytest

from officine.core.assets import AssetsMissing, asset
from officine.core.config import ROOT


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


def test_the_first_page_arrives_on_a_slow_line(world, visit):
    """All that a browser must fetch to show it, as it travels: less than 250 kB."""
    page = visit(None, Accept_Encoding="gzip").client.get(
        "/it/", headers={"Accept-Encoding": "gzip"}, buffered=True
    )
    html = gzip.decompress(page.data).decode()
    head = html.partition("</head>")[0]
    wanted = set(
        re.findall(r'<(?:link[^>]+(?:preload|stylesheet)|script)[^>]*"/static/dist/([^"#]+)', head)
    )
    wanted |= set(re.findall(r'<use href="/static/dist/([^"#]+)', html))
    kinds = {name.rpartition(".")[2] for name in wanted}
    assert kinds == {"css", "js", "woff2", "svg"}

    files = with_modules({DIST / name for name in wanted})

    assert len(page.data) + sum(map(travelling, files)) < 250_000


DIST = ROOT / "static" / "dist"


def with_modules(files: set[Path]) -> set[Path]:
    """These files with the modules that they import, and those import."""
    found: set[Path] = set()
    while files:
        found |= files
        imported = {
            each.parent / name
            for each in files
            if each.suffix == ".js"
            for name in re.findall(r'(?:from|import)"\./([^"]+)"', each.read_text())
        }
        files = imported - found
    return found


def travelling(file: Path) -> int:
    """How many bytes of a built file travel."""
    small = file.with_name(f"{file.name}.br")
    return (small if small.exists() else file).stat().st_size
