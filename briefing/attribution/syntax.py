"""What the dependency parse adds to the model's spans: whole names, subjects of cues, whole clauses."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefing.article import Span

SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
UNFINISHED = {"DET", "ADJ", "ADP", "NUM", "CCONJ", "PART", "PUNCT", "ADV"}  # no mention ends in one
LONGEST_SOURCE = 40  # words


def words(doc: Doc, span: Span) -> Words:
    """The words that a stretch of characters touches."""
    return doc.char_span(*span, alignment_mode="expand")


def whole_source(doc: Doc, source: Span) -> Span:
    """A source that breaks off ("the", "Sen.") completed to the end of its noun phrase."""
    mention = words(doc, source)
    last = mention[-1]
    while last.dep_ in {"det", "amod", "compound", "poss", "nummod", "nmod", "case"} and last.head.i > last.i:
        if last.dep_ == "poss" or last.head.i - mention.start > LONGEST_SOURCE:
            break
        last = last.head
    return source if last.i < mention.end else (source[0], last.idx + len(last))


def subject_of(doc: Doc, cue: Span) -> Span | None:
    """The subject of a cue's verb, or of the verb that governs or joins it ("rejected the idea, saying that")."""
    verb = words(doc, cue).root
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return mention_at(child)
        if verb.dep_ not in {"conj", "xcomp", "advcl", "aux", "auxpass"} or verb.head == verb:
            return None
        verb = verb.head
    return None


def mention_at(head: Token) -> Span:
    """The noun phrase that hangs on a word."""
    end = max(head.right_edge.i, head.i)
    tokens = list(head.doc[head.left_edge.i : end + 1])
    while len(tokens) > 1 and tokens[-1].is_punct:
        tokens.pop()
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def whole_clause(doc: Doc, piece: Span, cue: Span | None) -> Span:
    """A content that breaks off within its clause completed to the clause's end.

    The model gives every word one role, so that a statement within a statement cuts the outer one short.
    """
    content = words(doc, piece)
    tops = [token for token in content if token.head.i < content.start or token.head.i >= content.end or token.head == token]
    top = tops[-1]
    end = max(token.right_edge.i for token in tops)
    if end < content.end:
        return piece
    if cue is not None and content.end <= words(doc, cue).start <= end:
        return piece
    last = doc[end]
    while last.is_punct and last.i >= content.end:
        last = doc[last.i - 1]
    return (piece[0], last.idx + len(last)) if last.i >= content.end else piece
