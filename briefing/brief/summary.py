"""/summary: the passages that say most, as printed, each with its source."""

from __future__ import annotations

from pathlib import PurePath

from briefing.brief.options import (
    action,
    changed,
    choices,
    counted,
    line,
    message,
    option,
    quoted,
    several,
    unfinished,
    unknown,
)
from briefing.brief.shown import passage_entry
from briefing.brief.sources import PAGE, problem_entry
from briefing.brief.stories import article_choice, story_of, story_title
from briefing.card import CARD_ACTIONS, Action, Card, Line, Question
from briefing.index import Index, Problem, Report
from briefing.index.rows import OURS
from briefing.paging import paged, shortened
from briefing.typed_names import Choice, Names
from briefing.weights import passage_weight

LENGTHS = {"short": 3, "medium": 6, "long": 12}
"""Passages of each length."""

METHODS = {
    OURS: "PacSum",
    "lexrank": "LexRank",
    "textrank": "TextRank",
    "lsa": "LSA",
    "luhn": "Luhn",
    "kl": "KL",
    "edmundson": "Edmundson",
}
"""The ways to rank passages, by the option's value: ours, and sumy's."""


def summary(index: Index, question: Question) -> Card:
    """The best passages of a story or of one article, in the order of the articles' dates and their text."""
    scope = scope_of(index, question)
    if isinstance(scope, Card):
        return scope
    story, report = scope
    length = option(question, "length") if option(question, "length") in LENGTHS else "short"
    method = method_of(question)
    title = report.title or report.name if report else story_title(story)
    ranked = index.ranking(story, report.id if report else 0, method, LENGTHS[length])
    if not ranked:
        told = "No passage of this can stand alone." if ranked is not None else not_ranked(method)
        return message(question, shortened(title), line(told), *unfinished(index))
    reports = {r.id: r for r in (index.report(id) for id in {id for id, _, _ in ranked}) if r}
    ordered = sorted(
        (place for place in ranked if place[0] in reports),
        key=lambda place: (reports[place[0]].published or "9999", reports[place[0]].name, place[1]),
    )
    items = [((id, start, end), passage_weight(index.article(id), (start, end))) for id, start, end in ordered]
    entries, page, pages = paged(
        items, lambda place: passage_entry(index, reports[place[0]], (place[1], place[2])), question.page
    )
    others = other_stories(index, question, story)
    newest = "The story with the newest articles. " if others else ""
    told = f"{newest}{counted(len(ordered), 'passage')}, word for word; ranked by {METHODS[method]}."
    return Card(
        shortened(title),
        question,
        entries,
        notes=(Line((told,), "note"), *unfinished(index)),
        actions=(*lengths(question, length), *others),
        page=page,
        pages=pages,
    )


def scope_of(index: Index, question: Question) -> tuple[str, Report | None] | Card:
    """The story and, where one is asked for, the article; or the card that says why there is none."""
    article = option(question, "article")
    if article and not option(question, "story"):
        return article_of(index, question, "", article)
    story = story_of(index, question)
    if isinstance(story, Card):
        return story
    return article_of(index, question, story, article) if article else (story, None)


def article_of(index: Index, question: Question, story: str, article: str) -> tuple[str, Report | None] | Card:
    titles = index.titles(story or None)
    names = [choice.name for choice in titles.meant(article)]
    if not titles.called(article) and (skipped := skipped_files(index, story, article, only_called=bool(names))):
        entries = tuple(problem_entry(problem) for problem in skipped)
        return Card(shortened(f"{quoted(article)} could not be read"), question, entries)
    reports = index.reports_named(names[:CARD_ACTIONS], story or None)

    def shown(_: str, name: str) -> str:
        return next((article_choice(report) for report in index.reports_named([name], story or None)), name)

    if not reports:
        return unknown(question, "article", titles, index, shown)
    if len(reports) > 1:
        same_name = len({report.name for report in reports}) < len(reports)
        if same_name:
            return several(question, "story", [report.story for report in reports])
        return several(question, "article", [report.name for report in reports], shown)
    return reports[0].story, reports[0]


def skipped_files(index: Index, story: str, article: str, *, only_called: bool) -> list[Problem]:
    """The files that were skipped and are meant by an article's name.

    Args:
        story: "" for all stories.
        only_called: Whether the name must be the file's, with or without what follows its dot; else a part will do.
    """
    skipped = [one for one in index.problems() if one.skipped and story in ("", one.story)]
    files = Names(Choice(name, (PurePath(name).stem,)) for name in {one.name for one in skipped})
    meant = {choice.name for choice in (files.called if only_called else files.meant)(article)}
    return [one for one in skipped if one.name in meant][:PAGE]


def method_of(question: Question) -> str:
    method = option(question, "method").lower()
    return method if method in METHODS else OURS


def missing_ranking(index: Index, question: Question) -> tuple[str, str | None, str] | None:
    """What `briefing rank` must rank before this /summary can be answered: (story, article, method), or None.

    Our own rankings are in the index; those of sumy's methods are made when they are first asked for.
    """
    if question.command != "summary" or method_of(question) == OURS:
        return None
    with index.snapshot():
        scope = scope_of(index, question)
        if isinstance(scope, Card):
            return None
        story, report = scope
        if index.ranking(story, report.id if report else 0, method_of(question), 1) is not None:
            return None
    return story, report.name if report else None, method_of(question)


def not_ranked(method: str) -> str:
    return f"{METHODS[method]} has not ranked this yet; it takes some seconds. Ask again."


def lengths(question: Question, length: str) -> list[Action]:
    """Buttons for the other lengths."""
    return [action(other.capitalize(), changed(question, length=other)) for other in LENGTHS if other != length]


def other_stories(index: Index, question: Question, story: str) -> list[Action]:
    """Buttons for the other stories, where none was asked for."""
    if option(question, "story") or option(question, "article"):
        return []
    return choices(question, "story", [other.name for other in index.stories() if other.name != story][:5])
