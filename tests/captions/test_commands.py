"""The business of captions: rows, translations, taking back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officine.blueprints.captions import commands, queries
from officine.blueprints.captions.commands import changing
from officine.core.db import db
from officine.lib.captions import Caption
from officine.models import CaptionTrack, Cue, Interview
from tests.world import NOON, World


def cues(track: CaptionTrack) -> list[Cue]:
    return list(queries.cues_of(track))


def texts(track: CaptionTrack) -> list[str]:
    return [cue.text for cue in cues(track)]


def save(track: CaptionTrack, cue: Cue, world: World, **changes: object) -> None:
    values = {
        "starts_ms": cue.starts_ms, "ends_ms": cue.ends_ms, "speaker": cue.speaker,
        "text": cue.text, "settings": cue.settings, "shown": queries.seen(cue),
    } | changes  # fmt: skip
    commands.save_cue(track, cue, by=world.giulia, at=NOON, **values)  # type: ignore[arg-type]


@pytest.fixture
def spanish(track: CaptionTrack, interview: Interview, world: World) -> CaptionTrack:
    """A translation, complete and up to date."""
    made = commands.begin_translation(interview, "es", by=world.giulia, at=NOON)
    for number, cue in enumerate(cues(made)):
        save(made, cue, world, text=f"Línea {number}.")
    return made


def test_a_translation_has_a_row_beside_each_cue(
    track: CaptionTrack, interview: Interview, world: World
) -> None:
    made = commands.begin_translation(interview, "es", by=world.giulia, at=NOON)

    assert [(c.source_id, c.starts_ms, c.ends_ms, c.speaker) for c in cues(made)] == [
        (c.id, c.starts_ms, c.ends_ms, c.speaker) for c in cues(track)
    ]
    assert texts(made) == [""] * 4
    assert not queries.is_complete(interview, made)


def test_a_translation_with_all_words_is_complete(
    spanish: CaptionTrack, interview: Interview
) -> None:
    assert queries.is_complete(interview, spanish)


def test_nothing_is_translated_before_there_is_an_original(
    interview: Interview, world: World
) -> None:
    with pytest.raises(commands.NothingToTranslate):
        commands.begin_translation(interview, "es", by=world.giulia, at=NOON)


def test_other_words_in_the_original_make_its_translations_out_of_date(
    track: CaptionTrack, spanish: CaptionTrack, interview: Interview, world: World
) -> None:
    save(track, cues(track)[1], world, text="Mio nonno aveva un telaio.")

    changed = cues(spanish)[1]
    assert [cue.is_out_of_date for cue in cues(spanish)] == [False, True, False, False]
    assert changed.source_text == "Mio padre aveva un telaio."
    assert not queries.is_complete(interview, spanish)


def test_a_translation_still_right_is_marked_so(
    track: CaptionTrack, spanish: CaptionTrack, interview: Interview, world: World
) -> None:
    save(track, cues(track)[1], world, text="Mio padre aveva un telaio!")
    cue = cues(spanish)[1]

    commands.mark_up_to_date(spanish, cue, shown=queries.seen(cue), by=world.giulia, at=NOON)

    assert queries.is_complete(interview, spanish)


def test_a_translation_written_anew_is_up_to_date(
    track: CaptionTrack, spanish: CaptionTrack, interview: Interview, world: World
) -> None:
    save(track, cues(track)[1], world, text="Mio nonno aveva un telaio.")

    save(spanish, cues(spanish)[1], world, text="Mi abuelo tenía un telar.")

    assert queries.is_complete(interview, spanish)


def test_other_times_move_the_translation_along_and_keep_it_up_to_date(
    track: CaptionTrack, spanish: CaptionTrack, interview: Interview, world: World
) -> None:
    cue = cues(track)[1]

    save(track, cue, world, starts_ms=3_500, ends_ms=7_000)

    assert (cues(spanish)[1].starts_ms, cues(spanish)[1].ends_ms) == (3_500, 7_000)
    assert queries.is_complete(interview, spanish)


def test_a_cue_divided_leaves_its_translation_with_the_first_half(
    track: CaptionTrack, spanish: CaptionTrack, world: World
) -> None:
    cue = cues(track)[1]

    commands.divide_cue(track, cue, place=10, shown=queries.seen(cue), by=world.giulia, at=NOON)

    assert texts(track)[1:3] == ["Mio padre", "aveva un telaio."]
    halves = cues(track)[1:3]
    assert halves[0].starts_ms == 3_200
    assert halves[0].ends_ms == halves[1].starts_ms
    assert halves[1].ends_ms == 6_000
    first, second = cues(spanish)[1:3]
    assert (first.source_id, first.is_out_of_date) == (halves[0].id, True)
    assert (second.source_id, second.text) == (halves[1].id, "")
    assert second.starts_ms == halves[1].starts_ms


def test_nothing_is_divided_into_nothing(track: CaptionTrack, world: World) -> None:
    with pytest.raises(commands.NothingToDivide):
        commands.divide_cue(track, cues(track)[1], place=0, shown=None, by=world.giulia, at=NOON)


def test_two_cues_joined_join_their_translations(
    track: CaptionTrack, spanish: CaptionTrack, world: World
) -> None:
    cue = cues(track)[2]

    commands.join_with_next(track, cue, shown=queries.seen(cue), by=world.giulia, at=NOON)

    assert texts(track)[2] == "Gli apprendisti imparano in fretta.\nPoi esportano da soli."
    assert cues(track)[2].ends_ms == 89_000
    assert texts(spanish)[2] == "Línea 2.\nLínea 3."
    assert cues(spanish)[2].is_out_of_date
    assert len(cues(spanish)) == 3


def test_two_people_in_one_cue_keep_their_names(track: CaptionTrack, world: World) -> None:
    commands.join_with_next(track, cues(track)[0], shown=None, by=world.giulia, at=NOON)

    first = cues(track)[0]
    assert first.speaker == ""
    assert first.text == (
        "<v Giulia Serra>Come ha cominciato?</v>\n<v Marta Colombo>Mio padre aveva un telaio.</v>"
    )


def test_the_last_cue_has_no_next(track: CaptionTrack, world: World) -> None:
    with pytest.raises(commands.NoNext):
        commands.join_with_next(track, cues(track)[3], shown=None, by=world.giulia, at=NOON)


def test_a_cue_taken_out_leaves_its_translation_without_an_original(
    track: CaptionTrack, spanish: CaptionTrack, world: World
) -> None:
    commands.remove_cue(track, cues(track)[0], shown=None, by=world.giulia, at=NOON)

    assert len(cues(track)) == 3
    assert [cue.source_id is None for cue in cues(spanish)] == [True, False, False, False]


def test_a_cue_added_gets_a_row_in_each_translation(
    track: CaptionTrack, spanish: CaptionTrack, world: World
) -> None:
    cue = commands.add_cue(
        track, starts_ms=7_000, ends_ms=9_000, speaker="", text="Nuovo & bello.",
        by=world.giulia, at=NOON,
    )  # fmt: skip

    assert cue.text == "Nuovo &amp; bello."
    assert cues(spanish)[2].source_id == cue.id


def test_all_cues_move_or_all_from_one_on(
    track: CaptionTrack, spanish: CaptionTrack, world: World
) -> None:
    assert commands.shift(track, by_ms=-500, by=world.giulia, at=NOON) == 4
    assert commands.shift(track, by_ms=1_000, by=world.giulia, at=NOON, start=cues(track)[2]) == 2

    assert [cue.starts_ms for cue in cues(track)] == [500, 2_700, 83_500, 86_700]
    assert [cue.starts_ms for cue in cues(spanish)] == [500, 2_700, 83_500, 86_700]


def test_nothing_moves_before_the_beginning(track: CaptionTrack, world: World) -> None:
    with pytest.raises(commands.BeforeBeginning):
        commands.shift(track, by_ms=-1_001, by=world.giulia, at=NOON)


def test_words_are_replaced_where_they_were_shown_and_are_the_same(
    track: CaptionTrack, world: World
) -> None:
    found = queries.replacements(track, "IMPARANO", "capiscono")
    assert [(each.number, each.text) for each in found] == [
        (3, "Gli apprendisti capiscono in fretta.")
    ]
    shown = {each.cue.id: each.seen for each in found}
    save(track, cues(track)[2], world, text="Gli apprendisti imparano bene.")

    result = commands.replace_words(
        track, find="imparano", replacement="capiscono", any_case=True, shown=shown,
        by=world.giulia, at=NOON,
    )  # fmt: skip

    assert result == (0, 1)
    assert texts(track)[2] == "Gli apprendisti imparano bene."


def test_the_second_of_two_editors_is_told_and_changes_nothing(
    track: CaptionTrack, world: World
) -> None:
    cue = cues(track)[0]
    shown = queries.seen(cue)
    save(track, cue, world, text="Come è cominciata?")

    with pytest.raises(commands.ChangedMeanwhile):
        save(track, cue, world, text="Da dove viene?", shown=shown)

    assert texts(track)[0] == "Come è cominciata?"


def test_a_file_takes_the_place_of_what_was_there_and_keeps_the_links(
    track: CaptionTrack, spanish: CaptionTrack, interview: Interview, world: World
) -> None:
    before = {cue.id for cue in cues(track)}

    commands.take_in(
        interview, "it",
        [
            Caption(1_100, 3_000, "Come ha cominciato?", "Giulia Serra"),
            Caption(3_200, 6_100, "Mio nonno aveva un telaio."),
            Caption(50_000, 52_000, "Questo è nuovo."),
        ],
        by=world.giulia, at=NOON,
    )  # fmt: skip

    assert texts(track) == [
        "Come ha cominciato?", "Mio nonno aveva un telaio.", "Questo è nuovo."
    ]  # fmt: skip
    assert {cue.id for cue in cues(track)[:2]} < before
    beside = {cue.source_id: cue for cue in cues(spanish)}
    assert [beside[cue.id].is_out_of_date for cue in cues(track)] == [False, True, False]
    assert beside[cues(track)[2].id].text == ""


def test_a_translation_from_a_file_finds_its_originals(
    track: CaptionTrack, interview: Interview, world: World
) -> None:
    made = commands.take_in(
        interview, "en",
        [Caption(cue.starts_ms + 50, cue.ends_ms, "Words.") for cue in cues(track)],
        by=world.giulia, at=NOON,
    )  # fmt: skip

    assert queries.is_complete(interview, made)


def test_what_one_did_last_can_be_taken_back(
    track: CaptionTrack, spanish: CaptionTrack, world: World
) -> None:
    before = [(c.id, c.text, c.starts_ms, c.version) for t in (track, spanish) for c in cues(t)]
    commands.remove_cue(track, cues(track)[0], shown=None, by=world.beatriz, at=NOON)
    commands.join_with_next(track, cues(track)[0], shown=None, by=world.beatriz, at=NOON)
    commands.shift(track, by_ms=700, by=world.beatriz, at=NOON)

    for _each in range(3):
        assert commands.undo(track, by=world.beatriz, at=NOON) == 0

    assert before == [
        (c.id, c.text, c.starts_ms, c.version) for t in (track, spanish) for c in cues(t)
    ]
    assert all(cue.source_id for cue in cues(spanish))
    with pytest.raises(commands.NothingToUndo):
        commands.undo(track, by=world.beatriz, at=NOON)


def test_what_somebody_changed_since_is_not_taken_back(track: CaptionTrack, world: World) -> None:
    commands.shift(track, by_ms=500, by=world.beatriz, at=NOON)
    save(track, cues(track)[0], world, text="Altro.")

    assert commands.undo(track, by=world.beatriz, at=NOON) == 1

    assert [cue.starts_ms for cue in cues(track)] == [1_500, 3_200, 83_000, 86_200]
    assert texts(track)[0] == "Altro."


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.sampled_from("sdjra"), st.integers(0, 5)), max_size=5))
def test_whatever_one_did_can_be_taken_back(
    track: CaptionTrack, spanish: CaptionTrack, world: World, acts: list[tuple[str, int]]
) -> None:
    before = [(c.id, c.text, c.starts_ms, c.source_id) for t in (track, spanish) for c in cues(t)]
    done = 0
    for act, place in acts:
        known = cues(track)
        cue = known[place % len(known)] if known else None
        edits = queries.last_edit(track, world.ruth)
        try:
            _act(act, track, cue, world)
        except (commands.NoNext, commands.NothingToDivide):
            continue
        done += queries.last_edit(track, world.ruth) is not edits

    for _each in range(done):
        assert commands.undo(track, by=world.ruth, at=NOON) == 0

    assert before == [
        (c.id, c.text, c.starts_ms, c.source_id) for t in (track, spanish) for c in cues(t)
    ]


def _act(act: str, track: CaptionTrack, cue: Cue | None, world: World) -> None:
    by = {"by": world.ruth, "at": NOON}
    if act == "a" or cue is None:
        commands.add_cue(track, starts_ms=9_000, ends_ms=9_900, speaker="", text="x", **by)  # type: ignore[arg-type]
    elif act == "s":
        commands.shift(track, by_ms=40, **by)  # type: ignore[arg-type]
    elif act == "d":
        commands.divide_cue(track, cue, place=5, shown=None, **by)  # type: ignore[arg-type]
    elif act == "j":
        commands.join_with_next(track, cue, shown=None, **by)  # type: ignore[arg-type]
    else:
        commands.remove_cue(track, cue, shown=None, **by)  # type: ignore[arg-type]


def test_a_draft_does_not_count_as_captions(track: CaptionTrack, interview: Interview) -> None:
    assert queries.has_original_captions(interview)

    track.is_draft = True
    db.session.flush()

    assert not queries.has_original_captions(interview)


def test_the_transcript_is_told_by_who_speaks(track: CaptionTrack) -> None:
    told = queries.passages_of(track)

    assert [(passage.speaker, passage.starts_ms) for passage in told] == [
        ("Giulia Serra", 1_000),
        ("Marta Colombo", 3_200),
        ("Marta Colombo", 83_000),
    ]


def test_a_change_of_few_captions_looks_at_those_and_their_translations(
    track: CaptionTrack, spanish: CaptionTrack, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []

    def counted(*args: object) -> changing.States:
        found = look(*args)  # type: ignore[arg-type]
        looked_at.append(len(found))
        return found

    look = changing.states
    monkeypatch.setattr(changing, "states", counted)
    last = cues(track)[-1]
    commands.shift(track, by_ms=500, by=world.giulia, at=NOON, start=last)
    [found] = queries.replacements(track, "telaio", "filatoio")
    commands.replace_words(
        track, find="telaio", replacement="filatoio", any_case=True,
        shown={found.cue.id: found.seen}, by=world.giulia, at=NOON,
    )  # fmt: skip

    assert looked_at == [2, 2, 2, 2], "before and after, of eight"
    assert commands.undo(track, by=world.giulia, at=NOON) == 0
    assert texts(track)[1] == "Mio padre aveva un telaio."
