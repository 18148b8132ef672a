"""Persons who speak together: what "Sens. Ana Field and Tom Lee" say is a group's statement, and each one's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.article import Span

if TYPE_CHECKING:
    from briefing.actor import Actor

OF_THEM = re.compile(r"\b(?:of|for|to|from|by|between|neither|against|with)\b", re.I)  # "supporters of Field and Lee"
JOINED = re.compile(r",? (?:and|&) ")
OWNER = ("'s", "’s")


def speakers_together(text: str, group: Actor, people: Sequence[Actor]) -> tuple[Actor, ...]:
    """The persons whom an article names as the speakers of a group's statements; none where it is no such group.

    Args:
        people: The article's actors, the group among them.
    """
    for mention in group.mentions:
        named = sorted(_named_in(text, mention, people), key=lambda pair: pair[0])
        if len({actor.name for _, actor in named}) > 1 and _are_all(text, mention, [span for span, _ in named]):
            return tuple(dict.fromkeys(actor for _, actor in named))
    return ()


def _named_in(text: str, mention: Span, people: Sequence[Actor]) -> Iterator[tuple[Span, Actor]]:
    for actor in people:
        if actor.kind == "person":
            for start, end in actor.mentions:
                if mention[0] <= start and end <= mention[1] and text[start].isupper():
                    yield (start, end), actor


def _are_all(text: str, mention: Span, names: Sequence[Span]) -> bool:
    """Is the mention made of the names, with titles before and what is said of each behind?"""
    owns = any(text.startswith(OWNER, end) for _, end in names)
    between = text[names[-2][1] : names[-1][0]]
    return not owns and not OF_THEM.search(text, mention[0], names[0][0]) and JOINED.search(between) is not None
