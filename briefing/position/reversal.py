"""What stands over a cue and turns its side: "refused to", "stopped short of", "dropped her", "did not say that"."""

from __future__ import annotations

from spacy.tokens import Token

from briefing.position.frame import infinitive
from briefing.position.grammar import (
    is_negated,
    lemma,
    negation,
    particle,
    phrasal,
)
from briefing.position.vocabulary import OPEN, classes, negated, turned, vocabulary

WORDS = vocabulary()
CLASSES = classes()
HELD = CLASSES["held"]
SAYING = CLASSES["saying"]
REFRAINING = {"refrain", "back", "shy", "step", "stop", "abstain", "hold"}
PASSED = ("xcomp", "ccomp", "dobj", "acl", "acomp", "prep", "nsubjpass")


def outer(word: Token, side: int) -> tuple[int, list[Token]]:
    """What stands over a cue and turns it: "refused to", "stopped short of", "dropped her", "did not say that".

    A turn that is itself denied or refused is taken back ("refused to withdraw her demand").
    """
    over: list[Token] = []
    before = side
    token = word
    for _ in range(5):
        step, head, between = _step(token)
        if head is None or (step == "dobj" and word.pos_ != "NOUN") or (step == "acl" and not infinitive(token)):
            break
        words = {phrasal(head), lemma(head)}
        own = [*negation(head), head, *([p] if (p := particle(head)) is not None else []), *between]
        if step == "short":
            return OPEN, [*over, *own]
        if step == "ccomp":
            if (words & SAYING and is_negated(head)) or words & {"deny", "doubt"}:
                return OPEN, [*over, *own]
            break
        turning = (words & WORDS.turning and (step != "dobj" or words & HELD)) or lemma(head) == "refusal"
        if turning:
            taken_back = side != before or is_negated(head)
            side, before = (before if taken_back else turned(side, bool(words & HELD))), side
            over += own
        elif words & WORDS.falling_short:
            side, over = OPEN, over + own
        elif is_negated(head) and step in ("xcomp", "dobj", "acomp"):
            side, before = (before if side != before else negated(side)), side
            over += own
        token = head
    return side, over


def _step(token: Token) -> tuple[str, Token | None, list[Token]]:
    """How a word hangs on the word above it that may turn it, that word, and what joins them; None at the end."""
    head, step, between = token.head, token.dep_, []
    if head == token:
        return step, None, []
    if step in ("pcomp", "pobj") and head.dep_ == "prep":
        if head.head.lower_ == "short":
            return "short", head.head.head, [head.head, head]
        if head.lower_ == "from" and lemma(head.head) in REFRAINING:
            return "short", head.head, [head]
        if head.lower_ not in ("of", "from", "on") or token.pos_ != "VERB":
            return step, None, []
        head, step, between = head.head, "xcomp", [head]
    if step not in PASSED or head.pos_ not in ("VERB", "AUX", "NOUN", "ADJ"):
        return step, None, []
    return step, head, between
