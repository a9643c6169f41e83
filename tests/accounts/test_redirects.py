from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officine.core.redirects import here, in_language, local_address

HOSTILE = (
    "https://evil.example", "http:evil.example", "//evil.example", "///evil.example",
    "////evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example",
    "/\t/evil.example", "/\n/evil.example", "/\r\n//evil.example", " //evil.example",
    "\t//evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "evil.example", "it/groups", "", "/\x00/evil.example", "/\u2028/evil.example",
    "/it/\r\nSet-Cookie: a=b", "@evil.example", "?next=//evil.example", "#x", "/" + "a" * 3000,
    "/ /evil.example",
)  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE)
def test_nothing_leads_elsewhere(address):
    assert local_address(address) is None


@pytest.mark.parametrize(
    "address",
    ["/", "/it/", "/it/groups?q=l%27export&lang=it", "/es/topics/7-cómo-vender#post-3", "/it/a//b"],
)
def test_what_is_ours_is_kept(address):
    assert local_address(address) == address


@given(st.text(alphabet="/\\:@?#.\t\n\r \x00aevil%2f", max_size=12))
def test_no_text_leads_a_browser_to_another_host(text):
    address = local_address(text)
    if address is not None:
        # As browsers read it: tabs and line ends vanish, a backslash is a slash.
        read = address.translate({9: None, 10: None, 13: None, 92: "/"})
        assert urlsplit(urljoin("https://officine.test/it/", read)).netloc == "officine.test"


def test_the_same_place_in_another_language():
    assert in_language("/it/groups?q=1", "es") == "/es/groups?q=1"
    assert in_language("/it/", "en") == "/en/"
    assert in_language("/files/x", "en") == "/files/x"


@pytest.mark.parametrize("address", HOSTILE)
def test_no_form_leads_elsewhere(world, visit, address):
    for url in ("/it/sign-in", "/it/sign-up"):
        reply = visit(world.marta).get(url, query_string={"next": address})
        assert reply.location == "/it/"


def test_a_page_knows_its_own_address(app):
    with app.test_request_context("/it/search?q=l%27export+%C3%A8&lang=it"):
        assert here() == "/it/search?q=l%27export+%C3%A8&lang=it"
    with app.test_request_context("/it/%00<b>"):
        assert here() == "/it/%00%3Cb%3E"
    referrer = {"Referer": "http://localhost/it/settings"}
    with app.test_request_context("/it/settings/languages", method="POST", headers=referrer):
        assert here() == "/it/settings"
    referrer = {"Referer": "http://localhost/it/groups?page=2"}
    with app.test_request_context("/it/groups", method="POST", headers=referrer):
        assert here() == "/it/groups?page=2"
    referrer = {"Referer": "http://elsewhere.test/it/groups"}
    with app.test_request_context("/it/groups", method="POST", headers=referrer):
        assert here() == "/it/"
    with app.test_request_context("/it/settings/languages", method="POST"):
        assert here() == "/it/"
