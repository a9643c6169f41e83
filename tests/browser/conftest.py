"""A real site with the demo community, real browsers, and an eye on what they ask for."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
)

from officine.core.config import Settings
from tests.first_start import environment

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
LOCALES = {"it": "it-IT", "en": "en-GB", "es": "es-ES"}
PATIENCE_SECONDS = 120

# Chromium asks after updates and the like; on a closed network each is a refused connection.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """A running site."""

    url: str
    data_dir: Path


@pytest.fixture(scope="session")
def site(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Officine as its second start shows it: web, worker and demo, from the README’s command."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demo_settings.data_dir, folder)
    environ = environment(folder)
    log = open(folder / "site.log", "wb")  # noqa: SIM115 — lives as long as the site
    process = subprocess.Popen(
        [sys.executable, "-m", "officine"], env=environ, stdout=log, stderr=log
    )
    try:
        url = f"http://127.0.0.1:{environ['OFFICINE_PORT']}"
        _wait_until_ready(url, process, folder / "site.log")
        yield Site(url, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Which browser, and how it behaves on a closed network."""
    path = os.environ.get("OFFICINE_CHROMIUM") or shutil.which("chromium")
    return {"executable_path": path, "args": FLAGS}


@pytest.fixture
def open_browser(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a browser of somebody’s own: `open_browser("it", PHONE, scripts=False)`.

    At the end no page has asked another host for anything, and no script has complained.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(
        language: str = "it", size: Any = DESKTOP, *, scripts: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            locale=LOCALES[language],
            viewport=size,
            java_script_enabled=scripts,
            has_touch=size is PHONE,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("request", lambda request: _stay_home(request, site, complaints))
        page.on("console", lambda message: _listen(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def enter_as(page: Page, cast: str, language: str = "it") -> None:
    """Be one of the demo's cast, as if one had entered through the bar at the top before."""
    entered = page.context.request.post(
        f"/{language}/demo/enter", form={"key": cast, "next": f"/{language}/"}, max_redirects=0
    )
    assert entered.status == 303, entered.status


def _stay_home(request: Request, site: Site, complaints: list[str]) -> None:
    parts = urlsplit(request.url)
    if parts.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(site.url):
        complaints.append(f"a request to another host: {parts.netloc}")


def _listen(message: ConsoleMessage, complaints: list[str]) -> None:
    # The browser itself reports refused forms (422) and pages that do not exist; htmx, a network
    # that is gone.
    expected = ("Failed to load resource", "Failed to fetch")
    if message.type == "error" and not any(each in message.text for each in expected):
        complaints.append(f"console: {message.text}")


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the site stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the site was not ready in time:\n{log.read_text()[-3000:]}")
