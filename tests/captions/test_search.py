"""What is said is found in its language and opens at its second."""

import re
from collections.abc import Callable

from officine.blueprints.captions import commands, queries
from officine.core.index import keeping
from officine.models import CaptionTrack, Interview
from tests.captions.conftest import said, url_for
from tests.visits import Visit
from tests.world import NOON, World

Visiting = Callable[..., Visit]


def search(visitor: Visit, words: str, lang: str = "it") -> str:
    return visitor.get(url_for("search.show", q=words, lang=lang)).text


def seconds_in(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"/interviews/il-telaio\?t=(\d+)", page)]


def index(settle: Callable[[], None], *tracks: CaptionTrack) -> None:
    keeping.note("track", [track.id for track in tracks])
    settle()


def test_a_sentence_spoken_at_1_23_is_found_and_opens_there(
    track: CaptionTrack, publish: Callable[[], None], visit: Visiting, settle: Callable[[], None]
) -> None:
    publish()
    index(settle, track)

    page = search(visit(), "apprendista")

    assert [abs(second - 83) <= 1 for second in seconds_in(page)] == [True]
    assert "<mark>apprendisti</mark> imparano in fretta." in page
    assert "Il telaio di mio padre" in page


def test_each_language_is_found_in_its_own_words_once_an_interview(
    track: CaptionTrack,
    interview: Interview,
    publish: Callable[[], None],
    visit: Visiting,
    settle: Callable[[], None],
) -> None:
    spanish = said(interview, "es", [(83_000, 86_000, "", "Los aprendices aprenden deprisa.")])
    publish()
    index(settle, track, spanish)

    page = search(visit(), "aprendiz", "es")

    assert seconds_in(page) == [83]
    assert "transcript=es" in page
    assert "El telar de mi padre" in page
    assert len(seconds_in(search(visit(), "telaio aveva"))) == 1


def test_an_interview_is_found_by_its_title_and_opens_at_its_beginning(
    interview: Interview,
    publish: Callable[[], None],
    visit: Visiting,
    settle: Callable[[], None],
) -> None:
    track = said(interview, "it", [(83_000, 86_000, "", "Gli apprendisti imparano.")])
    publish()
    index(settle, track)

    page = search(visit(), "telaio")

    assert "/interviews/il-telaio?transcript=it" in page
    assert seconds_in(page) == []


def test_nobody_finds_what_is_not_published_withdrawn_or_a_draft(
    track: CaptionTrack,
    interview: Interview,
    world: World,
    publish: Callable[[], None],
    visit: Visiting,
    settle: Callable[[], None],
) -> None:
    index(settle, track)
    assert seconds_in(search(visit(), "apprendisti")) == []
    publish()
    index(settle, track)
    assert seconds_in(search(visit(), "apprendisti")) == [83]

    # The index has not heard of it yet: the database is asked about every hit.
    interview.stage, interview.withdrawn_at = "withdrawn", NOON

    assert seconds_in(search(visit(), "apprendisti")) == []


def test_new_words_are_found_and_old_ones_no_more(
    track: CaptionTrack,
    world: World,
    publish: Callable[[], None],
    visit: Visiting,
    settle: Callable[[], None],
) -> None:
    publish()
    index(settle, track)
    for cue in list(queries.cues_of(track))[1:]:
        commands.remove_cue(track, cue, shown=None, by=world.giulia, at=NOON)
    commands.add_cue(
        track, starts_ms=90_000, ends_ms=93_000, speaker="", text="Il tornio gira.",
        by=world.giulia, at=NOON,
    )  # fmt: skip
    settle()

    assert seconds_in(search(visit(), "apprendisti")) == []
    assert seconds_in(search(visit(), "tornio")) == [90]
