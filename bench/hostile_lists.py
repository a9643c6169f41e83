"""Whether public lists of hostile texts stay harmless in what people write and ask.

    python bench/hostile_lists.py FOLDER

FOLDER holds `blns.json` (minimaxir/big-list-of-naughty-strings) and `h5sc-vectors.txt`
(cure53/H5SC). In a database of its own each text becomes the title and the words of a topic, an
answer that quotes it, and a question to every search, through the pages of the site; then every
page that shows one is opened in a browser that is told to ignore the site’s policy, which would
stop what ran. It tells how many were sent, and every crash, dialog, script error and request to
elsewhere.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from officine.app import create_app
from officine.core.config import Settings
from officine.core.db import Model, db
from officine.setup.browser import find_browser
from tests.served import served
from tests.visits import Visit
from tests.world import World

QUESTIONS = ("search", "groups", "people", "companies", "interviews", "events")
LONGEST = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    texts = _texts(parser.parse_args().folder)
    with tempfile.TemporaryDirectory() as folder:
        app = _app(Path(folder))
        answers, shown = _send(app, texts)
        print(f"{len(texts)} texts; answers by status: {dict(sorted(answers.items()))}")
        ran = _open(app, shown)
        print(f"{len(shown)} pages opened without the policy; what ran: {len(ran)}")
        for each in ran:
            print(f"  {each}")
        sys.exit(1 if ran or any(status >= 500 for status in answers) else 0)


def _texts(folder: Path) -> list[str]:
    """The texts of both lists, longer ones cut at what a form takes."""
    vectors = (folder / "h5sc-vectors.txt").read_text(encoding="utf-8")
    parts = re.split(r"<div id=\"\d+\">", vectors)[1:]
    naughty = json.loads((folder / "blns.json").read_text(encoding="utf-8"))
    return [text[:LONGEST] for text in (*naughty, *parts) if text.strip()]


def _app(folder: Path) -> Flask:
    app = create_app(
        Settings(
            data_dir=folder, jobs_url="memory:", secret_key="only-for-this-bench-" * 2,
            log_level="critical", demo=True,
        )
    )  # fmt: skip
    app.config.update(RATELIMIT_ENABLED=False)
    with app.app_context():
        Model.metadata.create_all(db.engine)
        World.created()
    return app


def _send(app: Flask, texts: list[str]) -> tuple[Counter[int], list[str]]:
    """Send each text by several forms; gives the answers by status, and which pages show them."""
    answers: Counter[int] = Counter()
    shown: set[str] = {"/it/groups/export-e-dogane"}
    with app.app_context():
        world = World.found()
        # A host’s messages wait for no editor, however hostile they look.
        marta = Visit(app, world.marta, {}).client
        token = re.search(r'data-token="([^"]+)"', marta.get("/it/").get_data(as_text=True))
        assert token is not None
        for text in texts:
            form = {"csrf_token": token[1], "title": text[:150], "text": text, "language": "it"}
            opened = marta.post("/it/groups/export-e-dogane/topics", data=form)
            answers[opened.status_code] += 1
            if opened.status_code == 303:
                path = urlsplit(opened.location).path
                shown.add(path)
                number = re.search(r"/topics/(\d+)", path)
                assert number is not None
                form = {"csrf_token": token[1], "text": f"> {text}\n\n{text}", "language": "it"}
                answered = marta.post(f"/it/topics/{number[1]}/posts", data=form)
                answers[answered.status_code] += 1
            for place in QUESTIONS:
                asked = marta.get(f"/it/{place}", query_string={"q": text[:2000]})
                answers[asked.status_code] += 1
    return answers, sorted(shown)


def _open(app: Flask, shown: list[str]) -> list[str]:
    """What runs, or asks elsewhere, when a browser without the policy opens the pages."""
    ran: list[str] = []
    with served(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(base_url=address, bypass_csp=True).new_page()
        page.on("dialog", lambda dialog: (ran.append(f"dialog at {page.url}"), dialog.dismiss()))
        page.on("pageerror", lambda error: ran.append(f"script error at {page.url}: {error}"))
        page.on(
            "request",
            lambda it: (
                None
                if it.url.startswith((address, "data:", "blob:"))
                else ran.append(f"{page.url} asks {it.url[:120]}")
            ),
        )
        for path in shown:
            page.goto(path)
            page.mouse.move(400, 500)
        browser.close()
    return ran


if __name__ == "__main__":
    main()
