"""The whole site, started as its owner starts it."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.site import Site, running_site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The site, answering."""
    with running_site(tmp_path) as started:
        yield started


def test_the_site_comes_up_recovers_and_stops(site: Site) -> None:
    """One start serves several questions, for a start is dear."""
    site.until("ready", lambda: site.status("/readyz") == 200)

    # Of the web processes the one that answers, which the other has to start again.
    running = {each.cmdline()[-1]: each for each in site.processes()}
    killed = {running["web"], running["work"]}
    for each in killed:
        each.kill()
    site.until(
        "whole again", lambda: len(site.processes()) == 3 and not killed & set(site.processes())
    )
    site.until("answering", lambda: site.status("/healthz") == 200)

    doctor = site.command("doctor")
    assert doctor.returncode == 0, doctor.stdout
    for name in ("Configuration", "Database", "Search", "Files", "Worker"):
        assert f"✓ {name}" in doctor.stdout

    the_index_is_made_anew(site)

    taken = site.command("serve")
    assert taken.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {site.port}" in taken.stderr

    everything = site.processes()
    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(20) == 0
    assert [each for each in everything if each.is_running()] == []


def the_index_is_made_anew(site: Site) -> None:
    """When it is asked for, and when it is damaged: meanwhile searching answers."""
    search = site.folder / "data" / "search"

    def current() -> str:
        return "".join(each.read_text() for each in search.glob("current-*"))

    first = current()
    asked = site.command("reindex")
    assert asked.returncode == 0, asked.stderr
    second = current()
    assert second not in ("", first)

    for file in (search / second).iterdir():
        file.write_bytes(b"not an index")
    assert site.status("/it/search?q=export") == 200
    site.until("healed", lambda: current() not in ("", second))
    site.until("ready", lambda: site.status("/readyz") == 200)
