"""The frame that a verb stands in: by which of its complements it names an issue, and which side that takes."""

from __future__ import annotations

from spacy.tokens import Token

from briefing.position.grammar import (
    MUST,
    complements,
    lemma,
    objects,
    particle,
    phrasal,
)
from briefing.position.vocabulary import AGAINST, Frames, vocabulary

WORDS = vocabulary()


def framed(verb: Token, table: Frames) -> tuple[int, list[Token], list[Token]] | None:
    """The side, what it is on and the cue's words, for the frame of the vocabulary that the verb stands in."""
    full, bare, part = phrasal(verb), lemma(verb), particle(verb)
    own = [verb, part] if part is not None else [verb]
    for child in verb.children:
        if child.dep_ in ("prep", "prt", "advmod") and child.lower_ in table:
            for key in (full, bare):
                heads = [c for c in complements(verb, child.lower_) if c.ent_type_ not in ("DATE", "TIME")]
                if key in table[child.lower_] and heads:
                    return table[child.lower_][key], heads, [*own, child]
    if bare == "blame" and (blamed := complements(verb, "on")):
        return AGAINST, blamed, own
    key = full if full in table["object"] or part is not None else bare
    if key in table["object"] and (heads := objects(verb)):
        return table["object"][key], heads, own
    if key in table["object"] and (clauses := [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"]):
        return table["object"][key], clauses, own
    return None


def infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_due(verb: Token) -> bool:
    """Whether a verb, or the one that it is joined to, stands under "must" or "should"."""
    if any(c.dep_ == "aux" and c.lower_ in MUST for c in verb.children):
        return True
    joined = verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return joined and verb.head.pos_ in ("VERB", "AUX") and is_due(verb.head)
