"""What every test can ask for: the application, the cast, a visit, the worker."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from officine.app import create_app
from officine.blueprints.texts.commands import put_first_editions
from officine.core import memory, outbox, page_cache, worker
from officine.core.clock import now
from officine.core.config import Settings
from officine.core.db import Model, db
from officine.core.index.interface import Health, Hits, IndexUnavailable, Query, open_index
from tests.databases import (
    IN_A_FILE,
    empty_database,
    give_in_no_order,
    own_database,
    server_given,
)
from tests.first_start import environment, start_once
from tests.kept import Beginnings, KeptRows, StandingRows
from tests.outbound import Outbound
from tests.visits import Visit
from tests.world import World


class OneSite(LoadScopeScheduling):
    """Tests go to whichever process is free; those that want a whole site with the demo community
    to two, each of which starts a site and a browser once.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in WHOLE_SITE if nodeid.startswith(place)), nodeid)


WHOLE_SITE = ("tests/browser/test_journeys.py", "tests/browser/", "tests/demo/")
"""Where the tests lie that want one: the journeys take as long as all others together."""


DATABASE_FIXTURES = {"settings", "demo_settings"}
"""What a test that speaks to the database of the run asks for, itself or through others."""

LONGEST = (
    "tests/demo/",
    "tests/hostile/",
    "tests/cli/test_survival.py",
    *WHOLE_SITE,
    "tests/video/test_work.py",
    "tests/cli/test_serve.py",
    "tests/translations/test_pages.py",
    "tests/desk/test_hidden.py",
    "tests/desk/test_held.py",
    "tests/video/",
    "tests/interviews/test_player.py",
)
"""Where the tests lie that take longest, the longest first; but while the demo community is
written, for which the whole sites wait, the others begin with something else.
"""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Of a whole run, each process reads another part of the tests first: what it makes of their
    assertions, the others find made, instead of all making the same at the same time.
    """
    config = session.config
    process = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not process or config.args != config.getini("testpaths"):
        return
    files = sorted((config.rootpath / "tests").rglob("test_*.py"))
    first = len(files) * int(process) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for file in files[first:] + files[:first]:
        with suppress(Exception):  # collecting it says what is wrong
            import_module(".".join(file.relative_to(config.rootpath).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that at the end no process waits for another. On a
    database server only what speaks to it runs: the rest would say the same as on SQLite.
    """
    if server_given():
        speak, silent = [], []
        for item in items:
            asked = getattr(item, "fixturenames", ())
            (speak if DATABASE_FIXTURES & set(asked) else silent).append(item)
        config.hook.pytest_deselected(items=silent)
        items[:] = speak
    items.sort(key=lambda item: next(
        (place for place, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST)
    ))  # fmt: skip


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneSite:
    """How the processes share the tests."""
    return OneSite(config, log)


def pytest_collection_finish() -> None:
    """What was imported stays: to look through it for garbage again and again would take a tenth
    of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the tests: everything in a folder of their own, no worker."""
    folder: Path = tmp_path_factory.mktemp("officine")
    return Settings(
        data_dir=folder,
        database_url=own_database(),
        jobs_url="memory:",
        search_url="memory:",
        base_url="http://officine.test",
        secret_key="only-for-tests-" * 4,
        log_level="error",
        demo=True,
    )


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Where the demo community lies, as the README’s command wrote it: to read, or to copy."""
    address = own_database("demo")
    if address == IN_A_FILE:
        # The processes of a run share the folder above their own.
        mine = tmp_path_factory.getbasetemp()
        folder = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "demo/data"
        environ = environment(folder)
    else:
        folder = tmp_path_factory.mktemp("demo") / "data"
        environ = environment(folder, {"OFFICINE_DATABASE_URL": address})
    start_once(folder, environ)
    return Settings.load(environ | {"OFFICINE_JOBS_URL": "memory:"})


@pytest.fixture(scope="session")
def whole_app(settings: Settings) -> Iterator[Flask]:
    """One application for all tests of a process, with an empty database."""
    app = create_app(settings)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context():
        give_in_no_order(db.engine)
        Model.metadata.drop_all(db.engine)
        Model.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def first_editions(whole_app: Flask) -> KeptRows:
    """The texts that come with the software."""
    with whole_app.app_context():
        put_first_editions(at=now())
        db.session.commit()
        return KeptRows.taken()


@pytest.fixture(scope="session")
def kept_cast(whole_app: Flask) -> KeptRows:
    """The cast that everybody knows, for `world`."""
    with whole_app.app_context():
        World.created()
        return KeptRows.taken()


@pytest.fixture(scope="session")
def standing(whole_app: Flask, first_editions: KeptRows, kept_cast: KeptRows) -> StandingRows:
    """The texts that come with the software, which few tests change."""
    with whole_app.app_context():
        return StandingRows(first_editions)


@pytest.fixture
def app(whole_app: Flask, standing: StandingRows) -> Iterator[Flask]:
    """The application, with nothing else in its database and nothing in its queue."""
    outbound = Outbound()
    whole_app.extensions["officine.mail"] = outbound
    whole_app.extensions["officine.index"] = open_index("memory:")
    whole_app.config["KEEPS_PAGES"] = False
    memory.forget_all(whole_app)
    page_cache.forget_all(whole_app)
    with whole_app.app_context():
        standing.be_there()
        yield whole_app
        db.session.rollback()
        db.session.remove()
        empty_database(but=standing.tables_left())
        db.session.remove()
    whole_app.extensions["officine.queue"].flush()


class BrokenIndex:
    """A search index that is being made anew."""

    def search(self, query: Query) -> Hits:
        raise IndexUnavailable("gone")

    suggestion = search

    def health(self) -> Health:
        return Health("missing")


@pytest.fixture
def healing_index(app: Flask) -> None:
    """The search index is broken, and not yet made anew."""
    app.extensions["officine.index"] = BrokenIndex()


@pytest.fixture
def world(app: Flask, kept_cast: KeptRows, beginnings: Beginnings) -> World:
    """The cast that everybody knows."""
    kept_cast.put_back()
    beginnings.cast_is_there()
    return World.found()


@pytest.fixture(scope="session")
def beginnings() -> Beginnings:
    """What fixtures keep from one test to the next, to begin quickly."""
    return Beginnings()


@pytest.fixture
def visit(app: Flask) -> Callable[..., Visit]:
    """Visit the site as somebody: `visit(world.marta).get("/it/groups")`."""
    return lambda who=None, **headers: Visit(app, who, headers)


@pytest.fixture
def settle(app: Flask) -> Callable[[], None]:
    """Let the worker do all that waits."""

    def run() -> None:
        db.session.commit()
        worker.wake()
        worker.run_waiting_calls(app.extensions["officine.queue"])
        assert outbox.waiting_events() == 0, "a reaction failed: the log says which"

    return run


@pytest.fixture
def outbound(app: Flask) -> Outbound:
    """The letters that were sent."""
    sent = app.extensions["officine.mail"]
    assert isinstance(sent, Outbound)
    return sent
