"""The one command. In a checkout it first makes what is missing; once installed it just runs."""

import sys


def main() -> None:
    """Run `python3 -m officine …` or, once installed, `officine …`."""
    if sys.version_info < (3, 11):  # noqa: UP036 — here we meet whatever Python there is
        sys.exit("Officine needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

    from officine import setup

    setup.prepare(sys.argv[1:])

    from officine.cli import officine

    officine(prog_name="officine")


if __name__ == "__main__":
    main()
