"""What is said of an issue itself: "is a mistake", "called the terms delusional"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, taken
from briefing.position.frame import infinitive
from briefing.position.grammar import (
    COPULAS,
    complements,
    is_negated,
    lemma,
    negation,
    subjects,
)
from briefing.position.phrase import is_animate
from briefing.position.vocabulary import AGAINST, classes, negated, vocabulary

WORDS = vocabulary()
CLASSES = classes()
USEFUL = {"help", "work", "solve", "improve"}  # doubting any other deed is only a forecast
CALLING = CLASSES["calling"]
NOTHING = CLASSES["nothing"]


def calling(verb: Token) -> Iterator[Attitude]:
    """ "called the terms delusional", "described her as a hero"."""
    if lemma(verb) not in CALLING:
        return
    named = [c for c in verb.children if c.dep_ == "dobj"]
    said = [c for c in verb.children if c.dep_ in ("oprd", "acomp", "attr")] + named[1:]
    named = named[:1] or [c for word in said for c in word.children if word.pos_ == "ADJ" and c.dep_ == "compound"]
    said += complements(verb, "as")
    for clause in (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and not infinitive(c)):
        inside = [c for c in clause.children if c.dep_ == "nsubj"]
        if inside and clause.pos_ in ("NOUN", "ADJ", "PROPN"):
            named, said = named + inside, [*said, clause]
        elif clause.pos_ in ("NOUN", "ADJ"):
            said.append(clause)
    for word in said:
        if (side := _predicate_side(word)) is not None and named:
            yield taken((verb, word), subjects(verb), named, negated(side) if is_negated(verb) else side)


def complaint(verb: Token) -> Iterator[Attitude]:
    """ "complained that the board hides its debts", "doubted that the cap would help"."""
    doubted = lemma(verb) == "doubt"
    if (lemma(verb) not in CLASSES["complaining"] and not doubted) or is_negated(verb):
        return
    for clause in (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i):
        named = [c for c in clause.children if c.dep_ == "nsubj" and c.lower_ not in NOTHING]
        blamed = lemma(clause) in USEFUL if doubted else all(is_animate(c) for c in named)
        if named and blamed and not is_negated(clause):
            yield taken([verb], subjects(verb), named, AGAINST)


def evaluation(word: Token) -> Iterator[Attitude]:
    """ "The plan is a mistake": what the speaker says of the issue itself."""
    verb = word.head
    if word.dep_ not in ("attr", "acomp") or lemma(verb) not in COPULAS:
        return
    side = _predicate_side(word)
    named = [c for c in verb.children if c.dep_ in ("nsubj", "csubj")]
    if side is not None and named:
        side = negated(side) if is_negated(verb) or is_negated(word) else side
        heads = [c for c in named if c.lower_ not in NOTHING]
        if heads:
            found = taken((*negation(verb), word), (), heads, side)
            yield Attitude(found.cue, found.targets, (), own=True)


def _predicate_side(word: Token) -> int | None:
    """The side that a predicate takes by its own word or by an adjective on it ("a terrible idea")."""
    words = [word, *(c for c in word.children if c.dep_ in ("amod", "compound", "conj"))]
    return next((WORDS.predicate[lemma(w)] for w in words if lemma(w) in WORDS.predicate), None)
