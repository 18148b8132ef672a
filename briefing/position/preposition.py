"""Attitudes in prepositions: "against the levy", "in favour of the plan", "within reach"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, Target, taken
from briefing.position.grammar import (
    COPULAS,
    is_negated,
    lemma,
    negation,
    subjects,
)
from briefing.position.vocabulary import AGAINST, classes, negated, vocabulary

WORDS = vocabulary()
CLASSES = classes()
STANDING = CLASSES["standing"]
NOTHING = CLASSES["nothing"]


def of_preposition(preposition: Token) -> Iterator[Attitude]:
    """ "She is against the levy", "in favor of the plan"."""
    head = preposition.head
    heads = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    said = preposition.doc[preposition.i : heads[-1].i + 1] if heads else None
    if said is not None and said.text.lower() in WORDS.predicate and lemma(head) in COPULAS:
        named = [c for c in head.children if c.dep_ == "nsubj" and c.lower_ not in NOTHING]
        told = WORDS.predicate[said.text.lower()]
        yield Attitude(tuple(said), tuple(Target(c, told) for c in named), (), own=True)
        return
    side = WORDS.preposition.get(preposition.lower_)
    cue: list[Token] = [preposition]
    if side is None and heads:
        phrase = preposition.doc[preposition.i : preposition.i + 3]
        side = WORDS.preposition.get(phrase.text.lower())
        if side is None:
            return
        cue = list(phrase)
        heads = [
            g
            for c in heads[0].children
            if c.dep_ == "prep" and c in cue
            for g in c.children
            if g.dep_ in ("pobj", "pcomp")
        ]
    if side is None or not heads:
        return
    if head.pos_ in ("VERB", "AUX") and (lemma(head) in STANDING or len(cue) > 1):
        holders = subjects(head)
        side = negated(side) if is_negated(head) else side
        others = [
            c
            for c in head.children
            if c.i > head.i and c != preposition and c.dep_ in ("prep", "attr", "acomp", "dobj")
        ]
        if preposition.lower_ in ("for", "behind") and (lemma(head) not in ("be", "stand") or others):
            return
        yield taken((*negation(head), *cue), holders, heads, side)
    elif head.pos_ in ("NOUN", "PROPN") and head.dep_ == "pobj" and head.head.lower_ == "with" and len(cue) == 1:
        yield taken(cue, [head], heads, side)  # "with the mayor for it and the fleet against"
        for other in (c for c in head.children if c.dep_ == "conj"):
            against = other.doc[min(other.i + 1, len(other.doc) - 1)]
            if against.lower_ == "against" and not list(against.children):
                yield taken([against], [other], heads, AGAINST)
