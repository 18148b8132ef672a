"""The usable passages of an article that is parsed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from briefing.actor.description import is_person_word
from briefing.article import Article, Span
from briefing.language import sentences
from briefing.summary.sentence import END, is_balanced, is_loose, is_usable, unquoted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from briefing.attribution.statement import Statement


def passages_of(article: Article, doc: Doc, statements: Sequence[Statement]) -> list[Span]:
    """The usable passages of an article in text order.

    A passage is a sentence of a paragraph, or the sentences that one pair of quotation marks holds together. A
    quotation whose source stands neither in the passage nor in the one before it is left out, and so is a passage
    whose "he" or "she" has nobody to mean in the passage before.
    """
    units = [unit for inside in _by_paragraph(article, doc) for unit in _joined(article.text, inside)]
    orphaned = set(_orphans(units, statements)) | set(_nobodys(article.text, doc, units))
    return [
        (start, end)
        for i, (start, end) in enumerate(units)
        if i not in orphaned and is_usable(article.text[start:end]) and not _points_outside(doc, start, end)
    ]


def _by_paragraph(article: Article, doc: Doc) -> Iterator[list[Span]]:
    """The sentences of each paragraph that has any."""
    for _, inside in groupby(sentences(article, doc), key=lambda found: found[0]):
        yield [span for _, span, _ in inside]


def _joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Sentences joined where quotation marks hold them together, or where the parser cut one in two."""
    start: int | None = None
    for i, (begin, end) in enumerate(spans):
        start = begin if start is None else start
        following = text[spans[i + 1][0]] if i + 1 < len(spans) else ""
        if following and end - start < LONGEST and (_goes_on(following) or not _is_closed(text[start:end])):
            continue
        yield start, end
        start = None


LONGEST = 1000  # characters; a quotation that is not closed by then is not waited for


def _goes_on(following: str) -> bool:
    return following.islower() or following in ",;:)”"


def _is_closed(text: str) -> bool:
    return bool(END.search(text) or text.endswith(":")) and is_balanced(text)


def _points_outside(doc: Doc, start: int, end: int) -> bool:
    """ "Blinken said that he would take it up": a thing's pronoun with no thing before it in the passage.

    A passage that opens with the pronoun hangs on the one before, which `is_loose` sees.
    """
    passage = doc.char_span(start, end, alignment_mode="expand")
    things = False
    quoted = False
    for i, token in enumerate(passage or ()):
        quoted = token.text == "“" or (quoted and token.text != "”")
        if token.lower_ in ("it", "its") and token.dep_ != "expl":
            return i > 0 and not things and not quoted
        things = things or token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.ent_type_ not in ("PERSON", "DATE"))
    return False


def _orphans(units: Sequence[Span], statements: Sequence[Statement]) -> Iterator[int]:
    """The numbers of the passages that quote somebody whom neither they nor the passage before them names."""
    for statement in statements:
        named = _touched(units, [span for span in (statement.source, statement.cue) if span])
        if statement.kind != "indirect" and named:
            yield from (i for i in _touched(units, statement.content) if not {i, i - 1} & named)


def _nobodys(text: str, doc: Doc, units: Sequence[Span]) -> Iterator[int]:
    """The numbers of the passages that hang by a person's pronoun on a passage that speaks of no person."""
    for i, (start, end) in enumerate(units):
        passage = text[start:end]
        if not (is_loose(passage) and _ONES_OWN.match(unquoted(passage))):
            continue
        before = doc.char_span(*units[i - 1], alignment_mode="expand") if i else None
        if not any(_is_of_a_person(token) for token in before or ()):
            yield i


_ONES_OWN = re.compile(r"[ ,]*(?:(?:said|says|added|but|and|on \w+) )?(?:he|she|his|her|him)\b", re.IGNORECASE)
_PERSONAL = frozenset({"he", "she", "his", "her", "him", "who", "i", "my"})


def _is_of_a_person(token: Token) -> bool:
    named = token.ent_type_ == "PERSON" or (token.pos_ == "PROPN" and not token.ent_type_ and token.dep_ == "nsubj")
    return named or token.lower_ in _PERSONAL or is_person_word(token.lemma_.lower())


def _touched(units: Sequence[Span], spans: Iterable[Span]) -> set[int]:
    """The numbers of the passages that the spans share a character with."""
    ends = [end for _, end in units]
    touched = set()
    for start, end in spans:
        i = bisect_right(ends, start)
        while i < len(units) and units[i][0] < end:
            touched.add(i)
            i += 1
    return touched
