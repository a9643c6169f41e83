"""Two editors at the same row in the same moment."""

import threading
from collections.abc import Callable

from flask import Flask

from officine.blueprints.captions import queries
from officine.lib.captions import clock
from officine.models import CaptionTrack
from tests.captions.conftest import url_for
from tests.visits import Visit
from tests.world import World


def test_one_of_two_at_once_is_told(
    app: Flask, track: CaptionTrack, world: World, visit: Callable[..., Visit]
) -> None:
    cue = queries.cues_of(track)[0]
    url = url_for(
        "captions.save", interview_id=track.interview_id, language="it", cue_id=cue.id, lang="en"
    )
    typed = {
        "starts": clock(cue.starts_ms), "ends": clock(cue.ends_ms), "speaker": cue.speaker,
        "settings": "", "seen": queries.seen(cue),
    }  # fmt: skip
    editors = [visit(world.giulia), visit(world.beatriz)]
    tokens = [editor._csrf_token() for editor in editors]
    gate, codes = threading.Barrier(2), {}

    def save(number: int) -> None:
        gate.wait()
        reply = editors[number].client.post(
            url, data=typed | {"text": f"Di {number}."}, headers={"X-CSRFToken": tokens[number]}
        )
        codes[number] = reply.status_code

    threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes.values()) == [303, 409]
    winner = next(number for number, code in codes.items() if code == 303)
    assert queries.cues_of(track)[0].text == f"Di {winner}."
