"""What somebody refuses to do, does wrong, or promises on a condition."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, Target, taken
from briefing.position.frame import framed
from briefing.position.grammar import (
    is_negated,
    lemma,
    negation,
    objects,
    subjects,
)
from briefing.position.vocabulary import AGAINST, FOR, classes, vocabulary
from briefing.position.wish import sense_of

WORDS = vocabulary()
CLASSES = classes()
WILL = {"will", "would", "wo", "'ll", "’ll", "shall"}
NOTHING = CLASSES["nothing"]


def refused_deed(verb: Token) -> Iterator[Attitude]:
    """ "will not have the Authority in Gaza", "would not establish ties": a deed that its doer will not do."""
    will = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in WILL), None)
    if will is None or not is_negated(verb) or lemma(verb) not in WORDS.begins or framed(verb, WORDS.verb) is not None:
        return
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own and (heads := [c for c in verb.children if c.dep_ == "dobj"]):
        yield taken((will, *negation(verb), verb), own, heads, AGAINST)


def refusal_to(verb: Token) -> Iterator[Attitude]:
    """ "refused to fund the dam": a deed refused whose verb is no stance by itself."""
    if lemma(verb) != "refuse":
        return
    for deed in (c for c in verb.children if c.dep_ == "xcomp"):
        if framed(deed, WORDS.verb) is None and lemma(deed) in WORDS.begins and not is_negated(verb):
            heads = sense_of(deed)[0] if objects(deed) else [deed]  # "refused to negotiate with him": the talks
            yield taken((verb, deed), subjects(verb), heads, AGAINST)


def wrong(verb: Token) -> Iterator[Attitude]:
    """ "The board has failed its patients": whoever says so blames the board."""
    doers = [c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in NOTHING]
    games = lemma(verb) == "play" and any(lemma(c) in ("game", "politic", "politics") for c in objects(verb))
    blamed = (lemma(verb) in WORDS.wrongs or games) and not is_negated(verb)
    if blamed and doers and verb.dep_ not in ("relcl", "xcomp"):
        found = taken([verb], (), doers, AGAINST)
        yield Attitude(found.cue, found.targets, (), own=True)


def promise(verb: Token) -> Iterator[Attitude]:
    """ "would keep a walkway if it wins": a deed on a condition."""
    will = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in WILL), None)
    supposed = next((c for c in verb.children if c.dep_ == "advcl" and any(g.lower_ == "if" for g in c.children)), None)
    if (
        will is None
        or supposed is None
        or is_negated(verb)
        or lemma(verb) not in WORDS.begins | {"keep", "give", "open"}
    ):
        return
    if framed(verb, WORDS.verb) is None and (heads := [c for c in verb.children if c.dep_ == "dobj"]):
        condition = (supposed.left_edge, supposed.right_edge)
        yield Attitude((will, verb), tuple(Target(h, FOR) for h in heads), tuple(subjects(verb)), condition=condition)
