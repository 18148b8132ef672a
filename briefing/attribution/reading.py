"""An article and its document -> its statements: candidates, links, borders, acts, circumstances."""

from __future__ import annotations

from spacy.tokens import Doc

from briefing.article import Article, Span
from briefing.attribution.quotation import quotations, straightened
from briefing.attribution.statement import Statement
from briefing.attribution.tagger import Tagger


def statements_of(article: Article, doc: Doc, tagger: Tagger) -> tuple[Statement, ...]:
    """The statements of an article in text order; `speaker` is left open."""
    from briefing.attribution.linking import linked

    drafts = linked(tagger.tag(body(article)))
    marks = quotations(article.text, article.paragraphs)
    out = []
    for d in drafts:
        out.append(Statement(kind="indirect", act="speech", content=d.content, cue=d.cue, source=d.source, confidence=d.chance))
    return tuple(sorted(out, key=lambda s: s.content[0]))


def body(article: Article) -> str:
    """What the model reads: as long as the article's text, plain marks, white space instead of furniture."""
    pieces, last = [], 0
    for start, end in article.paragraphs:
        pieces += [" " * (start - last), article.text[start:end]]
        last = end
    return straightened("".join(pieces))
