"""The captions’ editor over HTTP."""

import io
from collections.abc import Callable

import pytest

from officine.blueprints.captions import commands, queries
from officine.core.db import db
from officine.lib.captions import clock
from officine.models import CaptionTrack, Cue, Interview
from tests.captions.conftest import url_for
from tests.visits import Visit
from tests.world import NOON, World

Visiting = Callable[..., Visit]


def address(endpoint: str, track: CaptionTrack, **values: object) -> str:
    with_context = {"interview_id": track.interview_id, "language": track.language, "lang": "en"}
    return url_for(f"captions.{endpoint}", **(with_context | values))


def fields(cue: Cue, **changes: str) -> dict[str, str]:
    """What the form of a row sends."""
    return {
        "starts": clock(cue.starts_ms), "ends": clock(cue.ends_ms), "speaker": cue.speaker,
        "text": cue.text, "settings": cue.settings, "seen": queries.seen(cue),
    } | changes  # fmt: skip


def first(track: CaptionTrack) -> Cue:
    return queries.cues_of(track)[0]


@pytest.fixture
def spanish(track: CaptionTrack, interview: Interview, world: World) -> CaptionTrack:
    """Rows to translate into."""
    return commands.begin_translation(interview, "es", by=world.giulia, at=NOON)


# Looking


@pytest.mark.parametrize("lang", ["it", "en", "es"])
def test_the_editor_shows_every_row_with_its_flaws(
    track: CaptionTrack, world: World, visit: Visiting, lang: str
) -> None:
    first(track).text = "Parole che nessuno può leggere così in fretta, davvero nessuno."

    page = visit(world.giulia).get(address("edit", track, lang=lang))

    assert page.status_code == 200
    assert page.text.count("data-cue") >= 4
    assert {"en": "characters a second", "it": "caratteri al secondo", "es": "caracteres"}[
        lang
    ] in page.text


def test_the_translation_stands_beside_the_original(
    track: CaptionTrack, spanish: CaptionTrack, world: World, visit: Visiting
) -> None:
    page = visit(world.giulia).get(address("edit", spanish))

    assert 'class="cue-source" lang="it">Mio padre aveva un telaio.' in page.text
    assert page.text.count('lang="es" maxlength') == 4


def test_what_changed_since_is_shown(
    track: CaptionTrack, spanish: CaptionTrack, world: World, visit: Visiting
) -> None:
    cue = queries.cues_of(spanish)[1]
    cue.text, cue.based_on, cue.source_text = "Mi padre", 1, "Mio padre aveva un telaio."
    original = queries.cues_of(track)[1]
    original.text, original.version = "Mio nonno aveva un telaio.", 2

    page = visit(world.giulia).get(address("edit", spanish))

    assert "<del>padre</del><ins>nonno</ins>" in page.text


def test_the_overview_says_how_far_each_language_is(
    track: CaptionTrack, spanish: CaptionTrack, world: World, visit: Visiting
) -> None:
    page = visit(world.giulia).get(
        url_for("captions.index", interview_id=track.interview_id, lang="en")
    )

    assert "4 without words" in page.text
    assert "Translate side by side" in page.text


def test_a_long_track_has_pages(track: CaptionTrack, world: World, visit: Visiting) -> None:
    for number in range(70):
        db.session.add(
            Cue(track_id=track.id, starts_ms=200_000 + number, ends_ms=300_000, text="x")
        )

    page = visit(world.giulia).get(address("edit", track, page=2))

    assert page.status_code == 200
    assert visit(world.giulia).get(address("edit", track, page=3)).status_code == 404


@pytest.mark.parametrize("endpoint", ["edit", "choose_file", "preview_replacement"])
def test_only_editors_look(
    track: CaptionTrack, world: World, visit: Visiting, endpoint: str
) -> None:
    url = address(endpoint, track, find="x") if "prev" in endpoint else address(endpoint, track)

    assert visit().get(url).status_code in (302, 303)
    assert visit(world.marta).get(url).status_code == 403
    assert visit(world.beatriz).get(url).status_code == 200


def test_what_is_not_there_is_not_found(track: CaptionTrack, world: World, visit: Visiting) -> None:
    editor = visit(world.giulia)

    assert editor.get(address("edit", track, language="en")).status_code == 404
    assert editor.get(address("edit", track, interview_id=999)).status_code == 404
    assert editor.post(address("save", track, cue_id=999)).status_code == 404


# Saving a row: five cases


