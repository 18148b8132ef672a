"""Conditions: "only if there is a plan", "not without planning", "the war must end before any deal"."""

from __future__ import annotations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from briefing.article import Span
from briefing.position.attitude import Attitude
from briefing.position.grammar import is_negated

MARKS = {"if", "unless", "until", "provided", "providing"}


def condition_of(attitude: Attitude, sentence: Tokens) -> Span | None:
    """The words of the condition that an attitude depends on, as characters; None where it depends on none."""
    for word in attitude.cue:
        for c in word.children:
            if c.dep_ in ("advcl", "prep") and (found := _conditional(c, word)) is not None:
                return found
    return None


def _conditional(clause: Token, word: Token) -> Span | None:
    if clause.dep_ == "advcl":
        mark = next((c for c in clause.children if c.dep_ in ("mark", "advmod") and c.lower_ in MARKS), None)
        if mark is None or (mark.lower_ == "until" and not is_negated(word)):
            return None
        return _chars(clause)
    if clause.lower_ == "without" and is_negated(word):
        return _chars(clause)
    return None


def _chars(head: Token) -> Span:
    words = head.doc[head.left_edge.i : head.right_edge.i + 1]
    return words.start_char, words.end_char
