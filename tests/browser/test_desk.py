"""The desk in a browser: case after case by the keyboard alone, and two editors at one case."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.people import Person
from tests.thorough import THOROUGH

CASES = 30 if THOROUGH else 10

# Teresa reports what others wrote, through the commands that the report page calls.
REPORT = """
import sys
from sqlalchemy import select
from officine.app import create_app
from officine.blueprints.desk.commands import report_post
from officine.core.clock import now
from officine.core.db import db
from officine.models import Group, Hiding, Member, Post, Report, Topic

with create_app().app_context():
    teresa = db.session.scalar(select(Member).where(Member.handle == "teresa-uribe"))
    taken = select(Report.post_id).where(Report.post_id.is_not(None))
    posts = db.session.scalars(
        select(Post).join(Topic, Topic.id == Post.topic_id).join(Group, Group.id == Topic.group_id)
        .where(Group.visibility == "public", Post.author_id != teresa.id, Post.number > 1)
        .where(Post.author_id.not_in(select(Member.id).where(Member.role != "member")))
        .where(Post.id.not_in(taken), Post.id.not_in(select(Hiding.post_id)))
        .order_by(Post.id).limit(int(sys.argv[1]))
    )
    for post in posts.all():
        report_post(post, by=teresa, at=now(), rule="off-topic", explanation=sys.argv[2])
    db.session.commit()
"""


@pytest.fixture
def report(site):
    """Let so many posts be reported, with these words."""

    def some(count, words):
        subprocess.run(
            [sys.executable, "-c", REPORT, str(count), words],
            env=os.environ | {"OFFICINE_DATA_DIR": str(site.data_dir)},
            check=True,
            timeout=60,
        )

    return some


def editor(open_browser, who="editor", language="it", size=DESKTOP, **more):
    person = Person(open_browser(language, size, **more), language, more.get("scripts", True))
    person.enters_as(who)
    return person


def test_a_queue_by_the_keyboard_alone(open_browser, report):
    report(CASES, "Molti casi")
    page = editor(open_browser).page
    page.goto("/it/desk?kind=report")
    waiting = page.locator(".queue-rows .queue-row")
    before = waiting.count()
    for number in range(CASES):
        facts = page.locator("#decide textarea[name=facts]")
        expect(facts).to_have_value("")
        page.keyboard.press("h" if number % 3 == 0 else "a")
        page.keyboard.press("f")
        expect(facts).to_be_focused()
        page.keyboard.type("Parla d’altro.")
        page.keyboard.press("Control+Enter")
        expect(waiting).to_have_count(before - number - 1)


def test_two_editors_at_one_case(open_browser, report):
    report(1, "Un caso per due")
    giulia, ruth = editor(open_browser), editor(open_browser, "administrator", "en")
    giulia.page.goto("/it/desk?kind=report")
    giulia.page.locator(".queue-row .title a").last.click()
    expect(giulia.page.locator("#claim")).to_contain_text("È tuo fino alle")
    address = giulia.page.url.replace("/it/", "/en/")

    ruth.page.goto(address)
    expect(ruth.page.locator("#claim")).to_contain_text("has this case open")
    expect(ruth.page.locator("#decide input[name=measure]")).to_have_count(0)

    giulia.page.keyboard.press("c")
    giulia.page.wait_for_url(re.compile(r"/it/desk\?"))
    ruth.page.goto(address)
    expect(ruth.page.locator("#claim")).to_contain_text("yours until")
    ruth.page.locator("#decide .verdict", has_text="fine as it is").click()
    ruth.page.locator("#decide textarea[name=facts]").fill("It answers the question.")
    ruth.page.locator("#decide .button.is-main").click()
    expect(ruth.page.locator("#messages")).to_contain_text("It stays")

    giulia.page.goto(address.replace("/en/", "/it/"))
    expect(giulia.page.locator("#messages")).to_contain_text("ha già deciso")


def test_a_case_on_a_telephone_without_scripts(open_browser, report):
    report(1, "Dal telefono")
    page = editor(open_browser, size=PHONE, scripts=False).page
    page.goto("/it/desk?kind=report")
    page.locator(".queue-row .title a").last.click()
    expect(page.locator(".case .notice")).to_contain_text("Dal telefono")
    page.locator("#claim button").click()
    expect(page.locator("#claim")).to_contain_text("È tuo fino alle")
    page.locator("#decide .verdict", has_text="Va bene così").click()
    page.locator("#decide textarea[name=facts]").fill("Risponde alla domanda.")
    page.locator("#decide button[name=preview]").click()
    expect(page.locator("#letter")).to_contain_text("Risponde alla domanda.")
    page.locator("#decide .button.is-main").click()
    expect(page.locator("#messages")).to_contain_text("Resta")
