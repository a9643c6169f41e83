"""A first draft by a program of the operator’s."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from officine.blueprints.captions import commands, jobs, queries
from officine.core import storage
from officine.core.clock import now
from officine.core.config import ConfigError, Settings
from officine.core.db import db
from officine.models import CaptionDraft, CaptionTrack, Interview, Video
from tests.captions.conftest import url_for
from tests.visits import Visit
from tests.world import World

Visiting = Callable[..., Visit]
Machine = Callable[[str], None]

WRITES = """
import pathlib, sys
audio, language = sys.argv[1:]
assert pathlib.Path(audio).read_bytes() == b"sound"
assert language == "it", language
pathlib.Path(audio + ".vtt").write_text("WEBVTT\\n\\n00:01.000 --> 00:02.000\\nCiao.\\n")
"""


@pytest.fixture
def machine(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    """Let a Python script be the program."""

    def run(script: str) -> None:
        path = tmp_path / "listen to me.py"
        path.write_text(script)
        settings = replace(
            app.extensions["officine.settings"],
            transcribe_command=f"{sys.executable} '{path}' {{audio}} {{language}}",
        )
        monkeypatch.setitem(app.extensions, "officine.settings", settings)

    return run


@pytest.fixture
def sound(interview: Interview) -> None:
    """The video is ready, and its sound is kept."""
    db.session.add(Video(interview_id=interview.id, state="ready", folder="abc-def", made_at=now()))
    storage.put("media/abc-def/audio.m4a", b"sound")
    db.session.commit()


def asked(interview: Interview) -> str:
    return url_for("captions.draft", interview_id=interview.id, lang="en")


def overview(interview: Interview) -> str:
    return url_for("captions.index", interview_id=interview.id, lang="en")


def test_without_a_program_there_is_no_button_and_no_way(
    interview: Interview, world: World, visit: Visiting
) -> None:
    editor = visit(world.giulia)

    assert "First draft by a machine" not in editor.get(overview(interview)).text
    assert editor.post(asked(interview)).status_code == 404


def test_a_draft_is_written_and_labelled_until_somebody_went_through_it(
    interview: Interview,
    sound: None,
    machine: Machine,
    world: World,
    visit: Visiting,
    settle: Callable[[], None],
) -> None:
    machine(WRITES)
    editor = visit(world.giulia)
    assert "First draft by a machine" in editor.get(overview(interview)).text

    assert editor.post(asked(interview)).status_code == 303
    assert "is writing a first draft" in editor.get(overview(interview)).text
    assert editor.post(asked(interview)).status_code == 409
    settle()

    track = queries.find_track(interview, "it")
    assert track is not None
    assert track.is_draft
    assert [cue.text for cue in queries.cues_of(track)] == ["Ciao."]
    assert "Draft by a machine" in editor.get(overview(interview)).text
    assert not queries.has_original_captions(interview)
    file = editor.get(url_for("captions.give_out", interview_id=interview.id, language="it",
                              kind="vtt", lang="en")).text  # fmt: skip
    assert "NOTE\nDraft written by a machine" in file


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("import sys; sys.exit('no model')", "command"),
        ("print('hello')", "output"),
        ("print('WEBVTT')", "output"),
        ("import time; time.sleep(60)", "time"),
    ],
)
def test_a_program_that_fails_is_told(
    interview: Interview,
    sound: None,
    machine: Machine,
    world: World,
    visit: Visiting,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    problem: str,
) -> None:
    machine(script)
    if problem == "time":
        bounded = jobs._bounded
        monkeypatch.setattr(
            jobs, "_bounded", lambda command, _seconds, *rest: bounded(command, 1, *rest)
        )
    editor = visit(world.giulia)
    editor.post(asked(interview))
    settle()

    draft = queries.latest_draft(interview)
    assert draft is not None
    assert (draft.state, draft.problem) == ("failed", problem)
    assert "The last draft failed." in editor.get(overview(interview)).text
    assert queries.find_track(interview, "it") is None


def test_without_sound_nothing_can_be_heard(
    interview: Interview,
    machine: Machine,
    world: World,
    visit: Visiting,
    settle: Callable[[], None],
) -> None:
    machine(WRITES)
    visit(world.giulia).post(asked(interview))
    settle()

    draft = queries.latest_draft(interview)
    assert draft is not None
    assert draft.problem == "audio"


def test_what_somebody_wrote_is_never_replaced(
    track: CaptionTrack,
    interview: Interview,
    sound: None,
    machine: Machine,
    world: World,
    visit: Visiting,
) -> None:
    machine(WRITES)
    assert visit(world.giulia).post(asked(interview)).status_code == 409
    draft = commands.ask_for_draft(interview, by=world.giulia, at=now())

    jobs.write_drafts()

    assert draft.problem == "meanwhile"
    assert len(queries.cues_of(track)) == 4


def test_a_draft_whose_worker_was_killed_is_begun_again(
    interview: Interview, sound: None, machine: Machine, world: World
) -> None:
    machine(WRITES)
    draft = commands.ask_for_draft(interview, by=world.giulia, at=now())
    taken = commands.begin_draft(at=now())
    assert taken is not None
    # Somebody is at it: nobody else takes it up.
    assert commands.begin_draft(at=now()) is None

    draft.seen_at = now() - timedelta(minutes=5)
    db.session.commit()
    jobs.make_up_for_lost_drafts()
    jobs.write_drafts()

    assert draft.state == "done"
    assert not commands.draft_goes_on(draft, 1, at=now())


def test_a_draft_that_kills_its_worker_each_time_is_given_up(
    interview: Interview, world: World, app: Flask
) -> None:
    draft = commands.ask_for_draft(interview, by=world.giulia, at=now())
    for _each in range(4):
        commands.begin_draft(at=now())
        draft = db.session.get_one(CaptionDraft, draft.id)
        draft.seen_at = now() - timedelta(minutes=5)
        db.session.commit()

    assert (draft.state, draft.problem) == ("failed", "killed")


def test_asking_is_for_editors(
    interview: Interview, machine: Machine, world: World, visit: Visiting
) -> None:
    machine(WRITES)

    assert visit().post(asked(interview)).status_code in (302, 303)
    assert visit(world.marta).post(asked(interview)).status_code == 403
    assert queries.latest_draft(interview) is None


@pytest.mark.parametrize("command", ["whisper", "'unclosed {audio}", "whisper -l {language}"])
def test_a_program_must_be_told_what_to_hear(command: str, tmp_path: Path) -> None:
    environ = {"OFFICINE_TRANSCRIBE_COMMAND": command, "OFFICINE_DATA_DIR": str(tmp_path)}

    with pytest.raises(ConfigError, match="TRANSCRIBE"):
        Settings.read(environ)
