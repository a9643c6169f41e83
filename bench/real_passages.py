"""Whether questions find real passages, posted through the forum's own commands.

    python bench/real_passages.py FOLDER [--passages 3000] [--questions 300] [--pages 60]

FOLDER holds `documents.jsonl` and `queries.jsonl`, and `pool.jsonl.gz` for what is missing to the
number of passages. In a database and an index of its own, a group is opened for each language and
each passage becomes a topic; the worker's code then feeds the index. Each question is asked as a
visitor who reads its language, first of the index and then, for a few, of the search page itself.
The table tells for each language how many passages stood first and how many among the first ten;
then the same for the few that were asked of the page, by the index and on the page.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.search import LANGUAGES, read_documents
from officine.app import create_app
from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core import worker
from officine.core.clock import now
from officine.core.config import Settings
from officine.core.db import Model, db
from officine.core.index.interface import Document, Query
from officine.core.index.keeping import the_index
from officine.models import Member, Post


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                data_dir=Path(folder),
                jobs_url="memory:",
                secret_key="only-for-this-bench-" * 2,
                log_level="error",
            )
        )
        with app.app_context():
            Model.metadata.create_all(db.engine)
            posts = _write(list(read_documents(options.folder, options.passages)))
            _index(len(posts))
            _ask(app, options, posts)


def _write(passages: list[Document]) -> dict[str, int]:
    """Post each passage as a topic; gives the post of each."""
    author = _author()
    homes = {
        language: groups.open_group(
            by=author, at=now(), language=language, name=f"Passages {language}",
            purpose="Real passages.", text="", sectors=(), visibility="public", joining="open",
        )
        for language in LANGUAGES
    }  # fmt: skip
    began, cpu = time.time(), time.process_time()
    posts = {}
    for number, passage in enumerate(passages):
        topic = forum.open_topic(
            homes[passage.language],
            by=author,
            title=passage.title[:160],
            text=passage.body[:20_000],
            language=passage.language,
            at=now() - timedelta(minutes=len(passages) - number),
        )
        posts[passage.id] = db.session.scalar(
            db.select(Post.id).filter_by(topic_id=topic.id, number=1)
        )
        if number % 100 == 99:
            db.session.commit()
    db.session.commit()
    print(
        f"{len(posts)} passages posted in {time.time() - began:.0f} s "
        f"({(time.process_time() - cpu) / len(posts) * 1000:.1f} ms of processor each)"
    )
    return posts


def _author() -> Member:
    moment = now()
    author = Member(
        handle="reader", name="A Reader", email="reader@example.org", password_hash="!",
        kind="entrepreneur", role="editor", interface_language="en", reads=LANGUAGES,
        profile_language="en", joined_at=moment, consented_at=moment, confirmed_at=moment,
        shown_to={},
    )  # fmt: skip
    db.session.add(author)
    db.session.flush()
    return author


def _index(number: int) -> None:
    began, cpu = time.time(), time.process_time()
    worker.work_through()
    print(
        f"events settled and {the_index().health().documents} documents indexed in "
        f"{time.time() - began:.0f} s ({(time.process_time() - cpu) / number * 1000:.1f} ms each)"
    )


def _ask(app, options: argparse.Namespace, posts: dict[str, int]) -> None:
    heads = ("questions", "first", "in ten", "of the few", "on page", "ms a page")
    print(" " * 12 + "".join(f"{head:>12}" for head in heads))
    for language in LANGUAGES:
        asked = [
            (question["text"], {f"post:{posts[id]}" for id in wanted})
            for question in _questions(options.folder, language)
            if (wanted := [id for id in question["relevant"] if id in posts and id[:2] == language])
        ]
        asked = random.Random(7).sample(asked, min(options.questions, len(asked)))
        ranks = [_rank(text, language, wanted) for text, wanted in asked]
        few = len(asked[: options.pages])
        client = app.test_client()
        began = time.process_time()
        on_page = [
            _is_on_page(client, text, language, wanted) for text, wanted in asked[: options.pages]
        ]
        spent = (time.process_time() - began) / max(1, len(on_page)) * 1000
        cells = (
            str(len(asked)),
            _share(rank == 1 for rank in ranks),
            _share(rank > 0 for rank in ranks),
            _share(rank > 0 for rank in ranks[:few]),
            _share(on_page),
            f"{spent:.0f}",
        )
        print(f"{language:12}" + "".join(f"{cell:>12}" for cell in cells))


def _rank(text: str, language: str, wanted: set[str]) -> int:
    query = Query(text=text, reads=(language,), audiences=frozenset({"public"}), limit=10)
    ids = [hit.id for hit in the_index().search(query).hits[:10]]
    return next((1 + place for place, id in enumerate(ids) if id in wanted), 0)


def _is_on_page(client, text: str, language: str, wanted: set[str]) -> bool:
    reply = client.get(
        f"/{language}/search",
        query_string={"q": text, "kind": "topic"},
        headers={"Accept-Language": language},
    )
    rows = re.findall(r'<li class="topic-row.*?</li>', reply.get_data(as_text=True), re.S)[:10]
    topics = {str(db.session.get(Post, int(id.split(":")[1])).topic_id) for id in wanted}
    return any(re.search(rf"/topics/({'|'.join(topics)})-", row) for row in rows)


def _share(values: Iterator[bool] | list[bool]) -> str:
    values = list(values)
    return f"{sum(values) / max(1, len(values)):.1%}"


def _questions(folder: Path, language: str) -> Iterator[dict]:
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["lang"] == language:
            yield question


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the passages and questions lie")
    parser.add_argument("--passages", type=int, default=3000)
    parser.add_argument("--questions", type=int, default=300, help="of each language")
    parser.add_argument("--pages", type=int, default=60, help="questions asked of the page as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
