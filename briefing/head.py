"""The head of a phrase, told by its words alone: the last one before the first preposition."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PREPOSITION = re.compile(r"\s(?:of|for|to|in|on|with|over|against|between|from|by|about|toward|towards|into|that)\s")


def front_of(phrase: str) -> str:
    """What stands before the first preposition: of "levy on berths" the levy."""
    return _PREPOSITION.split(f"{phrase} ", maxsplit=1)[0].rstrip()


def head_of(phrase: str, words: Callable[[str], Sequence[str]]) -> str:
    """The last word of the phrase's front, "" where it has none.

    Args:
        words: Cuts a text into the words that count.
    """
    counted = words(front_of(phrase))
    return counted[-1] if counted else ""
