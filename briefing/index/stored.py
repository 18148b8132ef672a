"""The index's columns of JSON, how each is written beside how it is read; a span is a pair of offsets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from briefing.article import Article, Span
from briefing.found import Json
from briefing.index.rows import Evidence, Said

# Spans


def spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


def span_or_none(pair: Sequence[int] | None) -> Span | None:
    return (pair[0], pair[1]) if pair else None


# Articles: the column `page`

PAGE = ("title", "section", "outlet", "authors", "url", "published_from")
PAGE_SPANS = ("paragraphs", "furniture", "cross_headings")


def page_json(article: Article) -> str:
    """All of an article but its name and its text."""
    fields = {name: getattr(article, name) for name in (*PAGE, *PAGE_SPANS)}
    return json.dumps({**fields, "published": article.iso_date})


def article_from(name: str, text: str, page: str) -> Article:
    """The article that a stored text and its page stand for."""
    fields = json.loads(page)
    fields |= {field: spans(fields[field]) for field in PAGE_SPANS}
    day = fields["published"]
    fields |= {"authors": tuple(fields["authors"]), "published": date.fromisoformat(day) if day else None}
    return Article(id=name, text=text, **fields)


# Statements: the column `said`

SAID = ("how", "confidence", "reported_by", "date")
SAID_SPANS = ("cue", "source", "when", "where", "addressee")


def said_json(said: Said) -> str:
    """What of a statement has no column of its own."""
    return json.dumps({name: getattr(said, name) for name in ("content", *SAID, *SAID_SPANS)})


def said_from(said: str, **columns: Any) -> Said:  # noqa: ANN401 - the fields of `Said` that have columns
    """The statement that its columns stand for."""
    fields = json.loads(said)
    fields |= {field: span_or_none(fields[field]) for field in SAID_SPANS}
    return Said(**columns, **{**fields, "content": spans(fields["content"])})


# Positions: the column `stood`


def evidence_json(evidence: Evidence) -> str:
    """What of a position has no column of its own."""
    return json.dumps(
        {
            "cue": evidence.cue,
            "evidence": evidence.passages,
            "condition": evidence.condition,
            "reported_by": evidence.reported_by,
        }
    )


def evidence_from(position: Json) -> Evidence:
    """The evidence of a position, as it is stored or as it was found in an article."""
    return Evidence(
        cue=(position["cue"][0], position["cue"][1]),
        passages=spans(position["evidence"]),
        condition=span_or_none(position["condition"]),
        reported_by=position["reported_by"],
    )
