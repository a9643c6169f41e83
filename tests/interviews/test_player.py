"""The player in a real browser: by keyboard, from an address, and for who cannot see it."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from officine.core import ffmpeg, storage
from officine.lib.playlists import sprite_track
from tests.accessibility import violations
from tests.browser.conftest import DESKTOP, PHONE, browser_type_launch_args
from tests.interviews.making import made
from tests.served import served
from tests.world import World

pytestmark = pytest.mark.browser
__all__ = ["browser_type_launch_args"]

SHOWS_WHAT_IS = """(() => {
  const face = document.querySelector('media-controller'), video = document.querySelector('video');
  return face.hasAttribute('mediapaused') === video.paused
    && face.hasAttribute('mediamuted') === video.muted
    && Number(face.getAttribute('mediaplaybackrate') ?? 1) === video.playbackRate;
})()"""
STATE = "(() => { const v = document.querySelector('video'); return [v.currentTime, v.paused]; })()"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Ninety seconds of a test picture, as the desk’s work leaves them."""
    try:
        program = ffmpeg.find("ffmpeg")
    except ffmpeg.FFmpegMissing:
        pytest.skip("there is no FFmpeg")
    folder = tmp_path_factory.mktemp("film")

    def run(*arguments: str) -> None:
        subprocess.run([program, "-loglevel", "error", *arguments], cwd=folder, check=True)

    run(
        "-f", "lavfi", "-i", "testsrc=s=160x90:r=2:d=90", "-f", "lavfi", "-i",
        "sine=frequency=220:duration=90", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt",
        "yuv420p", "-g", "4", "-c:a", "aac", "-movflags", "+faststart", "plain.mp4",
    )  # fmt: skip
    run(
        "-i", "plain.mp4", "-c", "copy", "-f", "hls", "-hls_time", "4", "-hls_playlist_type",
        "vod", "-hls_segment_type", "fmp4", "master.m3u8",
    )  # fmt: skip
    sheet = BytesIO()
    Image.new("RGB", (480, 90), "teal").save(sheet, "WEBP")
    return {
        "thumbs.vtt": sprite_track(9, 10, 90_000, 160, 30, 3, 3).encode(),
        "thumbs-1.webp": sheet.getvalue(),
        **{path.name: path.read_bytes() for path in Path(folder).iterdir()},
    }


@pytest.fixture
def page(app: Flask, world: World, film: dict[str, bytes], browser: Browser) -> Iterator[Page]:
    """The interview’s page in a browser, from a server of this process."""
    interview = made(world)
    for name, data in film.items():
        storage.put(f"media/f{interview.id}/{name}", data)
    complaints: list[str] = []
    with served(app) as address:
        context = browser.new_context(base_url=address, viewport=DESKTOP, reduced_motion="reduce")
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda it: complaints.append(it.text) if "Content Security Policy" in it.text else None,
        )
        yield page
        context.close()
    assert complaints == []


