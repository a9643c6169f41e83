"""The Python packages, in the checkout's own `.venv`, exactly those of the lock files."""

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from officine.setup.place import CHECKOUT, LOCKS, VENV, fingerprint, is_marked, set_mark
from officine.setup.say import SetupError, run, step

BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"

PIP_INSTALL = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
LOCKS_OF = {"run": ["run.txt"], "test": ["run.txt", "test.txt"]}


def install(purpose: str) -> None:
    """Make `.venv` if there is none, and install what `run` or `test` needs."""
    locks = [LOCKS / name for name in LOCKS_OF[purpose]]
    _make_venv()
    mark = fingerprint(locks)
    # What tests need holds all that a start needs.
    if is_marked(purpose, mark) or (purpose == "run" and _is_ready_for_tests()):
        return
    what = "Installing the packages" if purpose == "run" else "Installing the packages for tests"
    with step(what):
        install_lock(locks[-1])
    set_mark(purpose, mark)


def install_lock(lock: Path) -> None:
    """Install what a lock file names, each package checked against its hash."""
    target = ["--require-hashes", "--requirement", lock]
    try:
        quickly = [_uv(), "pip", "install", "--quiet", "--python", PYTHON, "--compile-bytecode"]
        run([*quickly, *target], otherwise="uv could not install the packages.")
    except SetupError as first:
        # uv keeps to its own settings; where pip knows a way to the packages, pip finds it.
        if not _has_pip():
            raise
        run([*PIP_INSTALL, *target], otherwise=f"{first}\nNor could pip.")


def continue_inside(arguments: list[str]) -> None:
    """Start again with the Python of `.venv`; a process that is already there goes on."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", "officine", *arguments])


def _make_venv() -> None:
    if PYTHON.exists() and is_marked("venv", _venv_mark()):
        return
    if not _works():
        with step("Making .venv"):
            _new_venv()
    _tell_where_officine_is()
    set_mark("venv", _venv_mark())


def _venv_mark() -> str:
    return fingerprint([VENV / "pyvenv.cfg"], str(CHECKOUT)) if VENV.is_dir() else ""


def _works() -> bool:
    """Whether `.venv` holds a Python that runs, is new enough, and can be installed into."""
    if not PYTHON.exists():
        return False
    ask = "import sys; sys.exit(sys.version_info < (3, 11))"
    answers = subprocess.run([PYTHON, "-c", ask], capture_output=True).returncode == 0
    return answers and (_has_pip() or shutil.which("uv") is not None)


def _new_venv() -> None:
    failed = "The folder .venv could not be made."
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        run([sys.executable, "-m", "venv", "--clear", VENV], otherwise=failed)
    elif uv := shutil.which("uv"):
        run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], otherwise=failed)
    else:
        raise SetupError(f"Python's venv module is not complete here. {_how_to_get_venv()}")


def _how_to_get_venv() -> str:
    if shutil.which("apt"):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        return f"Install it with:\n\n    apt install {package}\n"
    return "Install your system's package for it, or uv (https://docs.astral.sh/uv)."


def _tell_where_officine_is() -> None:
    # With this line Python finds the checkout from any folder, as if it were installed.
    folder = next((VENV / "lib").glob("python3*/site-packages"), None)
    if folder is None:
        folder = Path(sysconfig.get_path("purelib", vars={"base": str(VENV)}))
    (folder / "officine.pth").write_text(f"{CHECKOUT}\n", encoding="utf-8")


def _uv() -> Path:
    """The uv to install with: the system's, or a pinned one of our own."""
    if uv := shutil.which("uv"):
        return Path(uv)
    own = BIN / "uv"
    if not own.exists():
        run(
            [*PIP_INSTALL, "--require-hashes", "--requirement", LOCKS / "uv.txt"],
            otherwise="uv could not be installed.",
        )
    return own


def _has_pip() -> bool:
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def _is_ready_for_tests() -> bool:
    return is_marked("test", fingerprint(LOCKS / name for name in LOCKS_OF["test"]))
