"""How often the spam score is wrong: on real texts, and on texts that want to sell.

    python bench/screening.py FOLDER [--passages 3000]

FOLDER holds `documents.jsonl`, and `pool.jsonl.gz` for what is missing to the number of passages.
Each real passage is scored as a message of somebody who has been here for long, of a newcomer, and
of a newcomer who ends with a link to their company: what reaches the threshold is a false alarm.
The texts in `bench/unwanted.py` are scored as a newcomer’s and as a member’s: what does not reach
it is missed. Nothing is written anywhere.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.search import LANGUAGES, read_documents
from bench.unwanted import CLEAN, UNWANTED
from officine.lib import spam
from officine.lib.markdown import render
from officine.models.screening import NUMBERS

THRESHOLD = NUMBERS["most_points"]
ESTABLISHED = spam.Writer(days=400, posts=60, reads=LANGUAGES)
NEWCOMER = spam.Writer(days=0, posts=0)
LINK = "\n\nLa nostra azienda: https://www.colombo-tessuti.example/azienda"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=3000)
    options = parser.parse_args()

    texts = [
        (each.language, f"{each.title}\n\n{each.body}")
        for each in read_documents(options.folder, options.passages)
    ]
    print(f"False alarms, of real passages (threshold {THRESHOLD})")
    for who, writer, added in (
        ("established member", ESTABLISHED, ""),
        ("newcomer", NEWCOMER, ""),
        ("newcomer with a link", NEWCOMER, LINK),
    ):
        _tell(who, [(language, text + added) for language, text in texts], writer)
    print("\nFalse alarms, of business messages written for this bench")
    for who, writer in (("established member", ESTABLISHED), ("newcomer", NEWCOMER)):
        _tell(who, CLEAN, writer)
    print("\nCaught, of unwanted messages")
    for who, writer in (("newcomer", NEWCOMER), ("established member", ESTABLISHED)):
        _tell(who, UNWANTED, writer)


def _tell(who: str, texts: list[tuple[str, str]], writer: spam.Writer) -> None:
    total, held, why = Counter[str](), Counter[str](), Counter[str]()
    for language, text in texts:
        signals = spam.score(text, render(text), writer, language=language, languages=LANGUAGES)
        total[language] += 1
        if spam.points(signals) >= THRESHOLD:
            held[language] += 1
            why.update(signal.name for signal in signals)
    rates = "  ".join(
        f"{code} {held[code]:4}/{total[code]:<5} {held[code] / (total[code] or 1):6.2%}"
        for code in LANGUAGES
    )
    print(f"  {who:22} {rates}  {dict(why.most_common(4)) or ''}")


if __name__ == "__main__":
    main()
