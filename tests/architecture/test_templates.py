"""What templates may not do."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
TAKEN = re.compile(r'{%-?\s*(?:import|from|include|extends)\s[^%]*?"([^"]*\.\w+)"')


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_page_takes_nothing_from_plain_text(template: Path) -> None:
    # Jinja escapes by the ending of a file’s name: what stands in a .txt reaches a page as it is.
    plain = [
        name for name in TAKEN.findall(template.read_text("utf-8")) if not name.endswith(".html")
    ]
    assert plain == []
