"""A film is sent from a real browser, through all that can go wrong on its way."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from officine.blueprints.video.commands.uploads import LARGEST_PIECE
from officine.core import storage
from officine.core.db import db
from officine.models import Interview
from tests.accessibility import violations
from tests.browser.conftest import PHONE, browser_type_launch_args
from tests.served import served
from tests.visits import Visit
from tests.world import World

pytestmark = pytest.mark.browser
__all__ = ["browser_type_launch_args"]


@pytest.fixture
def page(app: Flask, visit: Callable[..., Visit], world: World, browser: Browser) -> Iterator[Page]:
    """Giulia’s browser, and a server of this process."""
    name = app.config["SESSION_COOKIE_NAME"]
    kept = visit(world.giulia).client.get_cookie(name)
    assert kept is not None
    with served(app) as address:
        context = browser.new_context(base_url=address, locale="it-IT")
        context.add_cookies([{"name": name, "value": kept.value, "url": address}])
        context.set_default_timeout(15_000)
        yield context.new_page()
        context.close()


def open_page(page: Page, interview: Interview, language: str = "it") -> None:
    """Open the page of its video."""
    address = f"/{language}/desk/interviews/{interview.id}/video"
    db.session.rollback()  # or the server could not write
    page.goto(address)


def choose(page: Page, interview: Interview, path: Path) -> None:
    """Open the page of its video and send a file."""
    open_page(page, interview)
    page.locator("#upload input[type=file]").set_input_files(path)
    page.locator("#upload [data-start]").click()


def test_an_upload_that_is_interrupted_three_times_arrives_as_it_was(
    page: Page, interview: Interview, tmp_path: Path
) -> None:
    film = tmp_path / "intervista.mp4"
    film.write_bytes(os.urandom(2 * LARGEST_PIECE + 12345))
    words, percent = page.locator("[data-words]"), page.locator("[data-percent]")
    broken: list[str] = []

    def pass_by(route: Route) -> None:
        """Pieces get through until the connection is to break: each break is told once."""
        at = route.request.headers.get("upload-offset", "")
        if route.request.method == "PATCH" and at != "0" and len(broken) < breaks:
            broken.append(at)
            route.abort("connectionreset")
        else:
            route.continue_()

    others = set(storage.keys_under("uploads"))

    # The connection breaks after the first piece, and again: the page tries again by itself.
    breaks = 2
    page.route("**/video/uploads/*", pass_by)
    choose(page, interview, film)
    expect(words).to_have_text(
        "Nessuna connessione. Riprende da solo appena torna.", timeout=20_000
    )
    # Then the computer is closed.
    breaks = 99
    page.goto("about:blank")
    assert set(broken) == {str(LARGEST_PIECE)}

    breaks = 0
    open_page(page, interview)
    expect(page.locator(".notice.is-wait")).to_contain_text("si è fermato al 49 %")
    page.route("**/video/uploads/*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    choose(page, interview, film)
    expect(words).to_have_text(
        "Una parte di questo file è già qui: riprende da lì.", timeout=20_000
    )
    seen = int(re.sub(r"\D", "", percent.inner_text()) or 49)
    assert seen >= 49
    page.wait_for_event("framenavigated")

    db.session.rollback()
    pieces = sorted(set(storage.keys_under("uploads")) - others)
    assert len(pieces) == 3 and len({key.split("/")[1] for key in pieces}) == 1
    assert b"".join(storage.get(key) or b"" for key in pieces) == film.read_bytes()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_a_video_stands_in_nobodys_way(
    page: Page, interview: Interview, theme: str
) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size(PHONE)
    open_page(page, interview, "es")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

    assert violations(page) == []
