"""Addresses for what comes back."""

from dataclasses import replace

import pytest

from officine.core.reply_addresses import number_in, reply_address


@pytest.fixture
def awaited(app):
    """The site awaits answers."""
    settings = app.extensions["officine.settings"]
    app.extensions["officine.settings"] = replace(settings, reply_address="reply@officine.test")
    yield
    app.extensions["officine.settings"] = settings


def test_each_row_has_an_address_of_its_own(awaited):
    address = reply_address("registration", 12)

    assert address.startswith("reply+12-")
    assert address.endswith("@officine.test")
    assert address != reply_address("registration", 13)
    assert len(address.split("@")[0]) <= 64
    assert number_in(address, "registration") == 12


def test_mail_servers_may_change_the_case(awaited):
    assert number_in(reply_address("registration", 12).upper(), "registration") == 12


def test_an_address_of_something_else_opens_nothing(awaited):
    assert number_in(reply_address("letter", 12), "registration") is None
    assert number_in(reply_address("registration", 12).replace("+12-", "+13-"), "registration") is (
        None
    )


@pytest.mark.parametrize(
    "address", ["", "reply@officine.test", "reply+@x", "reply+1-zz@x", "reply+1-" + "0" * 32 + "@x"]
)
def test_what_we_never_gave_opens_nothing(app, address):
    assert number_in(address, "registration") is None


def test_without_the_setting_no_answer_is_awaited(app):
    assert reply_address("registration", 12) is None
