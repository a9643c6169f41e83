"""What axe finds on a page that a browser shows."""

from collections.abc import Sequence
from functools import cache

from playwright.sync_api import Page

from officine.core.config import ROOT

# WCAG 2.2’s own rule is off unless asked for. No rule that is on reads the style sheets, which
# axe would fetch and parse once more.
RUN = """(only) => axe.run(document, {
  resultTypes: ['violations'],
  preload: {assets: ['media']},
  ...(only.length ? {runOnly: only} : {rules: {'target-size': {enabled: true}}}),
})"""


def violations(page: Page, only: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Each rule of WCAG 2.2 that the page breaks, or of ``only`` these, and the first element that
    breaks it.
    """
    page.evaluate(_axe())
    found = page.evaluate(RUN, list(only))["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


@cache
def _axe() -> str:
    return (ROOT / "static/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
