"""An article and its document -> its statements: candidates, links, borders, acts, circumstances."""

from __future__ import annotations

from spacy.tokens import Doc

from briefing.article import Article
from briefing.attribution.act import act_of, is_speech
from briefing.attribution.border import Quoted, bordered, within_paragraphs
from briefing.attribution.linking import Draft, drafts_of
from briefing.attribution.overlooked import overlooked
from briefing.attribution.quotation import curled, quotations, straightened
from briefing.attribution.statement import Statement
from briefing.attribution.syntax import subject_of, whole_clause, whole_source, words
from briefing.attribution.tagger import Tagger

LEAST, LEAST_SAID = 0.72, 0.6  # chances; tuned on PolNeAR's development part
FRAGMENT = 20  # characters; a shorter content is probably cut off


def statements_of(article: Article, doc: Doc, tagger: Tagger) -> tuple[Statement, ...]:
    """The statements of an article in text order; `speaker` is left open."""
    quoted = Quoted(article.text, quotations(article.text, article.paragraphs))
    plain = body(article)
    tagged = tagger.tag(plain, curled(plain, quoted.quotations))
    drafts = [within_paragraphs(draft, quoted, article.paragraphs) for draft in drafts_of(tagged)]
    drafts = bordered(drafts, quoted)
    drafts += overlooked(drafts, quoted, doc)
    drafts = [sourced(draft, doc) for draft in drafts if is_likely(draft, quoted, doc)]
    return tuple(statement(draft, quoted, doc) for draft in sorted(drafts, key=lambda draft: draft.start))


def body(article: Article) -> str:
    """What the model reads: as long as the article's text, plain marks, white space instead of furniture."""
    pieces, last = [], 0
    for start, end in article.paragraphs:
        pieces += [" " * (start - last), article.text[start:end]]
        last = end
    return straightened("".join(pieces))


def is_likely(draft: Draft, quoted: Quoted, doc: Doc) -> bool:
    """Is a draft sure enough to be kept? More is asked of what is neither quoted nor said."""
    said = draft.cue is not None and is_speech(words(doc, draft.cue))
    return draft.chance >= (LEAST_SAID if said or quoted.kind(draft.pieces) != "indirect" else LEAST)


def sourced(draft: Draft, doc: Doc) -> Draft:
    if draft.source is not None:
        draft.source = whole_source(doc, draft.source)
    elif draft.cue is not None:
        draft.source = subject_of(doc, draft.cue)
    last = draft.pieces[-1]
    if last[1] - last[0] < FRAGMENT:
        draft.pieces = (*draft.pieces[:-1], whole_clause(doc, last, draft.cue))
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
