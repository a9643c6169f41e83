"""Who runs the site, as each page tells it."""

from pathlib import Path

import pytest

from officine.core.config import ConfigError, Settings
from officine.core.operator import operator_of


def settings(**chosen: object) -> Settings:
    return Settings(data_dir=Path("/tmp/officine-nowhere"), **chosen)


def test_what_is_not_set_is_not_told():
    operator = operator_of(settings())

    assert (operator.name, operator.vat, operator.phone) == ("Officine", "", "")
    assert operator.email == operator.authorities_email == "officine@localhost"
    assert not operator.is_example


def test_the_settings_name_the_operator():
    operator = operator_of(
        settings(
            operator_name="Tessuti S.r.l.",
            operator_vat="IT 01234567890",
            operator_email="info@tessuti.example",
            operator_authorities_email="legal@tessuti.example",
        )
    )

    assert operator.name == "Tessuti S.r.l."
    assert operator.email == "info@tessuti.example"
    assert operator.authorities_email == "legal@tessuti.example"


def test_the_demonstration_invents_one_and_says_so():
    assert operator_of(settings(demo=True)).is_example
    assert not operator_of(settings(demo=True, operator_name="Tessuti S.r.l.")).is_example


def test_an_address_must_be_one():
    with pytest.raises(ConfigError, match="a mail address"):
        Settings.read({"OFFICINE_OPERATOR_EMAIL": "somewhere"})
