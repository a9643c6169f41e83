"""Built styles, scripts, fonts and icons, by the names that carry their content's hash."""

import json
import mimetypes
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from markupsafe import Markup, escape

ONE_YEAR = 365 * 24 * 3600


class AssetsMissing(Exception):
    """The assets were not built yet."""


def init_app(app: Flask, folder: Path) -> None:
    """Let templates name assets; serve them, to be kept for good."""
    app.jinja_env.globals.update(asset=lambda name: asset(folder, name), icon=_icon(folder))

    @app.get("/static/dist/<path:name>", endpoint="dist")
    def dist(name: str) -> Response:
        response = _file(folder, name)
        response.cache_control.public = True
        response.cache_control.immutable = True
        response.cache_control.no_cache = None
        return response


def built(folder: Path, name: str) -> Response:
    """A built file, to be given under another address than its own, and asked for each time."""
    response = _file(folder, asset(folder, name).rsplit("/", 1)[1])
    response.headers["Cache-Control"] = "no-cache"
    return response


# What the build wrote beside each text, smallest first.
COMPRESSED = {"br": ".br", "gzip": ".gz"}


def _file(folder: Path, name: str) -> Response:
    """A built file, in the smallest form that the browser takes."""
    for encoding, ending in COMPRESSED.items():
        if request.accept_encodings.find(encoding) >= 0 and (folder / f"{name}{ending}").is_file():
            kind = mimetypes.guess_type(name)[0]
            response = send_from_directory(
                folder, f"{name}{ending}", mimetype=kind, max_age=ONE_YEAR
            )
            response.headers["Content-Encoding"] = encoding
            break
    else:
        response = send_from_directory(folder, name, max_age=ONE_YEAR)
    response.vary.add("Accept-Encoding")
    return response


def asset(folder: Path, name: str) -> str:
    """The address of a built file, by its plain name."""
    names = _manifest(folder / "manifest.json")
    if name not in names:
        raise AssetsMissing(f"{name} is not built: run `python3 -m officine assets`")
    return f"/static/dist/{names[name]}"


def _icon(folder: Path):  # type: ignore[no-untyped-def]
    @cache
    def icon(name: str) -> Markup:
        """A picture for the eyes only; the word stands beside it."""
        return Markup(
            '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
        ).format(asset(folder, "icons.svg"), escape(name))

    return icon


@cache
def _manifest(path: Path) -> dict[str, str]:
    if not path.is_file():
        raise AssetsMissing("the assets are not built: run `python3 -m officine assets`")
    return dict(json.loads(path.read_text(encoding="utf-8")))