def test_saving_asks_to_sign_in(track: CaptionTrack, visit: Visiting) -> None:
    cue = first(track)

    reply = visit().post(address("save", track, cue_id=cue.id), **fields(cue))

    assert reply.status_code in (302, 303)
    assert "sign-in" in reply.location


def test_saving_is_refused_to_members(track: CaptionTrack, world: World, visit: Visiting) -> None:
    cue = first(track)

    reply = visit(world.marta).post(address("save", track, cue_id=cue.id), **fields(cue))

    assert reply.status_code == 403


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"starts": "x"}, "Write a time such as"),
        ({"ends": "0:00.5"}, "The end must come after the start."),
        ({"text": "<i>mai chiuso"}, "is never closed"),
        ({"text": "a --&gt; b --> c"}, "An arrow"),
        ({"settings": "align:middle"}, "This setting cannot be read"),
    ],
)
def test_an_invalid_row_is_told_and_keeps_what_was_typed(
    track: CaptionTrack, world: World, visit: Visiting, changes: dict[str, str], told: str
) -> None:
    cue = first(track)

    reply = visit(world.giulia).post(
        address("save", track, cue_id=cue.id), **fields(cue, **({"text": "Mio."} | changes))
    )

    assert reply.status_code == 422
    assert told in reply.text
    assert "Mio." in reply.text or "text" in changes
    assert first(track).text == "Come ha cominciato?"


def test_a_row_is_saved(track: CaptionTrack, world: World, visit: Visiting) -> None:
    cue = first(track)

    reply = visit(world.giulia).post(
        address("save", track, cue_id=cue.id),
        **fields(cue, text="R&D\r\n\r\n<i>ciao</i>", settings="line:0", starts="0:00,5"),
    )

    assert reply.status_code == 303
    assert f"#cue-{cue.id}" in reply.location
    cue = first(track)
    assert (cue.text, cue.settings, cue.starts_ms) == ("R&amp;D\n<i>ciao</i>", "line:0", 500)


def test_a_row_is_saved_by_htmx(track: CaptionTrack, world: World, visit: Visiting) -> None:
    cue = first(track)

    reply = visit(world.giulia).htmx_post(
        address("save", track, cue_id=cue.id), **fields(cue, text="Altro.")
    )

    assert reply.status_code == 200
    assert f'id="state-{cue.id}"' in reply.text
    assert queries.seen(first(track)) in reply.text
    assert "<textarea" not in reply.text


# Two editors


@pytest.mark.parametrize("way", ["post", "htmx_post"])
def test_the_second_editor_sees_both_and_can_go_on(
    track: CaptionTrack, world: World, visit: Visiting, way: str
) -> None:
    cue = first(track)
    url = address("save", track, cue_id=cue.id)
    both = fields(cue)
    assert visit(world.giulia).post(url, **both | {"text": "Di Giulia."}).status_code == 303

    second = visit(world.beatriz)
    reply = getattr(second, way)(url, **both | {"text": "Di Beatriz."})

    assert reply.status_code == 409
    assert "Di Giulia." in reply.text
    assert "Di Beatriz." in reply.text or way == "htmx_post"
    assert first(track).text == "Di Giulia."
    again = fields(first(track), text="Di Beatriz.")
    assert again["seen"] in reply.text
    assert getattr(second, way)(url, **again).status_code < 400
    assert first(track).text == "Di Beatriz."


