"""When, where and to whom: read from the clause of the cue alone, never from another sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Span as Words
from spacy.tokens import Token

from briefing.article import Span
from briefing.attribution.lexicon import lexicon
from briefing.attribution.listener import hears
from briefing.attribution.statement import When
from briefing.attribution.syntax import entities_in
from briefing.worded_date import date_of

PLACES = {"GPE", "LOC", "FAC"}
OCCASIONS, TELLING = lexicon()["occasion"], lexicon()["telling"]
PREPOSITIONS = {"in", "at", "during", "outside", "near", "aboard", "on", "from", "before", "inside"}
DURATION = re.compile(r"\b(?:second|minute|hour|day|week|month|year|decade)s?\Z", re.I)
BESIDE = 2  # words between a cue and a date that need no parse to belong to it


def when_of(cue: Words, taken: Sequence[Span], published: date | None) -> When | None:
    """The date or time that stands with the cue's verb, or with the one that governs it.

    Args:
        taken: Characters of contents and sources; a date inside them says when something else was.
    """
    verbs = set(verbs_of(cue))
    for time in entities_in(cue.sent):
        if time.label_ not in {"DATE", "TIME"} or is_taken(time, taken) or not is_point(time):
            continue
        between = cue.doc[cue.end : time.start] if time.start >= cue.end else cue.doc[0:0]
        beside = 0 <= time.start - cue.end < BESIDE and not any(token.is_punct for token in between)
        if beside or verb_above(time.root) in verbs:
            text = with_preposition(time)
            return When(text, date_of(time.text, published))
    return None


def where_of(cue: Words, taken: Sequence[Span]) -> str | None:
    """The place or occasion that hangs on the cue's verb ("at a press conference in Doha")."""
    for verb in verbs_of(cue):
        for preposition in (child for child in verb.children if child.lower_ in PREPOSITIONS):
            place = next((child for child in preposition.children if child.dep_ == "pobj"), None)
            if place is None or not (place.ent_type_ in PLACES or place.lemma_.lower() in OCCASIONS):
                continue
            phrase = without_dates(preposition)
            if not is_taken(phrase, taken):
                return phrase.text
    return None


def addressee_of(cue: Words, taken: Sequence[Span]) -> str | None:
    """Who was told ("told reporters", "said to the council", "the court heard")."""
    verb = cue.root
    for child in verb.children:
        named = child if child.dep_ in {"dative", "iobj"} and child.pos_ != "ADP" else None
        told = child.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in TELLING
        if told or (child.dep_ == "nsubj" and hears(verb, child)):
            named = child
        elif child.lower_ == "to" and child.dep_ in {"prep", "dative"}:
            named = next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
        if named is not None and named.tag_ not in {"WP", "WDT"}:  # "what he told reporters"
            phrase = noun_phrase(named)
            if not is_taken(phrase, taken):
                return phrase.text
    return None


def verbs_of(cue: Words) -> Iterator[Token]:
    """The cue's verb, and those that it is joined to or hangs on as a participle ("rejected it, saying …")."""
    verb = cue.root
    yield verb
    while verb.dep_ in {"advcl", "conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
        yield verb


def verb_above(token: Token) -> Token | None:
    return next((above for above in token.ancestors if above.pos_ in {"VERB", "AUX"}), None)


def is_point(time: Words) -> bool:
    """No stretch ("three weeks after the vote"), date of a thing ("the flood of 1987") or part of a name ("Today")."""
    after = time.doc[time.end].lower_ if time.end < len(time.doc) else ""
    if after in {"after", "before", "since"} and DURATION.search(time.text):
        return False
    if time.start and time.doc[time.start - 1].lower_ == "of":
        return False
    return not (time.root.dep_ in {"compound", "nmod"} and time.root.head.i == time.end)


def with_preposition(time: Words) -> str:
    before = time.root.head
    own = before.pos_ == "ADP" and before.i == time.start - 1
    return time.doc[before.i if own else time.start : time.end].text


def without_dates(preposition: Token) -> Words:
    """A prepositional phrase up to the first date in it, its subordinate clauses left out."""
    doc, end = preposition.doc, preposition.i + 1
    while end <= preposition.right_edge.i:
        token = doc[end]
        if token.ent_type_ in {"DATE", "TIME"} or token.is_punct or token.dep_ in {"relcl", "mark"}:
            break
        end += 1
    while end - 1 > preposition.i and doc[end - 1].pos_ in {"ADP", "DET", "CCONJ"}:
        end -= 1
    return doc[preposition.i : end]


def noun_phrase(head: Token) -> Words:
    """A noun with what stands before it and its prepositional phrases, without clauses."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ not in {"prep", "conj", "cc"} or child.lower_ in PREPOSITIONS:
            break
        end = child.right_edge.i + 1
    return head.doc[head.left_edge.i : end]


def is_taken(words: Words, taken: Sequence[Span]) -> bool:
    return any(start < words.end_char and words.start_char < end for start, end in taken)
