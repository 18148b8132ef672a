"""An attitude: a cue, whose it is, what it is about and which side it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.position.frame import framed
from briefing.position.vocabulary import negated, vocabulary

WORDS = vocabulary()


@dataclass(frozen=True, slots=True)
class Target:
    """What an attitude is about: a noun, or the verb of a clause, with the side taken on it."""

    head: Token
    side: int


@dataclass(frozen=True, slots=True)
class Attitude:
    """A side taken on something.

    Attributes:
        cue: The words that show it, in text order.
        holders: Whose attitude it is.
        own: It is the speaker's ("The plan is a mistake"), and nobody is named as its holder.
        condition: The words of a condition that the construction itself states, first and last.
    """

    cue: tuple[Token, ...]
    targets: tuple[Target, ...]
    holders: tuple[Token, ...]
    own: bool = False
    condition: tuple[Token, ...] = ()


def taken(cue: Iterable[Token], holders: Iterable[Token], heads: Iterable[Token], side: int) -> Attitude:
    words = tuple(sorted(set(cue), key=lambda t: t.i))
    targets = [target for head in heads for target in _seen_through(head, negated(side) if _is_none(head) else side)]
    return Attitude(words, tuple(targets), tuple(holders))


def _seen_through(head: Token, side: int) -> list[Target]:
    """ "against demonizing migrants": the attitude is to the migrants."""
    inner = framed(head, WORDS.verb) if head.tag_ == "VBG" and head.pos_ == "VERB" else None
    if inner is None:
        return [Target(head, side)]
    return [Target(one, side * inner[0]) for one in inner[1]]


def _is_none(head: Token) -> bool:
    """ "the call for no witnesses"; the "no" of a verb's own object denies the verb already."""
    return head.dep_ == "pobj" and any(c.dep_ == "det" and c.lower_ == "no" for c in head.children)
