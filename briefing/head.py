"""What a phrase's words alone tell: its head, the last one before the first preposition, and what sets it apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

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


SETTING_APART = frozenset("new old other first second next last former previous".split())


def set_apart(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two phrases of like words are told apart by an adjective alone ("study", "new study").

    Args:
        words, others: Each phrase's words in lower case.
    """
    differing = set(words) ^ set(others)
    return bool(differing) and differing <= SETTING_APART
