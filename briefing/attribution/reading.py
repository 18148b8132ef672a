"""An article and its document -> its statements: candidates, links, borders, acts, circumstances."""

from __future__ import annotations

from spacy.tokens import Doc

from briefing.article import Article
from briefing.attribution.act import act_of
from briefing.attribution.border import Quoted, bordered
from briefing.attribution.linking import Draft, drafts_of
from briefing.attribution.quotation import quotations, straightened
from briefing.attribution.statement import Statement
from briefing.attribution.syntax import subject_of, whole_source, words
from briefing.attribution.tagger import Tagger


def statements_of(article: Article, doc: Doc, tagger: Tagger) -> tuple[Statement, ...]:
    """The statements of an article in text order; `speaker` is left open."""
    quoted = Quoted(article.text, quotations(article.text, article.paragraphs))
    drafts = drafts_of(tagger.tag(body(article)))
    drafts = bordered(drafts, quoted)
    drafts = [sourced(draft, doc) for draft in drafts]
    return tuple(statement(draft, quoted, doc) for draft in drafts)


def body(article: Article) -> str:
    """What the model reads: as long as the article's text, plain marks, white space instead of furniture."""
    pieces, last = [], 0
    for start, end in article.paragraphs:
        pieces += [" " * (start - last), article.text[start:end]]
        last = end
    return straightened("".join(pieces))


def sourced(draft: Draft, doc: Doc) -> Draft:
    if draft.source is not None:
        draft.source = whole_source(doc, draft.source)
    elif draft.cue is not None:
        draft.source = subject_of(doc, draft.cue)
    return draft


def statement(draft: Draft, quoted: Quoted, doc: Doc) -> Statement:
    kind = quoted.kind(draft.pieces)
    cue = words(doc, draft.cue) if draft.cue else None
    source = words(doc, draft.source) if draft.source else None
    return Statement(
        kind=kind,
        act=act_of(kind, cue, source),
        content=draft.pieces,
        cue=draft.cue,
        source=draft.source,
        confidence=draft.chance,
    )
