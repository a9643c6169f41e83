"""The page at the door in a real browser: a camera that sees a code, and no connection."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from flask import Flask
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import select

from officine.blueprints.attendance import commands
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db, reading
from officine.models import Event, Registration
from tests.accessibility import violations
from tests.browser.conftest import PHONE, browser_type_launch_args
from tests.served import served
from tests.visits import Visit
from tests.world import World

pytestmark = pytest.mark.browser
__all__ = ["browser_type_launch_args"]

SIDE, MODULE = 480, 6


def filmed(code: str, path: Path) -> Path:
    """What a camera sees before which somebody holds a code, as raw frames (YUV4MPEG2)."""
    rows = [bytes(row) for row in segno.make(code, error="m", micro=False).matrix]
    left = (SIDE - len(rows) * MODULE) // 2
    bright, picture = b"\xeb" * left, bytearray()
    for row in rows:
        line = bright + b"".join((b"\x10" if dark else b"\xeb") * MODULE for dark in row)
        picture += line.ljust(SIDE, b"\xeb") * MODULE
    light = b"\xeb" * SIDE * left
    frame = (light + bytes(picture)).ljust(SIDE * SIDE, b"\xeb") + b"\x80" * (SIDE * SIDE // 2)
    head = f"YUV4MPEG2 W{SIDE} H{SIDE} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"FRAME\n" + frame)
    return path


@pytest.fixture
def teresa(world: World, evening: Event) -> Registration:
    for who in (world.davide, world.teresa):
        registration = commands.reply(evening, "going", by=who, at=now())
    db.session.commit()
    return registration


@pytest.fixture
def phone(
    app: Flask, visit: Callable[..., Visit], world: World, teresa: Registration,
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path,
) -> Iterator[BrowserContext]:  # fmt: skip
    """Marta’s phone, before whose camera Teresa holds her code."""
    code = public_url("attendance.at_door", slug=teresa.event.slug, code=teresa.code)
    film = filmed(code, tmp_path / "camera.y4m")
    kept = visit(world.marta).client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    db.session.commit()
    camera = [
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]  # fmt: skip
    arguments = browser_type_launch_args | {"args": browser_type_launch_args["args"] + camera}
    with served(app) as address:
        browser = browser_type.launch(**arguments)
        context = browser.new_context(base_url=address, locale="it-IT", viewport=PHONE)
        context.add_cookies([{"name": kept.key, "value": kept.value, "url": address}])
        context.set_default_timeout(15_000)
        yield context
        browser.close()


def arrivals() -> list[str]:
    """Who has arrived."""
    with reading():
        here = select(Registration).where(Registration.arrived_at.is_not(None))
        return sorted(each.shown_name for each in db.session.scalars(here))


def is_kept(page: Page) -> bool:
    """Whether the page would open without a connection."""
    return bool(page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          const cache = await caches.open("door");
          const urls = (await cache.keys()).map((each) => each.url);
          return !!registration?.active && urls.includes(location.href)
            && urls.some((url) => url.endsWith(".css")) && urls.some((url) => url.endsWith(".js"));
        }"""
    ))  # fmt: skip


def until(page: Page, what: Callable[[], bool]) -> None:
    """Wait for something that the page does behind what is seen."""
    for _ in range(100):
        if what():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never {what}")


def test_the_camera_lets_people_in_also_without_a_connection(
    phone: BrowserContext, teresa: Registration, world: World
) -> None:
    """One browser with a camera serves several questions, for such a browser is dear."""
    page, complaints = phone.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = f"/it/events/{teresa.event.slug}/door"
    db.session.rollback()  # or the server could not write
    page.goto(address)

    the_camera_lets_in(page)
    what_is_typed_without_a_connection_waits(phone, page)
    what_waited_is_sent(phone, page)
    names_go_with_their_time_and_with_who_was_signed_in(phone, page, address)
    assert complaints == []


def the_camera_lets_in(page: Page) -> None:
    """Whoever holds their code before it has arrived."""
    page.get_by_role("button", name="Leggi con la fotocamera").click()
    answer = page.locator(".scanner .answer")
    expect(answer).to_contain_text("Teresa Uribe")
    expect(answer).to_contain_text("Può entrare.")
    expect(page.get_by_role("button", name="Annulla, Teresa Uribe")).to_be_visible()
    assert arrivals() == ["Teresa Uribe"]
    assert violations(page) == []
    until(page, lambda: is_kept(page))


def what_is_typed_without_a_connection_waits(phone: BrowserContext, page: Page) -> None:
    """The page opens, finds names and keeps codes that it does not know, also when opened anew."""
    answer, state = page.locator(".scanner .answer"), page.locator(".scanner .state")
    phone.set_offline(True)
    page.reload()
    page.get_by_label("Codice o nome").fill("davide")
    page.get_by_label("Codice o nome").press("Enter")
    expect(answer).to_contain_text("Davide Rinaldi")
    expect(state).to_contain_text("Da inviare: 1")
    page.get_by_label("Codice o nome").fill("x" * 24)
    page.get_by_label("Codice o nome").press("Enter")
    expect(answer).to_contain_text("Non è nell’elenco di questo telefono")
    expect(state).to_contain_text("Da inviare: 2")
    page.reload()
    expect(state).to_contain_text("Da inviare: 2")
    assert arrivals() == ["Teresa Uribe"]


def what_waited_is_sent(phone: BrowserContext, page: Page) -> None:
    """As soon as there is a connection; what nobody knows is told."""
    phone.set_offline(False)
    expect(page.locator(".scanner .state")).to_be_empty()
    expect(page.locator(".problems-kept")).to_contain_text("Nessuna iscrizione")
    expect(page.get_by_role("button", name="Annulla, Davide Rinaldi")).to_be_visible()
    assert arrivals() == ["Davide Rinaldi", "Teresa Uribe"]


def names_go_with_their_time_and_with_who_was_signed_in(
    phone: BrowserContext, page: Page, address: str
) -> None:
    """The list on the phone is not read when it is old, and is gone when nobody is signed in."""
    kept = f"caches.open('door').then(it => it.match('{address}')).then(it => it?.status)"
    assert page.evaluate(kept) == 200
    page.evaluate(
        """async (address) => {
          const headers = { Expires: "Thu, 01 Jan 2026 12:00:00 GMT" };
          await (await caches.open("door")).put(address, new Response("old", { headers }));
        }""",
        address,
    )
    phone.set_offline(True)
    with pytest.raises(PlaywrightError, match="ERR_"):
        page.reload()
    phone.set_offline(False)
    page.goto(address)
    until(page, lambda: page.evaluate(kept) == 200)
    phone.clear_cookies()
    page.goto("/it/")
    until(page, lambda: page.evaluate(kept) is None)
