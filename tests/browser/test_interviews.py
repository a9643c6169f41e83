"""An interview in a browser, by keyboard: from the idea to the page, and gone when its guest says
so; and its captions, beside the player.
"""

import re
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.people import Person

ONE_SECOND = 1.0
FOUND_WITHIN_SECONDS = 15
GUEST = "Nadia Corsi"
STAGES = ("questions", "recorded", "editing", "captions", "review")

CAPTIONS = """WEBVTT

00:00.000 --> 00:03.000
<v Giulia Serra>Come si tinge la lana?

01:23.000 --> 01:26.000
<v Nadia Corsi>Con il guado e molta pazienza.
"""


@pytest.fixture
def film(site):
    """Give the newest interview a film, as the worker leaves it; the interview’s number. Making
    one takes longer than all that is looked at here.
    """

    def give() -> int:
        with closing(sqlite3.connect(site.data_dir / "officine.db")) as database, database:
            (number,) = database.execute("SELECT max(id) FROM interview").fetchone()
            media = site.data_dir / "files" / "media"
            shutil.copytree(next(media.glob("demo-*")), media / f"film-{number}")
            database.execute(
                "INSERT INTO video (interview_id, state, why_refused, filename, folder,"
                " duration_ms, width, height, has_sound, posters, made_at)"
                " VALUES (?, 'ready', '', 'film.mp4', ?, 40000, 960, 504, 1, 1, ?)",
                (number, f"film-{number}", datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")),
            )
            database.execute(
                "UPDATE interview SET poster_key = ? WHERE id = ?",
                (f"media/film-{number}/poster-1.webp", number),
            )
        return int(number)

    return give


@dataclass
class Desk(Person):
    """An editor who uses no mouse."""

    def presses_key(self, selector: str) -> None:
        """Press a button by the keyboard, and wait for what follows."""
        thing = self.page.locator(selector).first
        thing.focus()
        with self.page.expect_navigation():
            thing.press("Enter")

    def writes(self, **fields: str) -> None:
        """Fill in fields by name, typing."""
        for name, words in fields.items():
            field = self.page.locator(f"main [name='{name.replace('__', '-')}']").first
            field.fill(words)


def editor(open_browser, **more) -> Desk:
    desk = Desk(open_browser("it", DESKTOP, **more), "it", more.get("scripts", True))
    desk.enters_as("editor")
    return desk


def secret_on(page: Page) -> str:
    return page.locator(".secret").inner_text().strip()


def idea(desk: Desk) -> str:
    """Put an interview on the board; gives its address."""
    desk.goes_to("desk/interviews/new")
    desk.writes(guest_name=GUEST, guest_email="nadia@lana.example")
    desk.presses_key("main form button.is-main")
    expect(desk.page.locator("h1")).to_contain_text(GUEST)
    return desk.page.url.partition("#")[0]


def test_an_interview_goes_from_the_idea_to_its_page_and_is_gone_when_the_guest_says_so(
    open_browser, film
):
    desk = editor(open_browser)
    case = idea(desk)
    page = desk.page

    # The questions: the guest answers on a phone, without an account.
    page.goto(f"{case}/questions")
    desk.writes(new__text="Come ha cominciato?")
    desk.presses_key("form[action$='/questions'] button.is-main")
    with page.expect_navigation():
        page.locator("button[name=act][value=share]").press("Enter")
    guest = open_browser("it", PHONE)
    guest.goto(secret_on(page))
    answer = guest.locator("textarea[name$=-answer]").first
    with guest.expect_response(lambda it: it.request.method == "POST" and it.status == 200):
        answer.press_sequentially("Con il gregge di mia nonna.", delay=5)
    # Nothing was pressed: what is typed is kept while it is typed.
    guest.reload()
    expect(guest.locator("textarea[name$=-answer]").first).to_have_value(
        "Con il gregge di mia nonna."
    )
    page.goto(f"{case}/questions")
    expect(page.locator(".answered")).to_contain_text("il gregge di mia nonna")

    # Refused, with all that is missing, before there is a release or captions.
    page.goto(case)
    for stage in STAGES:
        desk.presses_key(f"button[name=stage][value={stage}]")
    with page.expect_navigation():
        page.locator("form[action$='/publication'] button").press("Enter")
    refused = page.locator(".notice.is-bad, .notice-box.is-bad, .notice").first
    expect(refused).to_contain_text(desk.says("The guest has not been asked for a release yet."))
    expect(refused).to_contain_text(desk.says("There are no captions in the original language."))

    # The release: signed by the guest, kept as a PDF.
    page.goto(f"{case}/release")
    desk.presses_key("form[action$='/release'] button.is-main")
    release = secret_on(page)
    guest.goto(release)
    guest.locator("[name=name]").fill(GUEST)
    guest.locator("[name=address]").fill("Via della Lana 3, Biella")
    guest.locator("[name=signature]").fill(GUEST)
    with guest.expect_navigation():
        guest.locator("main form button.is-main").press("Enter")
    copy = guest.request.get(guest.get_by_role("link", name="PDF").get_attribute("href"))
    assert copy.headers["content-type"] == "application/pdf"
    assert copy.body().startswith(b"%PDF")

    # Texts, captions and film; still no publication without captions.
    page.goto(f"{case}/texts/it")
    desk.writes(title="La lana e il guado", standfirst="Una tintoria di Biella.", text="Guado.")
    desk.presses_key("main form button.is-main")
    number = film()
    page.goto(case)
    with page.expect_navigation():
        page.locator("form[action$='/publication'] button").press("Enter")
    expect(page.locator("main")).to_contain_text(
        desk.says("There are no captions in the original language.")
    )
    page.goto(f"{case}/captions/it/file")
    page.locator("textarea[name=pasted]").fill(CAPTIONS)
    desk.presses_key("main form button.is-main")

    # Scheduled, with the time zone said; then at once.
    page.goto(case)
    page.locator("[name=publish_at]").fill("2031-05-04T09:30")
    desk.presses_key("form[action$='/schedule'] button")
    expect(page.locator("main")).to_contain_text("09:30 (")
    desk.presses_key("form[action$='/publication'] button")
    page.get_by_role("link", name=desk.says("See the page")).press("Enter")
    expect(page.locator("h1")).to_contain_text("La lana e il guado")
    address = page.url.partition("?")[0]
    slug = address.rpartition("/")[2]

    visitor = open_browser("it", DESKTOP)
    places = [
        "/it/interviews.xml", "/it/podcast.xml", "/sitemap.xml", "/it/interviews",
        "/it/search?q=guado",
    ]  # fmt: skip
    answers = [
        f"/it/interviews/{slug}", f"/media/film-{number}/plain.mp4",
        f"/media/film-{number}/audio.m4a", f"/media/film-{number}/poster-1.webp",
        f"/it/interviews/{slug}/captions/it.vtt", f"/it/interviews/{slug}/chapters.vtt",
    ]  # fmt: skip
    until = time.monotonic() + FOUND_WITHIN_SECONDS
    while slug not in (told := visitor.request.get("/it/search?q=guado").text()):
        assert time.monotonic() < until, "the sentence is never found"
        time.sleep(0.3)
    found = re.search(rf"/it/interviews/{slug}\?t=(\d+)", told)
    assert found and abs(int(found[1]) - 83) <= 1
    for place in places:
        told = all_of(visitor, place)
        assert slug in told, place
    for answer_at in answers:
        assert visitor.request.get(answer_at).status in (200, 206), answer_at
    visitor.goto(f"/it/interviews/{slug}")
    assert '"VideoObject"' in visitor.content()

    # The guest takes the release back: within a second it is nowhere.
    guest.goto(release)
    with guest.expect_navigation():
        guest.locator("main form button.is-danger").press("Enter")
    began = time.monotonic()
    for answer_at in answers:
        assert visitor.request.get(answer_at).status == 404, answer_at
    for place in places:
        assert slug not in all_of(visitor, place), place
    assert time.monotonic() - began < len(answers + places) * ONE_SECOND
    page.goto(case)
    gone = desk.says("Withdrawn on %(day)s: nobody sees it.").partition("%")[0].strip()
    expect(page.locator("main")).to_contain_text(gone)


def all_of(visitor: Page, place: str) -> str:
    """What stands at an address; of a sitemap, all its parts."""
    told = visitor.request.get(place).text()
    parts = re.findall(r"<loc>(http[^<]+\.xml[^<]*)</loc>", told)
    return told + "".join(visitor.request.get(part).text() for part in parts)


def test_captions_are_written_beside_the_player_by_keyboard(open_browser, film):
    desk = editor(open_browser)
    case = idea(desk)
    film()
    page = desk.page
    page.goto(f"{case}/captions/it/file")
    page.locator("textarea[name=pasted]").fill(
        "WEBVTT\n\n00:01.000 --> 00:06.000\nPrima la lana. Poi il colore.\n\n"
        "00:08.000 --> 00:10.000\nE infine il sole.\n"
    )
    desk.presses_key("main form button.is-main")
    rows = page.locator("[data-cue]")
    expect(rows).to_have_count(2)
    words = rows.locator("textarea[name=text]")

    # Words are saved when one leaves the row.
    words.nth(1).focus()
    words.nth(1).fill("E infine il sole di marzo.")
    with saved(page):
        page.keyboard.press("Alt+ArrowUp")
    expect(words.nth(0)).to_be_focused()

    # Divided at the caret, joined again, taken back.
    page.keyboard.press("Home")
    for _ in range(len("Prima la lana.")):
        page.keyboard.press("ArrowRight")
    with saved(page):
        page.keyboard.press("Alt+Enter")
    expect(rows).to_have_count(3)
    expect(words.nth(0)).to_have_value("Prima la lana.")
    expect(words.nth(1)).to_have_value("Poi il colore.")
    words.nth(0).focus()
    with saved(page):
        page.keyboard.press("Alt+KeyJ")
    expect(rows).to_have_count(2)
    words.nth(0).focus()
    with saved(page):
        page.keyboard.press("Alt+KeyZ")
    expect(rows).to_have_count(3)

    # Times are set by key, from the player.
    words.nth(2).focus()
    page.evaluate("document.getElementById('player').currentTime = 9")
    page.wait_for_function("() => document.getElementById('player').currentTime > 8.9")
    with saved(page):
        page.keyboard.press("Alt+Digit1")
    expect(rows.nth(2).locator("[name=starts]")).to_have_value("00:00:09.000")

    # All are moved, and words are replaced after a look.
    page.locator("details.captions-more > summary").press("Enter")
    page.locator("[name=by_ms]").fill("500")
    with saved(page):
        page.locator("[name=by_ms]").press("Enter")
    expect(rows.nth(0).locator("[name=starts]")).to_have_value("00:00:01.500")
    page.goto(page.url.partition("#")[0])
    page.locator("details.captions-more > summary").press("Enter")
    page.locator("[name=find]").fill("colore")
    page.locator("[name=replacement]").fill("guado")
    with page.expect_navigation():
        page.locator("[name=replacement]").press("Enter")
    expect(page.locator(".found-cues li")).to_have_count(1)
    desk.presses_key("main form button.is-main")
    expect(page.locator("[data-cue] textarea[name=text]").nth(1)).to_have_value("Poi il guado.")


def saved(page: Page):
    """What is done in this block sends something that is kept."""
    return page.expect_response(lambda it: it.request.method == "POST" and it.status == 200)
