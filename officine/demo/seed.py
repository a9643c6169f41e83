"""The demo community, written into an empty site by the commands that real people’s pages call."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import select

from officine.blueprints.forum.commands import ask_for_answers
from officine.core.clock import now
from officine.core.db import db
from officine.core.index.keeping import heal_soon, note, the_index
from officine.demo.duty import keep_rota
from officine.demo.events import hold_events
from officine.demo.interviews import publish_interviews
from officine.demo.lately import catch_up, perform
from officine.demo.people import introduce, open_groups
from officine.demo.stage import Stage
from officine.demo.talk import acts
from officine.demo.texts import Community
from officine.models import Member
from officine.setup.say import step

MANY = 10_000


def seed(app: Flask, at: datetime | None = None) -> bool:
    """Write the demo community, as old on ``at`` (by default, now) as it is meant to be.

    A site where somebody has an account is left as it is, and says so. All of it is one
    transaction, inside the application’s context: either the whole community is there, or nobody.
    """
    if db.session.scalar(select(Member.id).limit(1)) is not None:
        db.session.rollback()
        sys.stderr.write("  This site has members already; the demo community stays out of it.\n")
        return False
    with step("Writing the demo community"), _garbage_left():
        _write(Stage(at or now()), Community.read())
        _let_search_find_it()
        db.session.commit()
    heal_soon()
    return True


def _write(stage: Stage, community: Community) -> None:
    introduce(stage, community)
    keep_rota(stage)
    open_groups(stage, community)
    with publish_interviews(stage):
        hold_events(stage)
        perform(acts(stage, community), stage)
        catch_up(stage, community)
        ask_for_answers(at=stage.at)


def _let_search_find_it() -> None:
    """What was told to nobody is to be found all the same. A missing index is made of everything
    there is.
    """
    if the_index().health().is_ready:
        for noun, source in current_app.extensions["officine.index_sources"].items():
            note(noun, source.row_ids(after=0, limit=MANY))


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Every row stays in hand until the commit: to look through them for garbage again and again
    would take a fifth of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
