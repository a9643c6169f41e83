"""Three people go to one event, each on a phone and in their language: from the list of events to
whom they met.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.browser.conftest import PHONE, Site
from tests.browser.people import Person

TITLES = {
    "it": "Porte aperte da Ferrandi Valvole",
    "en": "Open doors at Ferrandi Valvole",
    "es": "Puertas abiertas en Ferrandi Valvole",
}
CAST = {"it": "italian", "en": "english", "es": "spanish"}
HANDLES = {"it": "marta-colombo", "en": "emma-whitcombe", "es": "teresa-uribe"}

# Time goes by: the event begins so many hours from now, and everybody replied the day before. What
# the worker does by the clock is done at once.
TIME_GOES_BY = """
import json, sys
from datetime import timedelta
from sqlalchemy import select
from officine.app import create_app
from officine.blueprints.attendance.jobs import remind_people
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, Registration

app = create_app()
with app.app_context():
    event = db.session.scalar(select(Event).filter_by(slug=sys.argv[1]))
    event.starts_at = now() + timedelta(hours=float(sys.argv[2]))
    event.ends_at = event.starts_at + timedelta(hours=3)
    replies = db.session.scalars(select(Registration).filter_by(event_id=event.id)).all()
    for registration in replies:
        registration.changed_at = min(registration.changed_at, now() - timedelta(days=1))
    db.session.commit()
    if event.starts_at > now():
        remind_people()
    members = [one for one in replies if one.member]
    print(json.dumps({one.member.handle: [one.member.email, one.code] for one in members}))
"""


@pytest.fixture
def time_goes_by(site: Site) -> Callable[[str, float], dict[str, list[str]]]:
    """Let the event begin so many hours from now; gives the address and the code of each guest."""

    environ = os.environ | {"OFFICINE_DATA_DIR": str(site.data_dir), "OFFICINE_LOG_LEVEL": "error"}

    def go(slug: str, hours: float) -> dict[str, list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", TIME_GOES_BY, slug, str(hours)],
            env=environ, check=False, capture_output=True, timeout=60, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
        return found

    return go


def test_three_find_an_event_come_and_say_whom_they_met(
    open_browser: Callable[..., Page], time_goes_by: Callable[[str, float], dict[str, list[str]]]
) -> None:
    people = {
        language: Person(open_browser(language, PHONE, accept_downloads=True), language)
        for language in TITLES
    }
    for person in people.values():
        slug = finds_and_joins(person)
        takes_into_calendar(person)

    known = time_goes_by(slug, 20)
    for person in people.values():
        is_reminded(person, known[HANDLES[person.language]][0])

    time_goes_by(slug, -1)
    doorman = Person(open_browser("it", PHONE), "it")
    doorman.enters_as("editor")
    for person in people.values():
        shows_code(person, slug)
        lets_in(doorman, f"/it/events/{slug}/door/{known[HANDLES[person.language]][1]}")

    time_goes_by(slug, -5)
    meet(people["it"], people["en"], slug)
    meet(people["es"], people["it"], slug)


def finds_and_joins(person: Person) -> str:
    """Find the event in the list, and say in one tap that one comes; gives the event’s name in
    addresses.
    """
    page = person.page
    person.enters_as(CAST[person.language])
    page.locator(".bottombar").get_by_role("link", name=person.says("Events")).click()
    page.get_by_role("link", name=TITLES[person.language]).first.click()
    expect(page.locator("h1")).to_have_text(TITLES[person.language])
    person.presses("I’m going", within=page.locator("[id^=reply-]").first)
    expect(page.locator(".said.is-going").first).to_contain_text(person.says("You’re going."))
    assert violations(page) == []
    return page.url.rpartition("/")[2]


def takes_into_calendar(person: Person) -> None:
    """Save the event as a file that calendars read."""
    with person.page.expect_download() as download:
        person.presses("To my calendar")
    text = download.value.path().read_text(encoding="utf-8").replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR")
    assert TITLES[person.language] in text
    assert "DTSTART;TZID=Europe/Rome:" in text


def is_reminded(person: Person, email: str) -> None:
    """Read the letter that comes a day before."""
    subject = person.says("In a day: %(title)s") % {"title": TITLES[person.language]}
    letters = person.page.locator("ol.letters")
    for _each in range(20):
        person.goes_to(f"mail?to={email}")
        if letters.get_by_role("link", name=subject).count():
            break
        person.page.wait_for_timeout(500)
    expect(letters.get_by_role("link", name=subject)).to_have_count(1)


def shows_code(person: Person, slug: str) -> None:
    """Show the code for the door on the phone’s screen."""
    person.goes_to(f"events/{slug}")
    person.presses("Your code for the door")
    expect(person.page.locator(".qr svg")).to_be_visible()
    assert violations(person.page) == []


def lets_in(doorman: Person, address: str) -> None:
    """Open the address of a code, as a phone’s camera does, and tick who shows it."""
    doorman.page.goto(address)
    doorman.presses("Is here", within=doorman.page.locator("main"))
    expect(doorman.page.locator("#expected")).to_be_visible()
    doorman.page.goto(address)
    already = re.escape(doorman.says("In already, since %(hour)s.").partition("%")[0])
    expect(doorman.page.locator("main")).to_contain_text(re.compile(already))


def meet(one: Person, other: Person, slug: str) -> None:
    """One says that they met: the other sees nothing of it, until they say so themselves."""
    for person in (one, other):
        person.goes_to(f"events/{slug}/met")
    tick(one, other)
    expect(row(one, other)).to_contain_text(one.says("Only you see this."))

    other.page.reload()
    expect(row(other, one).locator(".said")).to_have_count(0)
    tick(other, one)
    expect(row(other, one)).to_contain_text(other.says("You met: both of you say so."))
    assert violations(other.page) == []
    one.page.reload()
    expect(row(one, other)).to_contain_text(one.says("You met: both of you say so."))


def row(person: Person, other: Person) -> Any:
    """Where one finds the other among those who were there."""
    return person.page.locator(f"#met-{HANDLES[other.language]}")


def tick(person: Person, other: Person) -> None:
    """Say that one met the other."""
    person.hands.press(row(person, other).get_by_role("button"))
