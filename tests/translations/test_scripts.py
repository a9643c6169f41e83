"""No script says a sentence of its own: what it shows, the page gives it."""

import re
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "static" / "js"
COMMENT = re.compile(r"^\s*//.*$|\s//\s.*$|/\*.*?\*/", re.MULTILINE | re.DOTALL)
LITERAL = re.compile(r"""(?<![\w/\\])(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`)""")
FILLED = re.compile(r"\$\{[^}]*\}")
SENTENCE = re.compile(r"^[A-ZÀ-Ú][a-zà-ú]+|[^\W\d_]{2,} [^\W\d_]{2,}")
SHOWN = re.compile(
    r"""(?:textContent|innerText|\.title|\.label|placeholder|ariaLabel|\.alt)\s*=\s*["'`]\s*[^\W\d_]"""
    r"""|setAttribute\(["'](?:aria-label|title|placeholder|alt)["'],\s*["'`]"""
)
FOR_MACHINES = {
    "Escape", "Enter", "Home", "End", "Page", "PageUp", "PageDown", "ArrowUp", "ArrowDown",
    "ArrowLeft", "ArrowRight", "Arrow", "Content-Type", "Expires", "Files", "MediaSource",
    "answer is-", "notice is-bad", "too late",
}  # fmt: skip
"""Names of keys, of headers, of what browsers have; classes; and an error that nobody sees."""


def sentences(script: str) -> set[str]:
    """The texts in a script that a person could read."""
    found = LITERAL.findall(COMMENT.sub("", script))
    texts = {FILLED.sub("", "".join(each)) for each in found}
    return {text for text in texts if SENTENCE.search(text)} - FOR_MACHINES


def test_no_script_says_a_sentence_that_cannot_be_translated():
    scripts = {path.name: path.read_text("utf-8") for path in SCRIPTS.rglob("*.js")}
    assert len(scripts) > 30

    assert {name: found for name, text in scripts.items() if (found := sentences(text))} == {}
    assert [name for name, text in scripts.items() if SHOWN.search(text)] == []


def test_a_script_that_forgets_to_translate_is_noticed():
    assert sentences('notice.append("Forgotten"); // "Said"') == {"Forgotten"}
    assert sentences("say(`${left} are left`)") == {" are left"}
    assert SHOWN.search("button.textContent = 'forgotten'")