def until(page: Page, what: str) -> None:
    """Wait for something to be true of the video; the policy lets no page wait for a string."""
    for _ in range(80):
        if page.evaluate(f"document.querySelector('video').{what}"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never {what}: {page.evaluate(STATE)}")


def press(page: Page, key: str, what: str) -> None:
    """Press a key and wait for what it does, once the player’s face shows what the video does: who
    presses before sees the old face, and presses for the wrong thing.
    """
    for _ in range(80):
        if page.evaluate(SHOWS_WHAT_IS):
            break
        page.wait_for_timeout(100)
    page.keyboard.press(key)
    until(page, what)


def test_the_player_goes_by_keyboard_and_remembers_the_place(page: Page) -> None:
    page.goto("/it/interviews/il-telaio")
    page.locator("media-play-button").focus()
    press(page, "Space", "currentTime > 0.5")
    press(page, "ArrowRight", "currentTime > 10")

    page.locator(".chapters a").nth(1).press("Enter")
    until(page, "currentTime > 80.2")
    assert page.url.endswith("?t=80")
    assert page.locator(".chapters a").nth(1).get_attribute("aria-current") == "true"
    assert page.locator(".line.is-current").inner_text().startswith("Il primo anno")
    page.locator("media-play-button").focus()
    press(page, "k", "paused")
    for _ in range(2):
        page.keyboard.press("j")
    press(page, "k", "currentTime > 61")
    press(page, "k", "paused")
    # What is kept is written when the browser has told of the pause.
    page.wait_for_timeout(300)
    page.goto("/it/interviews/il-telaio")
    assert "1:" in page.locator(".went-on").inner_text()


def test_an_address_opens_at_its_second_and_captions_can_be_chosen(page: Page) -> None:
    page.goto("/it/interviews/il-telaio?t=83")
    page.locator("media-play-button").press("Enter")
    until(page, "currentTime > 82")
    seconds, _ = page.evaluate(STATE)
    assert abs(seconds - 83) < 3

    page.get_by_label("Español").check(force=True)
    captions = "[...document.querySelector('video').textTracks].filter(t => t.kind === 'captions')"
    shown = page.evaluate(f"{captions}.filter(t => t.mode === 'showing').map(t => t.language)")
    assert shown == ["es"]


def test_keys_change_speed_sound_and_captions(page: Page) -> None:
    page.goto("/es/interviews/il-telaio")
    page.locator("media-play-button").focus()

    for key, rate in ((">", 1.25), (">", 1.5), ("<", 1.25)):
        press(page, key, f"playbackRate === {rate}")
    for is_muted in ("true", "false"):
        press(page, "m", f"muted === {is_muted}")
    tracks = "[...document.querySelector('video').textTracks]"
    shown = f"{tracks}.find(t => t.kind === 'captions' && t.mode === 'showing')?.language"
    assert page.evaluate(shown) == "es"
    page.keyboard.press("c")
    assert page.evaluate(shown) is None
    page.keyboard.press("c")
    assert page.evaluate(shown) == "es"
    page.keyboard.press("f")
    page.wait_for_timeout(300)
    assert page.evaluate("Boolean(document.fullscreenElement)")
    page.keyboard.press("f")


def test_small_pictures_and_chapters_stand_over_the_bar(page: Page) -> None:
    page.goto("/it/interviews/il-telaio")
    bar = page.locator("media-time-range")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    bar.hover(position={"x": box["width"] * 0.95, "y": box["height"] / 2})

    picture = page.locator("media-preview-thumbnail").first
    expect(picture).to_have_attribute("mediapreviewcoords", re.compile(r"\d+ 60 160 30"))
    assert "thumbs-1.webp" in (picture.get_attribute("mediapreviewimage") or "")
    chapter = page.locator("media-preview-chapter-display").first
    expect(chapter).to_have_attribute("mediapreviewchapter", "Quanto costa insegnare")


def test_on_a_telephone_everything_is_in_reach(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/it/interviews/il-telaio")

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    buttons = page.locator(".player .bar > :not(media-time-range, media-time-display, .now)")
    for button in buttons.all():
        box = button.bounding_box()
        name = button.evaluate("it => it.localName")
        assert box is None or name.endswith("display") or box["height"] >= 44, name
        assert box is None or name.endswith("display") or box["width"] >= 44, name


def test_without_scripts_the_browser_plays_it(page: Page, browser: Browser) -> None:
    page.goto("/it/interviews/il-telaio")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)

    video = plain.locator("video")
    assert video.get_attribute("controls") is not None
    assert video.locator("track[kind=captions]").count() == 2
    plain.locator(".chapters a").nth(1).click()
    assert plain.url.endswith("?t=80")
    source = plain.locator("video source").get_attribute("src") or ""
    assert source.endswith("plain.mp4#t=80")
    assert page.request.get(source.partition("#")[0]).status == 200
    context.close()


def test_a_screen_reader_finds_named_controls_and_axe_finds_nothing(page: Page) -> None:
    page.goto("/es/interviews/il-telaio")
    tree = page.locator(".player .bar").aria_snapshot()
    for name in ('button "Reproducir"', 'slider "Posición en el vídeo"', "Velocidad: 1x"):
        assert name in tree

    assert violations(page) == []
