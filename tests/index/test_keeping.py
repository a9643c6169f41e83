"""The index on disk: changes seen by others, rebuilt while it answers, healed when damaged."""

import errno
import gc
import multiprocessing
import os
import random
import signal
import threading
import time

import pytest

from officine.core.index import whoosh_engine
from officine.core.index.interface import IndexUnavailable, open_index
from tests.index.corpus import DOCUMENTS, document, query


@pytest.fixture
def url(tmp_path):
    return f"whoosh://{tmp_path}/search"


@pytest.fixture
def index(url):
    index = open_index(url)
    index.rebuild(DOCUMENTS)
    yield index
    index.close()
    gc.collect()  # a file left open is told of here, and not in somebody else's test


def found(index, text):
    return {hit.id for hit in index.search(query(text)).hits}


def test_before_the_first_build_the_index_says_that_it_is_missing(url):
    index = open_index(url)

    assert index.health().state == "missing"
    with pytest.raises(IndexUnavailable):
        index.search(query("dogana"))
    with pytest.raises(IndexUnavailable):
        index.write(DOCUMENTS)


def test_what_one_process_writes_another_finds_at_once(index, url):
    reader = open_index(url)
    assert found(reader, "tornio") == set()

    index.write([document("post:50", "Tornio")])
    assert found(reader, "tornio") == {"post:50"}

    index.write([], ["post:50"])
    assert found(reader, "tornio") == set()
    reader.close()


def test_an_open_index_outlives_its_reading_in_another_state(index, url):
    reader = open_index(url)
    for number in range(40):
        index.write([document(f"post:{number}", "Tornio", f"numero{number}")])
        assert found(reader, f"numero{number}") == {f"post:{number}"}
    assert len(found(reader, "tornio")) == 40
    reader.close()


def test_while_it_is_rebuilt_the_old_index_answers_and_then_the_new_one(index, url):
    reader = open_index(url)
    answers = []

    def documents():
        for each in [*DOCUMENTS, document("post:60", "Fresa")]:
            answers.append(found(reader, "dogana"))
            yield each

    index.rebuild(documents())

    assert answers == [{"post:1"}] * len(answers)
    assert found(reader, "fresa") == {"post:60"}
    reader.close()


def test_what_changed_during_a_rebuild_is_not_lost(index):
    changed = [document("post:1", "Cambiato", "trapano")]

    index.rebuild(DOCUMENTS, changed_meanwhile=lambda: (changed, ["post:2"]))

    assert found(index, "trapano") == {"post:1"}
    assert found(index, "dogana") == set()
    assert found(index, "export") == set()


def test_two_that_find_the_index_missing_make_it_once(url):
    index = open_index(url)
    index.rebuild(DOCUMENTS, only_if_missing=True)

    index.rebuild(iter(lambda: pytest.fail("nothing was missing"), None), only_if_missing=True)

    assert found(index, "dogana") == {"post:1"}
    index.close()


def test_what_was_read_first_is_not_written_last(index):
    """The worker’s threads read a post and write it; an edit may come in between."""
    post = {"words": "prima"}
    first_reads, edited = threading.Event(), threading.Event()

    def slowly():
        words = post["words"]
        first_reads.set()
        edited.wait(5)
        return [document("post:90", words)], []

    slow = threading.Thread(target=index.update, args=(slowly,))
    slow.start()
    first_reads.wait(5)
    quick = threading.Thread(
        target=index.update, args=(lambda: ([document("post:90", post["words"])], []),)
    )
    quick.start()
    post["words"] = "seconda"
    edited.set()
    slow.join()
    quick.join()

    assert found(index, "seconda") == {"post:90"}
    assert found(index, "prima") == set()


def test_a_rebuild_that_fails_leaves_the_old_index(index):
    def documents():
        yield DOCUMENTS[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.rebuild(documents())

    assert found(index, "export") == {"post:2"}
    index.rebuild(DOCUMENTS)
    assert len(os.listdir(index._place._path)) == len(["current", "index", "write", "rebuild"])


def test_an_index_made_by_another_analysis_is_not_read(index, url, monkeypatch):
    monkeypatch.setattr(whoosh_engine, "MARK", "1another")

    upgraded = open_index(url)

    assert upgraded.health().state == "missing"
    upgraded.rebuild(DOCUMENTS)
    assert found(upgraded, "dogana") == {"post:1"}
    upgraded.close()


def damage_by_cutting(folder):
    for file in folder.glob("index-*/*.seg"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def damage_by_noise(folder):
    noise = random.Random(1)
    for file in folder.glob("index-*/*.seg"):
        file.write_bytes(noise.randbytes(file.stat().st_size))


def damage_by_losing_segments(folder):
    for file in folder.glob("index-*/*.seg"):
        file.unlink()


def damage_by_losing_the_contents(folder):
    for file in folder.glob("index-*/*.toc"):
        file.unlink()


def damage_by_emptying_the_contents(folder):
    for file in folder.glob("index-*/*.toc"):
        file.write_bytes(b"")


def damage_by_losing_everything(folder):
    for file in sorted(folder.glob("index-*/*")):
        file.unlink()
    for each in folder.glob("index-*"):
        each.rmdir()


@pytest.mark.parametrize(
    "damage",
    [
        damage_by_cutting,
        damage_by_noise,
        damage_by_losing_segments,
        damage_by_losing_the_contents,
        damage_by_emptying_the_contents,
        damage_by_losing_everything,
    ],
)
def test_a_damaged_index_says_so_and_heals_by_a_rebuild(index, url, tmp_path, damage):
    damage(tmp_path / "search")
    fresh = open_index(url)

    with pytest.raises(IndexUnavailable):
        fresh.search(query("dogana"))
    with pytest.raises(IndexUnavailable):
        fresh.write([document("post:70")])
    assert not fresh.health().is_ready

    fresh.rebuild(DOCUMENTS)
    assert found(fresh, "dogana") == {"post:1"}
    assert fresh.health().is_ready
    fresh.close()


def test_a_pointer_to_nowhere_heals_too(index, url, tmp_path):
    (tmp_path / "search" / f"current-{whoosh_engine.MARK}").write_text("index-gone")

    assert not open_index(url).health().is_ready


def _write_for_ever(url):
    index = open_index(url)
    for number in range(100_000):
        index.write(
            [document(f"pair:{number}:a", "Gemello"), document(f"pair:{number}:b", "Gemello")]
        )


def test_a_writer_killed_at_any_moment_leaves_whole_batches(index, url):
    spawn = multiprocessing.get_context("spawn")
    for wait in (0.05, 0.11, 0.17):
        writer = spawn.Process(target=_write_for_ever, args=(url,), daemon=True)
        before = index.health().documents
        writer.start()
        limit = time.monotonic() + 20
        while index.health().documents == before and time.monotonic() < limit:
            time.sleep(0.01)
        time.sleep(wait)
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()

        twins = found(index, "gemello")
        assert twins
        assert {id[:-1] + "b" for id in twins} == {id[:-1] + "b" for id in twins if id[-1] == "a"}
        assert index.health().is_ready
        index.write([document("post:80", "Dopo la caduta")])
        assert found(index, "caduta") == {"post:80"}


def test_running_out_of_file_handles_is_no_damage(index, url, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EMFILE, "Too many open files")

    fresh = open_index(url)
    with monkeypatch.context() as patched:
        patched.setattr(whoosh_engine.FileIndex, "reader", refuse)
        with pytest.raises(IndexUnavailable):
            fresh.search(query("dogana"))

    assert found(fresh, "dogana") == {"post:1"}
    fresh.close()
