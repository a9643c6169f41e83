"""Logs: one line for each thing that happens, in which nobody is named."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from flask import Flask

from officine.core.config import Settings
from officine.core.logs import REQUEST_ID, log_requests, request_id, setup_logging


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """A small site that logs as production does."""
    root = logging.getLogger()
    before = (root.handlers, root.level, structlog.get_config())
    setup_logging(Settings(data_dir=tmp_path, log_format="json"))
    app = Flask("officine.small")
    log_requests(app)

    @app.get("/people/<handle>")
    def person(handle: str) -> str:
        if handle == "nobody":
            raise LookupError("no letter for marta.riva@example.com (m@example.org)")
        return str(request_id())

    yield app
    root.handlers, root.level = before[0], before[1]
    structlog.configure(**before[2])


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


def test_nothing_is_told_of_the_letters_that_are_drawn(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("fontTools.subset").info("Glyph names: ['M', 'a', 'r', 't']")
    logging.getLogger("fontTools.subset").warning("a broken font")

    assert [line["event"] for line in lines(capsys)] == ["a broken font"]


def test_a_request_is_told_by_its_rule_and_never_by_its_address(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    site.test_client().get("/people/marta-riva?token=secret")

    (line,) = lines(capsys)
    assert line["route"] == "/people/<handle>"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert "marta-riva" not in str(line) and "secret" not in str(line)


def test_the_answer_carries_the_id_of_its_log_lines(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = site.test_client().get("/people/marta-riva")

    (line,) = lines(capsys)
    assert reply.headers[REQUEST_ID] == line["request_id"] == reply.text


def test_a_proxy_may_give_the_id_but_nothing_else(site: Flask) -> None:
    client = site.test_client()

    given = client.get("/people/marta", headers={REQUEST_ID: "b7a4c1d2-0000-4000"})
    forged = client.get("/people/marta", headers={REQUEST_ID: 'x", "level": "error'})

    assert given.headers[REQUEST_ID] == "b7a4c1d2-0000-4000"
    assert '"' not in forged.headers[REQUEST_ID]


def test_a_failure_is_told_with_its_traceback_and_without_addresses(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    site.test_client().get("/people/nobody")

    failure, answer = lines(capsys)
    assert "LookupError: no letter for [address] ([address])" in str(failure["exception"])
    assert "example" not in str(failure) and "/people/nobody" not in str(failure)
    assert answer["status"] == 500 and answer["level"] == "error"


def test_mail_addresses_are_blotted_out_wherever_they_turn_up(
    site: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    log = structlog.get_logger("officine.mail")
    log.warning(
        "refused by post@officine.example", to=["a@b.it"], why={"who": ValueError("c@d.es")}
    )
    logging.getLogger("library").warning("bounced: %s", "e@f.com")

    told = str(lines(capsys))
    assert "@" not in told
    assert told.count("[address]") == 4
