"""Files that people give us: kept by key, on disk or in S3-like storage."""

import mimetypes
import re
from typing import Any

import obstore
from flask import Blueprint, Flask, Response, abort, current_app
from obstore.store import LocalStore, from_url

from officine.core.config import file_path

files = Blueprint("files", __name__)

# What our own keys look like; a path that is none is nobody's file.
KEY = re.compile(r"(?:[\w-]+/){0,5}[\w-]+\.[a-z0-9]{2,5}")

ONE_YEAR = 365 * 24 * 3600

# Only what we make ourselves is shown in a page; anything else is a download.
SHOWN = {"image/webp", "image/png", "image/jpeg", "image/svg+xml", "image/avif"}


def open_store(url: str) -> Any:
    """The store that a setting names: ``file:///folder`` or ``s3://bucket``."""
    folder = file_path(url)
    if folder:
        return LocalStore(str(folder), mkdir=True)
    return from_url(url)


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
    return f"/files/{key}"


@files.get("/files/<path:key>")
def show(key: str) -> Response:
    if not KEY.fullmatch(key):
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
