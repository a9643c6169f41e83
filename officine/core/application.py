"""The application: Flask, except that it keeps what each page would put together anew.

A page names some sixty addresses and takes in some thirty templates. Neither changes while the
application runs.
"""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment

from officine.core.i18n import current_language

KEPT_ADDRESSES = 5000

Values = tuple[tuple[str, Any], ...]


class Templates(Environment):
    """Templates that share one set of globals, instead of a chain of two for each."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Globals of a template’s own are only chained before the shared ones where it has any."""
        return super().make_globals(d) if d else self.globals


class Application(Flask):
    """Flask, with templates and addresses that are kept."""

    jinja_environment = Templates

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As many templates as there are: a cache that forgets some looks through all it has each
        # time one is asked for.
        self.jinja_options = {"cache_size": -1}
        self._kept_address = lru_cache(maxsize=KEPT_ADDRESSES)(self._address)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address of a page of this site, as Flask builds it."""
        if not has_request_context() or not _are_plain(values):
            return super().url_for(endpoint, **values)
        if endpoint.startswith("."):
            endpoint = f"{request.blueprint or ''}{endpoint}".lstrip(".")
        return self._kept_address(
            endpoint, current_language(), request.script_root, tuple(values.items())
        )

    def _address(self, endpoint: str, _language: str, _script_root: str, values: Values) -> str:
        return super().url_for(endpoint, **dict(values))


def _are_plain(values: dict[str, Any]) -> bool:
    """Whether an address depends on nothing else than what is equal to these values."""
    return all(
        type(value) in (str, int) and (name[0] != "_" or name == "_anchor")
        for name, value in values.items()
    )
