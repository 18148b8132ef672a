"""The room that the entries of an answer take at most, known before they are built, and how long their labels are."""

from __future__ import annotations

from briefing.article import Article, Span
from briefing.index import Evidence, Said
from briefing.paging import shortened, weight

OUTLET, HEADLINE, NAME = 40, 100, 100  # characters of these labels
FRAME = 150  # what the labels of an entry weigh at most, beside names, sources and headings
HEADING_WEIGHT = 110  # what the line that names a speaker weighs at most
ALSO_WEIGHT = 380  # what `also_line` weighs at most


def passage_weight(article: Article, span: Span) -> int:
    """The room a passage's entry takes at most."""
    return weight(article.text[span[0] : span[1]]) + source_weight(article) + FRAME


def statement_weight(article: Article, said: Said) -> int:
    """The room a statement's entry takes at most, unless it names the speaker or tells of repetitions."""
    spans = [*said.content, said.cue, said.source, said.addressee, said.where, said.when]
    printed = sum(weight(article.text[max(0, span[0] - 9) : span[1] + 3]) for span in spans if span)
    joints = 10 * len(said.content)
    return printed + joints + weight(shortened(said.reported_by or "", NAME)) + source_weight(article) + FRAME


def evidence_weight(article: Article, evidence: Evidence) -> int:
    """The room a position's lines take at most, its opening left out."""
    condition = [evidence.condition] if evidence.condition else []
    printed = sum(weight(article.text[start:end]) for start, end in (*evidence.passages, *condition))
    reporter = weight(shortened(evidence.reported_by or "", NAME))
    return printed + reporter + source_weight(article) + 10 * len(evidence.passages) + FRAME


def source_weight(article: Article) -> int:
    """What the line that names an article weighs, its date and its dots left out."""
    return weight(shortened(article.outlet or "", OUTLET)) + weight(shortened(article.title or article.id, HEADLINE))
