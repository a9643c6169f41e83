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
        _compile_quietly("whoosh")
    set_mark(purpose, mark)


def install_lock(lock: Path) -> None:
    """Install what a lock file names, each package checked against its hash."""
    target = ["--quiet", "--require-hashes", "--requirement", lock]
    try:
        run(
            [_uv(), "pip", "install", "--python", PYTHON, *target],
            otherwise="uv could not install the packages.",
        )
    except SetupError as first:
        # uv keeps to its own settings; where pip knows a way to the packages, pip finds it.
        _pip_install(target, otherwise=f"{first}\nNor could pip.")


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
        _refuse_without_installer()
        # Without pip, which takes seconds to install and is needed once, if at all.
        command = [sys.executable, "-m", "venv", "--without-pip", "--clear", VENV]
        run(command, otherwise="The folder .venv could not be made.")
    _tell_where_officine_is()
    set_mark("venv", _venv_mark())


def _venv_mark() -> str:
    return fingerprint([VENV / "pyvenv.cfg"], str(CHECKOUT)) if VENV.is_dir() else ""


def _works() -> bool:
    """Whether `.venv` holds a Python that runs, is new enough, and lives there."""
    if not PYTHON.exists():
        return False
    ask = "import os, sys; print(sys.version_info >= (3, 11), os.path.realpath(sys.prefix))"
    told = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True).stdout
    return told.strip() == f"True {VENV.resolve()}"


def _refuse_without_installer() -> None:
    if shutil.which("uv") or _pip_wheel():
        return
    raise SetupError(f"Python cannot install packages here. {_how_to_get_venv()}")


def _how_to_get_venv() -> str:
    if shutil.which("apt"):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        return f"What it needs is installed with:\n\n    apt install {package}\n"
    return "Install your system's package of Python's venv, or uv (https://docs.astral.sh/uv)."


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
        target = ["--quiet", "--require-hashes", "--requirement", LOCKS / "uv.txt"]
        _pip_install(target, otherwise="uv could not be installed.")
    return own


def _pip_install(target: list[object], *, otherwise: str) -> None:
    environ = {**os.environ}
    if not _has_pip():
        wheel = _pip_wheel()
        if wheel is None:
            raise SetupError(f"{otherwise} {_how_to_get_venv()}")
        environ["PYTHONPATH"] = str(wheel)
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *target]
    run(command, environ=environ, otherwise=otherwise)


def _has_pip() -> bool:
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def _pip_wheel() -> Path | None:
    """The pip that comes with Python, as the one file that it is, for whoever finds it runs it."""
    found = importlib.util.find_spec("ensurepip")
    if found is None or found.origin is None:
        return None
    folders = [Path(found.origin).parent / "_bundled"]
    if apart := sysconfig.get_config_var("WHEEL_PKG_DIR"):  # where Debian and Fedora keep it
        folders.append(Path(apart))
    return next((wheel for folder in folders for wheel in folder.glob("pip-*.whl")), None)


def _compile_quietly(package: str) -> None:
    # Old code that compiles with warnings, which nobody here can act on.
    folder = next((VENV / "lib").glob(f"python3*/site-packages/{package}"), None)
    if folder:
        command = [str(PYTHON), "-W", "ignore", "-m", "compileall", "-q", str(folder)]
        subprocess.run(command, capture_output=True)


def _is_ready_for_tests() -> bool:
    return is_marked("test", fingerprint(LOCKS / name for name in LOCKS_OF["test"]))
