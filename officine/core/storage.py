"""Files that people give us: kept by key, on disk or in S3-like storage."""

import mimetypes
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

import obstore
from flask import Blueprint, Flask, Response, abort, current_app
from obstore.store import LocalStore, from_url

from officine.core.config import file_path

files = Blueprint("files", __name__)

# What our own keys look like; a path that is none is nobody's file.
KEY = re.compile(r"(?:[\w-]+/){0,5}[\w-]+\.[a-z0-9]{2,5}")

# What features serve themselves, to whoever may have it at that moment.
PRIVATE = ("event-files/", "media/", "posts/", "release/", "sources/", "uploads/")

ONE_YEAR = 365 * 24 * 3600

LONGEST_RETRY = timedelta(seconds=20)
"""Whoever waits for a file of a store that does not answer hears of it after so long."""

PIECE = 1024 * 1024
"""As much of a file as is held in memory at a time."""

# Only what we make ourselves is shown in a page; anything else is a download.
SHOWN = {"image/webp", "image/png", "image/jpeg", "image/svg+xml", "image/avif"}


def open_store(url: str) -> Any:
    """The store that a setting names: ``file:///folder`` or ``s3://bucket``."""
    folder = file_path(url)
    if folder:
        return LocalStore(str(folder), mkdir=True)
    return from_url(url, retry_config={"max_retries": 3, "retry_timeout": LONGEST_RETRY})


def init_app(app: Flask, store: Any) -> None:
    """Serve what is stored under ``/files/``. Keys never change what they name."""
    app.extensions["officine.files"] = store
    app.jinja_env.filters["file_url"] = address
    app.register_blueprint(files)


def put(key: str, data: bytes) -> None:
    """Keep ``data`` under ``key``."""
    obstore.put(current_app.extensions["officine.files"], key, data)


def get(key: str) -> bytes | None:
    """What is kept under ``key``, or None."""
    try:
        return bytes(obstore.get(current_app.extensions["officine.files"], key).bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def delete(key: str) -> None:
    """Forget what is kept under ``key``; no matter if it is gone already."""
    try:
        obstore.delete(current_app.extensions["officine.files"], key)
    except FileNotFoundError:
        return


def address(key: str) -> str:
    """Where a page finds the file."""
    return f"/{key}" if key.startswith("media/") else f"/files/{key}"


@dataclass(frozen=True)
class Stored:
    """What the store says of a file without giving it."""

    size: int
    etag: str


def look(key: str) -> Stored | None:
    """How large a file is and by which mark it is known, or None."""
    try:
        told = obstore.head(current_app.extensions["officine.files"], key)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    mark = told["e_tag"] or f"{told['size']:x}-{told['last_modified'].timestamp():x}"
    return Stored(told["size"], str(mark).strip('"'))


def pieces(key: str, start: int, end: int) -> Iterator[bytes]:
    """A file from one byte up to, not including, another, a piece at a time."""
    store = current_app.extensions["officine.files"]
    return _pieces(store, key, start, end)


def _pieces(store: Any, key: str, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        piece = bytes(obstore.get_range(store, key, start=start, end=min(end, start + PIECE)))
        if not piece:
            return
        start += len(piece)
        yield piece


def put_file(key: str, path: Path) -> None:
    """Keep a file of any size under ``key`` and let the one at ``path`` go."""
    place = local_path(key)
    if place is None:
        # In parts, so that none of it has to fit into memory.
        obstore.put(current_app.extensions["officine.files"], key, path)
        path.unlink()
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    # On another disk a move is a copy: whoever looks meanwhile must not find half of it.
    arriving = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.move(path, arriving)
    os.replace(arriving, place)


def write_to(key: str, file: IO[bytes]) -> int:
    """Write what is kept under ``key`` into an open file; gives how many bytes it was, 0 when
    there is nothing.
    """
    found = look(key)
    if found is None:
        return 0
    for piece in pieces(key, 0, found.size):
        file.write(piece)
    return found.size


def local_path(key: str) -> Path | None:
    """Where the file lies, if files are kept on this machine’s disk."""
    store = current_app.extensions["officine.files"]
    if not isinstance(store, LocalStore) or store.prefix is None:
        return None
    return Path(store.prefix) / key


def keys_under(folder: str, before: datetime | None = None) -> list[str]:
    """The keys of all files of a folder; with ``before``, of those kept earlier than that."""
    store = current_app.extensions["officine.files"]
    return [
        each["path"]
        for batch in obstore.list(store, folder)
        for each in batch
        if before is None or each["last_modified"] < before
    ]


def delete_folder(folder: str) -> None:
    """Forget all that is kept in a folder."""
    for key in keys_under(folder):
        delete(key)
    place = local_path(folder)
    if place is not None and place.is_dir():
        shutil.rmtree(place, ignore_errors=True)


@files.get("/files/<path:key>")
def show(key: str) -> Response:
    if not KEY.fullmatch(key) or key.startswith(PRIVATE):
        abort(404)
    data = get(key)
    if data is None:
        abort(404)
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    response = Response(data, mimetype=kind)
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.cache_control.max_age = ONE_YEAR
    # A drawing could carry a script if someone opened it by itself.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    if kind not in SHOWN:
        response.headers["Content-Disposition"] = "attachment"
    return response
