"""Attitudes in verbs: "backed the plan", "voted against it", and all that hangs on a verb."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, taken
from briefing.position.deed import promise, refusal_to, refused_deed, wrong
from briefing.position.duty import due
from briefing.position.frame import framed, is_due
from briefing.position.grammar import (
    complements,
    is_negated,
    lemma,
    negation,
    passive,
    subjects,
)
from briefing.position.predicate import calling, complaint
from briefing.position.reversal import outer
from briefing.position.vocabulary import AGAINST, FOR, OPEN, classes, negated, vocabulary
from briefing.position.wish import before, has_wished_clause, is_consumed, wish

WORDS = vocabulary()
CLASSES = classes()
SETTLED = {"oppose": AGAINST, "commit": FOR, "dedicate": FOR, "devote": FOR}


def of_verb(verb: Token) -> Iterator[Attitude]:
    wished = wish(verb)
    if wished is not None:
        yield wished
    elif has_wished_clause(verb):
        pass
    elif not is_consumed(verb):
        yield from _plain(verb)
    yield from calling(verb)
    yield from complaint(verb)
    yield from due(verb)
    yield from refused_deed(verb)
    yield from refusal_to(verb)
    yield from wrong(verb)
    yield from before(verb)
    yield from promise(verb)


def _plain(verb: Token) -> Iterator[Attitude]:
    """ "backed the plan", "voted against the plan", "was criticised by the union"."""
    settled = SETTLED.get(lemma(verb))
    if settled is not None and (passive(verb) or verb.dep_ == "acomp") and (heads := complements(verb, "to")):
        side = negated(settled) if is_negated(verb) or is_negated(verb.head) else settled
        above = verb.head if verb.dep_ == "acomp" else verb
        named = [c for c in above.children if c.dep_ in ("nsubjpass", "nsubj")]
        yield taken((*negation(verb), verb), named, heads, side)  # "is opposed to the tax"
        return
    found = framed(verb, WORDS.verb)
    if found is None or is_due(verb):
        return
    side, heads, cue = found
    if lemma(verb) == "threaten" and all(head.pos_ == "NOUN" and not head.ent_type_ for head in heads):
        side = FOR  # "threatened a strike"
    if lemma(verb) in CLASSES["granting"] and any(c.lower_ == "but" and c.i > verb.i for c in verb.children):
        side = OPEN
    side, over = outer(verb, negated(side) if is_negated(verb) else side)
    yield taken((*over, *negation(verb), *cue), subjects(verb), heads, side)
