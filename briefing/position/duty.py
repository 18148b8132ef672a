"""What a speaker says must or should be, and at what price."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude
from briefing.position.frame import infinitive
from briefing.position.grammar import (
    MUST,
    is_negated,
    lemma,
)
from briefing.position.vocabulary import AGAINST, FOR
from briefing.position.wish import is_consumed, wished


def due(verb: Token) -> Iterator[Attitude]:
    """ "The war must end": the speaker's wish."""
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in MUST), None)
    cues = [modal] if modal is not None else []
    clause = verb
    if modal is None and lemma(verb) in ("have", "need") and verb.pos_ == "VERB":
        inner = [c for c in verb.children if c.dep_ == "xcomp" and infinitive(c)]
        if not inner:
            return
        clause, cues = inner[0], [verb]
    elif modal is None:
        return
    if is_consumed(verb):
        return
    targets, words = wished([clause], AGAINST if clause != verb and is_negated(verb) else FOR)
    targets = [target for target in targets if target.head.pos_ not in ("VERB", "AUX")]
    if targets:
        yield Attitude(tuple(sorted({*cues, *words}, key=lambda t: t.i)), tuple(targets), (), own=True)
    yield from _price(clause, cues)


def _price(clause: Token, cues: list[Token]) -> Iterator[Attitude]:
    """ "must make peace if it wants to achieve ties": ties, on the condition of peace."""
    for supposed in (c for verb in (clause, *clause.children) for c in verb.children if c.dep_ == "advcl"):
        if lemma(supposed) not in ("want", "hope", "wish") or not any(c.lower_ == "if" for c in supposed.children):
            continue
        targets, _ = wished([c for c in supposed.children if c.dep_ == "xcomp"], FOR)
        if targets:
            price = [t for t in clause.doc[clause.i : supposed.left_edge.i] if t.is_alpha]
            if price:
                yield Attitude((*cues,), tuple(targets), (), own=True, condition=(cues[0], price[-1]))
