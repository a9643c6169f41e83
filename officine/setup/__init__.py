"""From a clean clone to a program that can run, with nothing but Python.

Everything here uses the standard library alone, up to the point where `.venv` holds the packages
and the process starts again inside it. Each step leaves a mark of what it was made from, and is
skipped while that stays the same.
"""

from officine.setup.place import in_checkout
from officine.setup.say import SetupError, give_up

BUILT_FOR = {"", "serve", "seed", "test", "assets"}
"""Commands that show pages, and so want scripts and styles; "" is the demo."""
TESTERS = {"test", "check", "locks", "translations"}
"""Commands that want the packages of those who work on Officine."""


def prepare(arguments: list[str]) -> None:
    """Make what this command needs. Does nothing in an installed package, where all is there."""
    if not in_checkout():
        return
    words = [word for word in arguments if not word.startswith("-")]
    only_asks = "--help" in arguments or "-h" in arguments or (arguments and not words)
    command = "help" if only_asks else "".join(words[:1])
    try:
        _prepare(command, arguments)
    except SetupError as error:
        give_up(str(error))
    except KeyboardInterrupt:
        give_up("Stopped.")


def _prepare(command: str, arguments: list[str]) -> None:
    from officine.setup import assets, catalogues, packages
    from officine.setup.place import one_at_a_time

    with one_at_a_time():
        packages.install("test" if command in TESTERS else "run")
        packages.continue_inside(arguments)
        catalogues.compile_all()
        if command in BUILT_FOR:
            assets.build(for_tests=command == "test")
