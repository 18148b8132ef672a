"""The sentences around a passage: what a button under it shows."""

from __future__ import annotations

from briefing.article import Article, Span
from briefing.brief.options import line, message, option
from briefing.brief.shown import fingerprint, source_line, words
from briefing.card import Card, Entry, Line, Question
from briefing.index import Index
from briefing.paging import entry_weight, paged, shortened


def around(index: Index, question: Question) -> Card:
    """The paragraph that a place stands in, with its words marked, between the paragraphs before and after it."""
    place = parsed(option(question, "at"))
    report = index.report(place[0]) if place else None
    article = index.article(report.id) if report else None
    if place is None or report is None or article is None or not holds(article, place):
        told = line("Ask the question again to see it as it is now.")
        return message(question, "This article has changed since", told)
    _, start, end, _ = place
    *paragraphs, last = surrounding(article, (start, end))
    shown = [*(Entry((paragraph,)) for paragraph in paragraphs), Entry((last, source_line(report, headline=False)))]
    entries, page, pages = paged([(entry, entry_weight(entry)) for entry in shown], lambda same: same, question.page)
    return Card(shortened(report.title or report.name), question, entries, page=page, pages=pages)


def parsed(at: str) -> tuple[int, int, int, str] | None:
    """The report, start, end and fingerprint in a button's value, or None where it is none of ours."""
    match at.split(":"):
        case [report, start, end, mark] if all(part.isascii() and part.isdigit() for part in (report, start, end)):
            return int(report[:18]), int(start[:18]), int(end[:18]), mark
    return None


def holds(article: Article, place: tuple[int, int, int, str]) -> bool:
    """Whether the article still has the same words there."""
    _, start, end, mark = place
    return start < end <= len(article.text) and fingerprint(article.passage(start, end)) == mark


def surrounding(article: Article, span: Span) -> list[Line]:
    """The body's paragraphs that the span touches, with one on either side; the span itself outside the body."""
    touched = [i for i, (start, end) in enumerate(article.paragraphs) if start < span[1] and span[0] < end]
    if not touched:
        return [Line((words(article, span),), "passage")]
    first, last = max(0, touched[0] - 1), min(len(article.paragraphs), touched[-1] + 2)
    paragraphs = article.paragraphs[first:last]
    return [Line((words(article, paragraph, _inside(span, paragraph)),), "passage") for paragraph in paragraphs]


def _inside(span: Span, paragraph: Span) -> list[Span]:
    start, end = max(span[0], paragraph[0]), min(span[1], paragraph[1])
    return [(start, end)] if start < end else []