def test_a_row_that_somebody_took_out_gives_the_words_back(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    cue = first(track)
    typed = fields(cue, text="Non perdermi.")
    url = address("save", track, cue_id=cue.id)
    commands.remove_cue(track, cue, shown=None, by=world.beatriz, at=NOON)

    reply = visit(world.giulia).post(url, **typed)

    assert reply.status_code == 409
    assert "Non perdermi." in reply.text


@pytest.mark.parametrize("endpoint", ["remove", "divide", "join"])
def test_no_act_passes_over_what_somebody_changed(
    track: CaptionTrack, world: World, visit: Visiting, endpoint: str
) -> None:
    cue = first(track)
    typed = fields(cue, text="Mie parole.")
    cue.text = "Altre."

    reply = visit(world.giulia).post(address(endpoint, track, cue_id=cue.id), **typed)

    assert reply.status_code == 409
    assert "Altre." in reply.text
    assert "Mie parole." in reply.text
    assert len(queries.cues_of(track)) == 4


# The other acts


def test_a_row_is_divided_where_the_caret_is_and_what_was_typed_is_kept(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    cue = first(track)

    reply = visit(world.giulia).post(
        address("divide", track, cue_id=cue.id), **fields(cue, text="Uno due\r\ntre", caret="8")
    )

    assert reply.status_code == 303
    assert [each.text for each in queries.cues_of(track)[:2]] == ["Uno due", "tre"]


def test_a_row_is_divided_at_a_mark_or_in_the_middle(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    cue = first(track)
    visit(world.giulia).post(
        address("divide", track, cue_id=cue.id), **fields(cue, text="Come | ha cominciato?")
    )
    cue = queries.cues_of(track)[1]
    visit(world.giulia).htmx_post(address("divide", track, cue_id=cue.id), seen=queries.seen(cue))

    assert [each.text for each in queries.cues_of(track)[:3]] == ["Come", "ha", "cominciato?"]


def test_a_row_is_joined_taken_out_and_brought_back(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    editor = visit(world.giulia)
    cue = queries.cues_of(track)[2]
    editor.post(address("join", track, cue_id=cue.id), seen=queries.seen(cue))
    assert len(queries.cues_of(track)) == 3
    reply = editor.htmx_post(
        address("remove", track, cue_id=cue.id), seen=queries.seen(queries.cues_of(track)[2])
    )
    assert reply.status_code == 200
    assert len(queries.cues_of(track)) == 2

    editor.post(address("undo", track))
    editor.htmx_post(address("undo", track))

    assert [cue.text for cue in queries.cues_of(track)][2:] == [
        "Gli apprendisti imparano in fretta.",
        "Poi esportano da soli.",
    ]
    assert editor.post(address("undo", track)).status_code == 303


def test_the_last_row_says_that_it_has_no_next(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    cue = queries.cues_of(track)[3]
    reply = visit(world.giulia).htmx_post(
        address("join", track, cue_id=cue.id), seen=queries.seen(cue)
    )

    assert "This is the last caption" in reply.text


def test_a_row_is_added(track: CaptionTrack, world: World, visit: Visiting) -> None:
    editor = visit(world.giulia)

    assert editor.post(address("add", track), starts="1:40", ends="1:39").status_code == 422
    reply = editor.post(
        address("add", track), starts="1:40", ends="1:42", speaker="Marta Colombo", text="Fine."
    )

    assert reply.status_code == 303
    assert queries.cues_of(track)[4].text == "Fine."


def test_captions_are_moved(track: CaptionTrack, world: World, visit: Visiting) -> None:
    editor = visit(world.giulia)

    assert editor.post(address("shift", track), by_ms="-5000").status_code == 422
    assert editor.post(address("shift", track), by_ms="x").status_code == 422
    assert editor.post(address("shift", track), by_ms="5", start="9").status_code == 422
    assert editor.post(address("shift", track), by_ms="500", start="3").status_code == 303
    assert [cue.starts_ms for cue in queries.cues_of(track)] == [1_000, 3_200, 83_500, 86_700]


def test_words_are_replaced_after_a_look(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    editor = visit(world.giulia)
    page = editor.get(address("preview_replacement", track, find="telaio", replacement="tornio"))
    assert "<del>telaio</del><ins>tornio</ins>" in page.text
    cue = queries.cues_of(track)[1]

    reply = editor.post(
        address("replace", track), find="telaio", replacement="tornio",
        cue=f"{cue.id}:{queries.seen(cue)}",
    )  # fmt: skip

    assert reply.status_code == 303
    assert queries.cues_of(track)[1].text == "Mio padre aveva un tornio."
    assert editor.get(address("preview_replacement", track)).status_code == 422


def test_a_translation_is_begun_filled_and_credited(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    editor = visit(world.giulia)
    assert editor.post(address("begin", track, language="es")).status_code == 303
    made = db.session.scalars(db.select(CaptionTrack).filter_by(language="es")).one()
    for cue in list(queries.cues_of(made)):
        editor.htmx_post(
            address("save", made, cue_id=cue.id),
            **fields(cue, text="Palabras."),
        )
    editor.post(address("credit", made), translator="Teresa Uribe")

    page = editor.get(url_for("captions.index", interview_id=made.interview_id, lang="en"))

    assert "Complete" in page.text
    assert "Translated by Teresa Uribe" in page.text


def test_nothing_is_translated_without_an_original(
    interview: Interview, world: World, visit: Visiting
) -> None:
    url = url_for("captions.begin", interview_id=interview.id, language="es", lang="en")

    assert visit(world.giulia).post(url).status_code == 409


def test_a_translation_is_marked_as_still_right(
    track: CaptionTrack, spanish: CaptionTrack, world: World, visit: Visiting
) -> None:
    cue = queries.cues_of(spanish)[0]
    cue.text = "¿Cómo empezó?"
    db.session.commit()
    assert queries.cues_of(spanish)[0].is_out_of_date

    reply = visit(world.giulia).htmx_post(
        address("confirm", spanish, cue_id=cue.id), seen=queries.seen(cue)
    )

    assert reply.status_code == 200
    assert not queries.cues_of(spanish)[0].is_out_of_date


def test_a_draft_is_one_until_somebody_went_through_it(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    track.is_draft = True
    editor = visit(world.giulia)
    assert "Nobody has gone through it yet" in editor.get(address("edit", track)).text

    editor.post(address("go_through", track))

    assert "Nobody has gone through it yet" not in editor.get(address("edit", track)).text


@pytest.mark.parametrize(
    "endpoint", ["save", "remove", "divide", "join", "confirm", "add", "shift", "replace", "undo",
                 "credit", "go_through", "begin", "take_in"],
)  # fmt: skip
def test_no_act_is_open_to_others(
    track: CaptionTrack, world: World, visit: Visiting, endpoint: str
) -> None:
    per_cue = endpoint in ("save", "remove", "divide", "join", "confirm")
    url = address(endpoint, track, **({"cue_id": first(track).id} if per_cue else {}))

    assert visit().post(url).status_code in (302, 303)
    assert visit(world.marta).post(url).status_code == 403
    assert len(queries.cues_of(track)) == 4


# Files


def test_a_file_is_taken_in_and_given_out(
    interview: Interview, world: World, visit: Visiting
) -> None:
    editor = visit(world.giulia)
    url = url_for("captions.take_in", interview_id=interview.id, language="it", lang="en")
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n<v Marta Colombo>R&amp;D <i>oggi</i>\n"

    reply = editor.post(url, file=(io.BytesIO(vtt.encode()), "x.vtt"))

    assert reply.status_code == 303
    given = editor.get(url_for("captions.give_out", interview_id=interview.id, language="it",
                               kind="vtt", lang="en"))  # fmt: skip
    assert given.mimetype == "text/vtt"
    assert given.text == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 line:0\n<v Marta Colombo>R&amp;D <i>oggi</i></v>\n"
    )
    srt = editor.get(given.request.path.replace(".vtt", ".srt"))
    assert srt.text == "1\n00:00:01,000 --> 00:00:02,000\nMarta Colombo: R&D <i>oggi</i>\n"


def test_every_mistake_of_a_file_is_told_and_nothing_is_lost(
    track: CaptionTrack, world: World, visit: Visiting
) -> None:
    pasted = "WEBVTT\n\n00:05.000 --> 00:04.000\nbene\n\nx --> y\nmale\n"

    reply = visit(world.giulia).post(address("take_in", track), pasted=pasted)

    assert reply.status_code == 422
    assert "Line 3" in reply.text
    assert "Line 6" in reply.text
    assert "00:05.000 --&gt; 00:04.000" in reply.text
    assert len(queries.cues_of(track)) == 4


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\xff\xfe", b"WEBVTT\n\n"])
def test_what_is_no_file_of_captions_is_refused(
    track: CaptionTrack, world: World, visit: Visiting, data: bytes
) -> None:
    reply = visit(world.giulia).post(address("take_in", track), file=(io.BytesIO(data), "x.vtt"))

    assert reply.status_code == 422


# What players load


def test_everyone_loads_the_captions_of_what_is_published(
    track: CaptionTrack, world: World, visit: Visiting, publish: Callable[[], None]
) -> None:
    url = url_for("captions.track", slug="il-telaio", language="it", lang="en")
    assert visit().get(url).status_code == 404
    assert visit(world.giulia).get(url).status_code == 200
    publish()

    reply = visit().get(url)

    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert reply.text.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Giulia Serra>")
    assert visit().get(url, headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


def test_nobody_loads_a_draft_or_what_is_withdrawn(
    track: CaptionTrack, interview: Interview, visit: Visiting, publish: Callable[[], None]
) -> None:
    url = url_for("captions.track", slug="il-telaio", language="it", lang="en")
    publish()
    track.is_draft = True
    assert visit().get(url).status_code == 404
    track.is_draft = False
    assert visit().get(url).status_code == 200

    interview.stage, interview.withdrawn_at = "withdrawn", NOON

    assert visit().get(url).status_code == 404
    assert visit().get(url.replace("/it.vtt", "/xx.vtt")).status_code == 404
