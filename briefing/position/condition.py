"""Conditions: "only if there is a plan", "not without planning", "an interest, but the war must end"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from briefing.article import Span
from briefing.position.attitude import Attitude
from briefing.position.grammar import MUST, clause_of, is_negated, lemma, negation
from briefing.position.vocabulary import FOR

MARKS = {"if", "unless", "until", "provided", "providing", "once"}
AFTER_ONLY = {"if", "when", "after", "once", "with", "in", "on", "as"}
LOOSE = {"reach", "possible"}  # no support by themselves
TENTATIVE = {"interest", "open", "ready", "willing", "possible", "reach", "interested", "receptive"}
FIRST = {"first", "before"}


def condition_of(attitude: Attitude, sentence: Tokens) -> Span | None:
    """The words of the condition that an attitude depends on, as characters; None where it depends on none."""
    if attitude.condition:
        first, last = attitude.condition
        return first.idx, last.idx + len(last)
    if any(word.lower_ in MUST for word in attitude.cue):
        return None
    wanted = any(target.side == FOR for target in attitude.targets)
    if wanted and (only := _only(attitude, sentence)) is not None:
        return only
    for word in dict.fromkeys((*attitude.cue, clause_of(attitude.cue[-1]))):
        for c in word.children:
            if c.dep_ in ("advcl", "prep") and (found := _conditional(c, word)) is not None:
                return found
    if any(lemma(word) in TENTATIVE for word in attitude.cue) and wanted:
        return _reservation(attitude, sentence)
    return None


def _only(attitude: Attitude, sentence: Tokens) -> Span | None:
    """ "only if", "only after" and the rest of the clause."""
    for token in sentence:
        after = token.doc[min(token.i + 1, len(token.doc) - 1)]
        if token.lower_ != "only" or token.i < attitude.cue[0].i or after.lower_ not in AFTER_ONLY:
            continue
        if token.nbor(-1).lower_ == "but" or _hangs_on(token, clause_of(attitude.cue[-1])):
            return _until_clause_ends(token, sentence)
    return None


def _hangs_on(only: Token, clause: Token) -> bool:
    """Whether "only" belongs to a clause and not to another beside it or within it."""
    verb = clause_of(only)
    while verb != clause and not verb.is_ancestor(clause):
        joined = verb.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in verb.children)
        if not joined and verb.dep_ not in ("advcl", "prep", "pcomp", "xcomp"):
            return False
        verb = clause_of(verb.head)
    return True


def _conditional(clause: Token, word: Token) -> Span | None:
    if clause.dep_ == "advcl":
        mark = next((c for c in clause.children if c.dep_ in ("mark", "advmod") and c.lower_ in MARKS), None)
        if mark is None or (mark.lower_ == "until" and not is_negated(word)) or mark.i > clause.i:
            return None
        return _chars(clause)
    if clause.lower_ == "without" and is_negated(word):
        start, end = _chars(clause)
        denied = (*negation(word), *(c for c in word.children if c.dep_ == "aux"))
        return min([start, *(t.idx for t in denied)]), end  # "without planning" alone reads as the reverse
    return None


def _reservation(attitude: Attitude, sentence: Tokens) -> Span | None:
    """ "..., but the war must end first": what is demanded after a "but"."""
    but = next((t for t in sentence if t.lower_ == "but" and t.i > attitude.cue[-1].i), None)
    if but is None:
        return None
    rest = list(_rest(but, sentence))
    words = {t.lower_ for t in rest}
    if not (words & MUST or words & FIRST or {"want", "demand", "insist"} & {lemma(t) for t in rest}):
        return None
    return rest[0].idx, _closed(rest)


def _closed(words: Sequence[Token] | Tokens) -> int:
    """Where the words end, with the mark that closes a quotation opened in them."""
    last, marks = words[-1], [t.text for t in words]
    opened = marks.count("“") > marks.count("”") or marks.count('"') % 2
    after = last.doc[last.i + 1 : last.i + 3] if opened else ()
    end = next((t for t in after if t.text in ("”", '"')), last)
    return end.idx + len(end)


def _rest(but: Token, sentence: Tokens) -> Iterator[Token]:
    last = max((t.i for t in sentence if t.is_alpha), default=but.i)
    yield from (t for t in sentence if but.i < t.i <= last)


def _until_clause_ends(only: Token, sentence: Tokens) -> Span:
    """From "only" to the next comma or the end of the sentence."""
    end = only
    for token in sentence:
        if token.i > only.i:
            if token.text in (",", ";", "”", '"'):
                break
            if not token.is_punct and not token.is_space:
                end = token
    return only.idx, _closed(only.doc[only.i : end.i + 1])


def _chars(head: Token) -> Span:
    words = head.doc[head.left_edge.i : head.right_edge.i + 1]
    return words.start_char, words.end_char
