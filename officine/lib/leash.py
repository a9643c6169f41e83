"""Runs a program on a leash: gently, within limits, and no longer than whoever started it.

It is started as a script of its own (`python -I -S leash.py SECONDS BYTES PROGRAM …`) with a pipe
as its standard input. When the pipe closes, because the one who holds it let go or died, or when
the time is over, the program is killed. It only needs the standard library.
"""

import contextlib
import os
import resource
import select
import subprocess
import sys
import time

OVER_TIME = 124
LET_GO = 125
PATIENCE = 0.25


def main(arguments: list[str]) -> int:
    """Run the program; gives its code, `OVER_TIME` or `LET_GO`."""
    seconds, most_bytes, *command = arguments
    deadline = time.monotonic() + float(seconds)
    with contextlib.suppress(OSError):
        os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), int(most_bytes)))
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return program.wait(timeout=PATIENCE)
        held = select.select([sys.stdin], [], [], 0)[0] == [] or os.read(0, 1) != b""
        if held and time.monotonic() < deadline:
            continue
        program.kill()
        program.wait()
        return OVER_TIME if held else LET_GO


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
