"""How many of a list fit each of its filters: the numbers that stand beside them."""

from collections.abc import Sequence
from typing import Any


class Facets:
    """A list counted by each mix of what it can be filtered by.

    Each of ``rows`` has ``number`` and, under the name of each of ``filters``, a value or a tuple
    of values; ``wanted`` has under the same names what somebody asks for, or nothing.
    """

    def __init__(self, rows: Sequence[Any], wanted: Any, filters: Sequence[str]) -> None:
        self._rows = rows
        self._wanted = {name: _values(getattr(wanted, name)) for name in filters}

    @property
    def total(self) -> int:
        """How many fit all the filters."""
        return sum(row.number for row in self._rows if self._fits(row))

    def counts(self, name: str) -> dict[str, int]:
        """For each value of one filter, how many fit all the others."""
        counts: dict[str, int] = {}
        for row in self._rows:
            if self._fits(row, but=name):
                for value in _values(getattr(row, name)):
                    counts[value] = counts.get(value, 0) + row.number
        return counts

    def _fits(self, row: Any, but: str = "") -> bool:
        return all(
            name == but or not wanted or not set(wanted).isdisjoint(_values(getattr(row, name)))
            for name, wanted in self._wanted.items()
        )


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()
