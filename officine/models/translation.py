"""Texts that say the same in several languages: an original, and translations that may lag behind
it.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Written(Protocol):
    """What is read in one language."""

    @property
    def language(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def based_on(self) -> int: ...


Text = TypeVar("Text", bound=Written)
TextOf = TypeVar("TextOf", bound=Written, covariant=True)


class Told(Protocol[TextOf]):
    """What is told in several languages; ``language`` is the original’s."""

    @property
    def language(self) -> str: ...
    @property
    def texts(self) -> Sequence[TextOf]: ...


class Revised(Protocol):
    """An original whose revision rises with a large change."""

    @property
    def language(self) -> str: ...
    @property
    def revision(self) -> int: ...


def best_text(told: Told[Text], languages: Sequence[str]) -> Text | None:
    """What somebody who reads these languages, the dearest first, is shown: in the first of them,
    else the original, else whatever there is. None where nothing has a title.
    """
    known = {text.language: text for text in told.texts if text.title}
    for language in (*languages, told.language):
        if language in known:
            return known[language]
    return next(iter(known.values()), None)


def is_out_of_date(original: Revised, text: Written) -> bool:
    """Whether a translation says what the original said before a large change."""
    return text.language != original.language and text.based_on < original.revision
