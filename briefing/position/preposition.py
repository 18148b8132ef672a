"""Attitudes in prepositions: "against the levy", "in favour of the plan", "within reach"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, Target, taken
from briefing.position.grammar import COPULAS, is_negated, lemma, negation, subjects
from briefing.position.vocabulary import AGAINST, classes, negated, vocabulary

WORDS = vocabulary()
CLASSES = classes()
STANDING = CLASSES["standing"]
NOTHING = CLASSES["nothing"]


def of_preposition(preposition: Token) -> Iterator[Attitude]:
    """ "She is against the levy", "in favor of the plan"."""
    if (predicate := _predicate(preposition)) is not None:
        yield predicate
        return
    found = _sided(preposition)
    if found is None:
        return
    side, cue, heads = found
    head = preposition.head
    if head.pos_ in ("VERB", "AUX") and (lemma(head) in STANDING or len(cue) > 1):
        yield from _stood(preposition, cue, heads, side)
    elif head.pos_ in ("NOUN", "PROPN") and head.dep_ == "pobj" and head.head.lower_ == "with" and len(cue) == 1:
        yield from _parted(preposition, heads, side)


def _predicate(preposition: Token) -> Attitude | None:
    """ "The plan is out of the question": what is said of an issue itself."""
    head, governed = preposition.head, _governed(preposition)
    if not governed or lemma(head) not in COPULAS:
        return None
    said = preposition.doc[preposition.i : governed[-1].i + 1]
    side = WORDS.predicate.get(said.text.lower())
    if side is None:
        return None
    named = [c for c in head.children if c.dep_ == "nsubj" and c.lower_ not in NOTHING]
    return Attitude(tuple(said), tuple(Target(c, side) for c in named), (), own=True)


def _sided(preposition: Token) -> tuple[int, list[Token], list[Token]] | None:
    """The side that it takes alone or in a phrase of three words, those words, and what they govern."""
    governed = _governed(preposition)
    if not governed:
        return None
    side = WORDS.preposition.get(preposition.lower_)
    if side is not None:
        return side, [preposition], governed
    phrase = preposition.doc[preposition.i : preposition.i + 3]
    side, cue = WORDS.preposition.get(phrase.text.lower()), list(phrase)
    heads = [inner for c in governed[0].children if c.dep_ == "prep" and c in cue for inner in _governed(c)]
    return (side, cue, heads) if side is not None and heads else None


def _governed(preposition: Token) -> list[Token]:
    return [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]


def _stood(preposition: Token, cue: list[Token], heads: list[Token], side: int) -> Iterator[Attitude]:
    """ "She stands behind the plan": the side of the verb's subject."""
    verb = preposition.head
    others = [
        c for c in verb.children if c.i > verb.i and c != preposition and c.dep_ in ("prep", "attr", "acomp", "dobj")
    ]
    if preposition.lower_ in ("for", "behind") and (lemma(verb) not in ("be", "stand") or others):
        return
    yield taken((*negation(verb), *cue), subjects(verb), heads, negated(side) if is_negated(verb) else side)


def _parted(preposition: Token, heads: list[Token], side: int) -> Iterator[Attitude]:
    """ "With the mayor for it and the fleet against"."""
    holder = preposition.head
    yield taken([preposition], [holder], heads, side)
    for other in (c for c in holder.children if c.dep_ == "conj"):
        against = other.doc[min(other.i + 1, len(other.doc) - 1)]
        if against.lower_ == "against" and not list(against.children):
            yield taken([against], [other], heads, AGAINST)
