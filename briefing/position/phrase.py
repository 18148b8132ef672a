"""Issues as the article words them: the shortest clear phrase around a noun or a clause."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.actor.description import is_person_word
from briefing.position.grammar import lemma
from briefing.position.vocabulary import classes

CLASSES = classes()
LONGEST = 10  # words of an issue's name
LIGHT = CLASSES["light"]
GENERAL = CLASSES["general"]
INSIDE = CLASSES["inside"]
JUDGING = CLASSES["judging"]
DROPPED = {"det", "predet", "poss", "punct", "nummod", "advmod", "cc", "preconj", "case"}
VAGUE = CLASSES["vague"]
LOOSE_ENDS = {"'s", "’s", "and", "or", "but"}
UNTELLING = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"}
QUOTES = "\"“”‘’'"


def unwrapped(head: Token) -> Token:
    """The noun that an issue is really about: of "the idea of a Palestinian state" the state."""
    for _ in range(3):
        if head.dep_ == "appos" and lemma(head) in LIGHT and head.head.pos_ in ("NOUN", "PROPN"):
            head = head.head
            continue
        inner = [
            g
            for c in head.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for g in c.children
            if g.dep_ in ("pobj", "pcomp")
        ]
        if lemma(head) not in LIGHT or not inner:
            break
        head = inner[0]
    return head


def is_telling(head: Token) -> bool:
    """Whether a noun or clause can name an issue: no pronoun, date, amount or empty noun."""
    if head.pos_ in ("VERB", "AUX"):
        return True
    if head.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") or head.ent_type_ in UNTELLING:
        return False
    return lemma(head) not in VAGUE or any(c.dep_ in ("amod", "compound", "prep", "acl") for c in head.children)


def span_of(head: Token) -> tuple[int, int]:
    """Tokens [start, end) of the issue's phrase."""
    if head.pos_ in ("VERB", "AUX"):
        return _clause(head)
    start = head.i
    for token in _before(head):
        start = token.i
    if _is_listed(head, start):
        start = head.i  # of "a clear, credible path" not "credible path"
    end = head.i + 1
    for token in _after(head):
        edge = token.right_edge.i + 1
        if edge - start > LONGEST and token.dep_ == "acl":
            edge = _first_deed(token)
        if edge - start > LONGEST or token.i > end + 1:
            break
        end = edge
    return trimmed(head, start, end)


def _is_listed(head: Token, start: int) -> bool:
    """Whether the words before the head go on to the left behind a comma."""
    doc = head.doc
    return head.left_edge.i < start - 1 and doc[start - 1].text == "," and doc[start].dep_ == "amod"


def _first_deed(infinitive: Token) -> int:
    """Where "to close the harbour" ends in "to close the harbour and build flats"."""
    joined = [c for c in infinitive.children if c.dep_ in ("cc", "conj") and c.i > infinitive.i]
    return min((c.left_edge.i for c in joined), default=infinitive.right_edge.i + 1)


def trimmed(head: Token, start: int, end: int) -> tuple[int, int]:
    doc = head.doc
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in LOOSE_ENDS):
        end -= 1
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return start, end


def _before(head: Token) -> Iterator[Token]:
    """Modifiers to the left that stand next to each other up to the head, nearest first."""
    i = head.i - 1
    while i >= head.left_edge.i:
        token = head.doc[i]
        if token.head != head and not _belongs(token, head):
            return
        top = token
        while top.head != head:
            top = top.head
        if top.dep_ == "poss" and top.pos_ in ("PROPN", "NOUN"):
            yield from reversed([head.doc[j] for j in range(_named_start(top), i + 1)])
            return
        if (top.dep_ in DROPPED and token.text != "-") or token.text in QUOTES or token.is_space:
            if (token.is_punct and token.text not in QUOTES) or top.dep_ in (
                "det",
                "poss",
                "predet",
                "cc",
                "preconj",
                "advmod",
            ):
                return
            if top.dep_ == "nummod" and not token.is_alpha:
                return
            if top.dep_ == "nummod":
                yield token
            i -= 1
            continue
        yield token
        i -= 1


def _named_start(possessor: Token) -> int:
    start = possessor.left_edge.i
    while start < possessor.i and possessor.doc[start].dep_ in ("det", "poss"):
        start += 1
    return start


def _belongs(token: Token, head: Token) -> bool:
    return token.i >= head.left_edge.i and head.is_ancestor(token)


def _after(head: Token) -> Iterator[Token]:
    """Complements to the right that make the phrase clear."""
    for c in head.children:
        if c.i < head.i:
            continue
        if (c.dep_ == "prep" and c.lower_ in INSIDE and not _is_when(c)) or (
            c.dep_ == "acl" and lemma(head) in GENERAL and c.tag_ == "VB"
        ):
            yield c
            if c.lower_ != "of":
                return


def _is_when(preposition: Token) -> bool:
    """A time, or a manner ("with all my heart"), that the parser hung on the noun."""
    for noun in preposition.children:
        if noun.ent_type_ in ("DATE", "TIME") or noun.text in DAYS or noun.lower_ == "heart":
            return True
    return False


DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}


def mention_of(token: Token) -> tuple[int, int]:
    """A noun with the words before it, its "of" phrase and a name in apposition, as characters."""
    start = token.left_edge.i
    end = token.i + 1
    for c in token.children:
        if c.dep_ == "prep" and c.lower_ in ("of", "for", "at", "in", "from") and c.i == end and token.pos_ == "NOUN":
            if any(g.pos_ == "PRON" for g in c.children):
                continue
            end = c.right_edge.i + 1
        elif c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > token.i and token.pos_ == "NOUN":
            end = max(end, c.i + 1)
    first = next((i for i in range(start, token.i + 1) if token.doc[i].dep_ not in ("punct", "cc", "mark")), token.i)
    words = token.doc[first:end]
    return words.start_char, words.end_char


BODIES = CLASSES["bodies"]


def is_animate(token: Token) -> bool:
    """A person, a body or a group of them: what can take a position."""
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    plural = token.tag_ == "NNS" and lemma(token) not in THINGS
    return is_person_word(lemma(token)) or lemma(token) in BODIES or plural


THINGS = CLASSES["things"]


def _clause(verb: Token) -> tuple[int, int]:
    """A clause's own words from its subject or verb on; without "to" and auxiliaries of an infinitive."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"), None)
    start = verb.i
    if subject is not None:
        start = subject.left_edge.i
        while start < subject.i and verb.doc[start].dep_ == "det":
            start += 1
    end = verb.i + 1
    for c in verb.children:
        if c.i > verb.i and c.dep_ in ("prt", "dobj", "acomp", "attr", "prep", "xcomp", "dative") and not _is_when(c):
            edge = c.right_edge.i + 1
            if edge - start > LONGEST + 2:
                edge = span_of(c)[1] if c.pos_ in ("NOUN", "PROPN") else end
            if edge - start > LONGEST + 2:
                break
            end = max(end, edge)
    return trimmed(verb, start, end)
