"""The application served by the process of the tests, for browsers that are to see their rows."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import make_server


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which the application answers meanwhile."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()


def _whole(app: Flask) -> Any:
    """Each answer is read to its end before any of it is sent: a browser that goes away in the
    middle would leave the file open from which it is read.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        given = app(environ, start_response)
        try:
            return [b"".join(given)]
        finally:
            if hasattr(given, "close"):
                given.close()

    return answer
