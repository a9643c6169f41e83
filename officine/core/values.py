"""What a form or an address brings, without what no keyboard sends."""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import ImmutableMultiDict

from officine.lib.text import without_controls


class CleanValues(ImmutableMultiDict[str, Any]):
    """Fields and parameters without hidden controls: a NUL no database takes, an escape that
    changes a terminal, an override that turns a sentence around.
    """

    def __init__(self, mapping: Any = None) -> None:
        if isinstance(mapping, Mapping):
            mapping = [(name, each) for name, each in _pairs(mapping)]
        super().__init__([(_clean(name), _clean(value)) for name, value in mapping or ()])


def _pairs(mapping: Mapping[Any, Any]) -> Iterable[tuple[Any, Any]]:
    if isinstance(mapping, ImmutableMultiDict):
        return mapping.items(multi=True)
    return mapping.items()


def _clean(value: Any) -> Any:
    return without_controls(value) if isinstance(value, str) else value
