"""How much a run tries of what could be tried without end."""

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

THOROUGH = os.environ.get("OFFICINE_TEST_THOROUGH") == "1"
"""Whether this run takes its time: before a release, or when something seems to slip through."""


def share(things: Iterable[T], place: int) -> list[T]:
    """One thing in three, others for each place: every thing meets many places, every place many
    things. A thorough run lets everything meet everything.
    """
    things = list(things)
    return things if THOROUGH else things[place % 3 :: 3]
