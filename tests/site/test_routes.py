"""What belongs to the whole site."""

import io
import re

import pytest
from PIL import Image

from officine.core.i18n import LANGUAGES


def head_of(visit, url="/it/style"):
    return visit().get(url).text.split("</head>")[0]


def test_a_shared_page_shows_a_picture_of_its_title(visit):
    address = re.search(r'property="og:image" content="([^"]+)"', head_of(visit))[1]
    assert address.startswith("http://officine.test/share/")

    reply = visit().get(address.removeprefix("http://officine.test"))

    assert reply.status_code == 200
    assert Image.open(io.BytesIO(reply.data)).size == (1200, 630)
    assert "max-age=31536000" in reply.headers["Cache-Control"]


def test_nobody_can_have_our_name_put_on_their_own_words(visit):
    assert visit().get("/share/WyJGYWxzZSIsIiJd.c2lnbmVkLWJ5LW5vYm9keQ.png").status_code == 404
    assert visit().get("/share/x.png").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_can_keep_the_site_in_its_language(visit, language):
    manifest = visit().get(f"/{language}/manifest.webmanifest").get_json()

    assert manifest["lang"] == language
    assert manifest["start_url"] == f"/{language}/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        picture = Image.open(io.BytesIO(visit().get(icon["src"]).data))
        assert "{}x{}".format(*picture.size) == icon["sizes"]


def test_an_icon_of_another_size_does_not_exist(visit):
    assert visit().get("/icon-4096.png").status_code == 404


def test_the_small_icon_is_where_browsers_look_for_it(visit):
    assert visit().get("/favicon.ico").data[:4] == b"\x00\x00\x01\x00"


def test_dark_is_kept_without_a_session(visit):
    visitor = visit()

    reply = visitor.post("/theme", theme="dark", next="/it/style")

    assert reply.status_code == 303
    assert reply.location == "/it/style"
    assert 'data-theme="dark"' in visitor.get("/it/style").text


def test_as_the_system_says_is_the_first_choice(visit):
    assert "data-theme=" not in visit().get("/it/style").text.split("<head>")[0]


def test_an_unknown_theme_is_refused(visit):
    assert visit().post("/theme", theme="plaid").status_code == 400


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "/\nx"]
)
def test_choosing_a_theme_leads_nowhere_else(visit, elsewhere):
    assert visit().post("/theme", theme="light", next=elsewhere).location == "/"


def test_every_language_names_the_others_and_itself(visit):
    def alternates(language):
        head = head_of(visit, f"/{language}/groups")
        return dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', head))

    named = [alternates(language) for language in LANGUAGES]

    assert named[0] == named[1] == named[2]
    assert set(named[0]) == {*LANGUAGES, "x-default"}
    for language in LANGUAGES:
        assert named[0][language] == f"http://officine.test/{language}/groups"
        canonical = f'rel="canonical" href="http://officine.test/{language}/groups"'
        assert canonical in head_of(visit, f"/{language}/groups")


def test_the_letters_stand_ready_before_the_page_asks_for_them(visit):
    fonts = re.findall(r'rel="preload" href="([^"]+\.woff2)" as="font"', head_of(visit))

    assert len(fonts) == 2
    for font in fonts:
        with visit().get(font) as reply:
            assert reply.data[:4] == b"wOF2"
