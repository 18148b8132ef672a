"""Articles as spaCy documents, and their body's sentences; the only module that loads a language model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from briefing.article import Article, Span
from briefing.model import DEFAULT_MODEL
from briefing.page import INVISIBLE

BLOCK = 10_000  # characters parsed at once; the parser's memory grows with the longest block
BATCH = 32  # blocks a batch


@lru_cache(maxsize=1)
def load(model: str = DEFAULT_MODEL) -> Language:
    """The language model by the name of its package (setting SPACY_MODEL).

    Raises:
        OSError: spaCy's own, if the package is not installed.
    """
    return spacy.load(model)


def parse(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Article, Doc]]:
    """Each article with its document, in order.

    The document's text is the article's text, so `token.idx` is an offset into the article. Every paragraph and every
    piece of furniture is parsed by itself: no sentence, name or dependency crosses its end, and memory is bounded by
    `BLOCK`.
    """
    work = ((block, article) for article in articles for block in blocks(article))
    parsed = nlp.pipe(work, as_tuples=True, batch_size=BATCH)
    for _, group in groupby(parsed, key=lambda pair: id(pair[1])):
        docs, owners = zip(*group, strict=True)
        yield owners[0], Doc.from_docs(list(docs), ensure_whitespace=False) if len(docs) > 1 else docs[0]


def blocks(article: Article) -> list[str]:
    """The text cut where paragraphs and furniture start, and at white space where a piece is longer than `BLOCK`.

    Joined, the pieces are the text; an empty text is one empty piece, so that every article has a document.
    """
    text = article.text
    ends = sorted({start for start, _ in article.paragraphs + article.furniture} | {len(text)})
    pieces, start = [], 0
    for end in ends:
        while end - start > BLOCK:
            cut = max(text.rfind(" ", start, start + BLOCK), text.rfind("\n", start, start + BLOCK)) + 1
            cut = cut if cut > start else start + BLOCK
            pieces.append(text[start:cut])
            start = cut
        if end > start:
            pieces.append(text[start:end])
            start = end
    return pieces or [text]


def sentences(article: Article, doc: Doc) -> Iterator[tuple[int, Span, Sentence]]:
    """The sentences of the body, in text order: each that stands in one paragraph and holds something visible.

    Each comes with the place of its paragraph among the article's, and with its characters as `trimmed` has them.
    """
    starts = [start for start, _ in article.paragraphs]
    for sentence in doc.sents:
        start, end = trimmed(sentence)
        place = bisect_right(starts, start) - 1
        if start < end and place >= 0 and end <= article.paragraphs[place][1]:
            yield place, (start, end), sentence


def trimmed(sentence: Sentence) -> Span:
    """Characters [start, end) of a sentence, without what is invisible around it."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip(INVISIBLE))
    return start, start + len(text.strip(INVISIBLE))
