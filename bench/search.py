"""How well and how fast the search index answers.

    python bench/search.py FOLDER [--documents 10000] [--questions 400]

FOLDER holds `documents.jsonl`, `queries.jsonl` and, for more documents than the first has,
`pool.jsonl.gz`: paragraphs with questions that each belong to some of them. A question counts
as answered where a paragraph of its own language stands among the first ten hits. For each
language the table gives MRR@10 (1 if that paragraph is the first, ½ if second, 0 beyond ten)
and recall@10, and processor milliseconds for each question.
"""

import argparse
import gzip
import json
import random
import resource
import statistics
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from officine.core.index.interface import Document, Query, SearchIndex, open_index

LANGUAGES = ("it", "en", "es")


def main() -> None:
    options = _options()
    documents = list(read_documents(options.folder, options.documents))
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(f"whoosh://{folder}/index")
        began = time.process_time()
        index.rebuild(documents)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(
            f"{len(documents)} documents: {time.process_time() - began:.1f} s of processor, "
            f"{size / 1e6:.0f} MB on disk"
        )
        questions = [json.loads(line) for line in _lines(options.folder / "queries.jsonl")]
        print(f"{'':34}{'   '.join(f'{language} MRR recall' for language in LANGUAGES)}     ms p99")
        for name, reads, prepare in (
            ("reads the question’s language", lambda lang: (lang,), str),
            ("reads all three", lambda _: LANGUAGES, str),
            ("reads all three, no accents typed", lambda _: LANGUAGES, _without_accents),
        ):
            _evaluate(index, name, questions, options.questions, reads, prepare)
        _time_writes(index, documents)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"highest memory of this process: {peak / 1024:.0f} MB")


def _evaluate(
    index: SearchIndex,
    name: str,
    questions: list[dict],
    number: int,
    reads: Callable[[str], tuple[str, ...]],
    prepare: Callable[[str], str],
) -> None:
    cells, times, found = [], [], []
    for language in LANGUAGES:
        ranks = []
        for question in [each for each in questions if each["lang"] == language][:number]:
            query = Query(
                text=prepare(question["text"]),
                reads=reads(language),
                audiences=frozenset({"public"}),
            )
            began = time.process_time()
            hits = index.search(query)
            times.append((time.process_time() - began) * 1000)
            found.append(sum(hits.totals.values()))
            wanted = {id for id in question["relevant"] if id.startswith(f"{language}-")}
            first = [hit.id for hit in hits.hits[:10]]
            ranks.append(next((1 + n for n, id in enumerate(first) if id in wanted), 0))
        mrr = statistics.mean(1 / rank if rank else 0 for rank in ranks)
        recall = statistics.mean(bool(rank) for rank in ranks)
        cells.append(f"   {mrr:.3f}  {recall:.3f}")
    p99 = sorted(times)[int(len(times) * 0.99)]
    print(
        f"{name:34}{'  '.join(cells)}   {statistics.median(times):5.1f} {p99:5.1f}"
        f"   median hits {statistics.median(found):.0f}"
    )


def _time_writes(index: SearchIndex, documents: list[Document]) -> None:
    times, reading = [], []
    query = Query(text="company customers", reads=LANGUAGES, audiences=frozenset({"public"}))
    for document in documents[:50]:
        began = time.process_time()
        index.write([document])
        times.append((time.process_time() - began) * 1000)
        began = time.process_time()
        index.search(query)
        reading.append((time.process_time() - began) * 1000)
    print(
        f"a post written: {statistics.median(times):.0f} ms; "
        f"a search right after it: {statistics.median(reading):.0f} ms"
    )


def read_documents(folder: Path, number: int) -> Iterator[Document]:
    """The passages, as topics that everyone may read."""
    for line in _lines(folder / "documents.jsonl"):
        row = json.loads(line)
        number -= 1
        yield _document(row["id"], row)
    if number > 0:
        with gzip.open(folder / "pool.jsonl.gz", "rt", encoding="utf-8") as lines:
            pool = [json.loads(line) for line in lines]
        for position, row in enumerate(random.Random(7).sample(pool, min(number, len(pool)))):
            yield _document(f"pool-{position}", row)


def _document(id: str, row: dict) -> Document:
    return Document(
        id=id,
        kind="topic",
        language=row["lang"],
        title=row["title"],
        body=row["text"],
        audience="public",
    )


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the passages and questions lie")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=400, help="of each language")
    return parser.parse_args()


if __name__ == "__main__":
    main()
