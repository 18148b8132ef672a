"""Attitudes in nouns and adjectives: "her support for the plan", "critical of the plan"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, taken
from briefing.position.grammar import (
    complements,
    is_negated,
    lemma,
    negation,
    phrasal,
    possessors,
    subjects,
)
from briefing.position.predicate import evaluation
from briefing.position.reversal import outer
from briefing.position.vocabulary import FOR, classes, negated, vocabulary
from briefing.position.wish import demanded, wished

WORDS = vocabulary()
CLASSES = classes()
RECEIVING = CLASSES["receiving"]
EAGER = {"determined", "eager", "keen", "impatient"}
BACKING = {"support", "backing", "endorsement", "blessing", "approval", "praise"}


def of_noun(noun: Token) -> Iterator[Attitude]:
    yield from _noun_frames(noun)
    yield from evaluation(noun)


def _noun_frames(noun: Token) -> Iterator[Attitude]:
    """ "her support for the plan", "a critic of the plan", "drew criticism from the union"."""
    bare = lemma(noun)
    verb = noun.head if noun.dep_ == "dobj" else None
    received = _received(noun, verb)
    if received is not None:
        yield received
        return
    yield from _rescue(noun)
    yield from demanded(noun)
    for preposition, table in WORDS.noun.items():
        if bare not in table:
            continue
        heads = complements(noun, preposition)
        if not heads and verb is not None:
            heads = complements(verb, preposition)
        if heads and not (bare == "opposition" and noun.head.lower_ == "in"):
            side, over = outer(noun, negated(table[bare]) if is_negated(noun) else table[bare])
            yield taken((*over, *negation(noun), noun), _bearers(noun), heads, side)
            return


def _received(noun: Token, verb: Token | None) -> Attitude | None:
    """ "drew criticism from the union", "has the backing of the mayor": the stance of whoever is named last."""
    sides = [table[lemma(noun)] for table in WORDS.noun.values() if lemma(noun) in table]
    if verb is None or not sides or not {lemma(verb), phrasal(verb)} & RECEIVING:
        return None
    sources = complements(noun, "from") or complements(verb, "from")
    if not sources and lemma(noun) in BACKING:
        sources = complements(noun, "of")
    if not sources or is_negated(verb):
        return None
    return taken((verb, noun), sources, subjects(verb), sides[0])


def _rescue(noun: Token) -> Iterator[Attitude]:
    """ "jumped to the mayor's defence"."""
    to = noun.head
    if lemma(noun) in ("defense", "defence", "aid", "rescue") and noun.dep_ == "pobj" and to.lower_ == "to":
        helped = [c for c in noun.children if c.dep_ == "poss"]
        if to.head.pos_ == "VERB" and helped:
            yield taken((to.head, to, noun), subjects(to.head), helped, FOR)


def _bearers(noun: Token) -> list[Token]:
    """Whose a cue noun is; of "a critic of the plan" the one who is said to be it."""
    named = [c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return possessors(noun) or named


def _eager(adjective: Token) -> Iterator[Attitude]:
    """ "is determined to build the dam"."""
    verb = adjective.head
    clauses = [c for c in adjective.children if c.dep_ == "xcomp"]
    if lemma(adjective) not in EAGER or adjective.dep_ != "acomp" or not clauses or is_negated(verb):
        return
    targets, words = wished(clauses, FOR)
    if targets:
        yield Attitude(tuple(sorted({adjective, *words}, key=lambda t: t.i)), tuple(targets), tuple(subjects(verb)))


def of_adjective(adjective: Token) -> Iterator[Attitude]:
    yield from evaluation(adjective)
    yield from _eager(adjective)
    bare = lemma(adjective)
    top = adjective.head if adjective.dep_ == "conj" and adjective.head.pos_ == "ADJ" else adjective
    for preposition, table in WORDS.adjective.items():
        if bare in table and (heads := complements(adjective, preposition)):
            head = top.head
            if top.dep_ in ("acomp", "oprd", "attr", "ROOT") and head.pos_ in ("VERB", "AUX"):
                holders = subjects(head)
                side = negated(table[bare]) if is_negated(head) or is_negated(adjective) else table[bare]
                cue = (*negation(head), *negation(adjective), adjective)
            elif top.dep_ in ("amod", "acl", "relcl"):
                holders, side, cue = [head], table[bare], (adjective,)
            else:
                continue
            preposition_token = next(c for c in adjective.children if c.lower_ == preposition)
            yield taken((*cue, preposition_token), holders, heads, side)
            return
