"""The daily briefing's content: what is new in a story since the articles that a channel already had.

An article is known by its file's digest, which outlives a rebuilt index.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from briefing.brief.matrix import by
from briefing.brief.options import counted, line
from briefing.brief.shown import (
    day,
    passage_entry,
    report_label,
    stand_entry,
    statement_entry,
)
from briefing.brief.stories import story_title
from briefing.brief.summary import LENGTHS
from briefing.card import Card, Entry, Line, Question
from briefing.index import Index, Report, Said
from briefing.index.rows import OURS
from briefing.paging import entry_weight, paged, shortened
from briefing.weights import NAME

DATES = 5  # dates ahead that are shown
EACH = 3  # statements of one speaker
SPEAKERS = {"short": 3, "medium": 6, "long": 12}


def unseen(index: Index, story: str, seen: Collection[str]) -> tuple[str, ...]:
    """The digests of the story's articles that are not among those seen, the oldest first."""
    return tuple(report.digest for report in index.reports(story) if report.digest not in seen)


def briefing_since(
    index: Index,
    story: str,
    seen: Collection[str],
    *,
    today: date,
    question: Question,
    length: str = "short",
    only: Collection[str] | None = None,
) -> Card:
    """What the story's articles that a channel has not had yet say.

    In this order: the lead (three passages, or six, or twelve), the new articles' statements by speaker, positions
    that changed, dates ahead, sources. Page `question.page` is given; page 0 is a first view that stands alone.

    Args:
        seen: Digests of the articles that the channel has had.
        today: The day of the briefing; "ahead" is from it on.
        question: What the card's pages are asked by; it is put into the card as it is.
        length: "short", "medium" or "long".
        only: Digests to be told of, all others left out: a delivery's own articles, so that its pages stay the same
            when the index has grown since. None: all that are not seen.

    Returns:
        The card; its `entries` are empty where nothing is new.
    """
    title = f"{story_title(story)}: briefing of {day(today.isoformat())}"
    with index.snapshot():
        fresh = [r for r in index.reports(story) if r.digest not in seen and (only is None or r.digest in only)]
        if not fresh:
            return Card(shortened(title), question, notes=(Line(("Nothing new since the last briefing.",), "note"),))
        entries = [
            *lead(index, story, fresh, LENGTHS.get(length, LENGTHS["short"])),
            *statements(index, fresh, SPEAKERS.get(length, SPEAKERS["short"])),
            *changes(index, story, fresh),
            *ahead(index, story, fresh, today),
            *listed(fresh),
        ]
    shown, page, pages = paged([(entry, entry_weight(entry)) for entry in entries], lambda e: e, question.page)
    told = counted(len(fresh), "new article")
    return Card(shortened(title), question, headed_once(shown), notes=(Line((told,), "note"),), page=page, pages=pages)


def lead(index: Index, story: str, fresh: list[Report], length: int) -> list[Entry]:
    """The story's best passages among those of the new articles, in the order of date and place."""
    reports = {report.id: report for report in fresh}
    places = [place for place in index.ranking(story, 0, OURS, 100_000) or [] if place[0] in reports][:length]
    if not places:
        places = [place for report in fresh for place in (index.ranking(story, report.id, OURS, length) or [])][:length]
    order = {report.id: rank for rank, report in enumerate(fresh)}
    return [
        passage_entry(index, reports[id], (start, end))
        for id, start, end in sorted(places, key=lambda place: (order[place[0]], place[1]))
    ]


def statements(index: Index, fresh: list[Report], most: int) -> list[Entry]:
    """What was said, by speaker: those who said most first, and what is quoted before what is reported."""
    said = [one for one in index.said_in([report.id for report in fresh], ("speech",)) if one.speaker and one.sure]
    speakers = sorted(by(said, lambda one: one.speaker or ""), key=lambda pair: -len(pair[1]))[:most]
    shown = [one for _, group in speakers for one in sorted(group, key=reported)[:EACH]]
    return [statement_entry(index, one, named=True) for one in shown]


def headed_once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A page's entries, without the headings that repeat the one before (a speaker's name)."""
    heads = [entry.lines[0] if entry.lines[0].style == "heading" else None for entry in entries]
    repeated = [bool(head) and head == before for head, before in zip(heads, [None, *heads], strict=False)]
    return tuple(
        replace(entry, lines=entry.lines[1:]) if again else entry
        for entry, again in zip(entries, repeated, strict=True)
    )


def reported(said: Said) -> bool:
    return said.kind == "indirect"


def changes(index: Index, story: str, fresh: list[Report]) -> list[Entry]:
    """Positions that changed, and whose last turn is in a new article."""
    new = {report.id for report in fresh}
    entries = []
    for standing in index.turned(story):
        (before, since, _), (after, then, report) = standing.turns[-2:]
        if report in new:
            told = f"{shortened(standing.newest.actor, NAME)}: {shortened(standing.newest.issue, NAME)}"
            move = f"{before} ({day(since)}), then {after} ({day(then)})"
            entries.append(stand_entry(index, standing.newest, (Line((told,), "heading"), line(f"changed: {move}"))))
    return entries


def ahead(index: Index, story: str, fresh: list[Report], today: date) -> list[Entry]:
    """Dates from today on that the new articles give."""
    new = {report.id: report for report in fresh}
    coming = [event for event in index.events(story, today.isoformat(), 200) if event.report in new]
    entries = []
    for event in coming[:DATES]:
        shown = passage_entry(index, new[event.report], (event.start, event.end))
        entries.append(Entry((Line((f"Ahead: {day(event.date)}",), "heading"), *shown.lines), shown.actions))
    return entries


def listed(fresh: list[Report]) -> list[Entry]:
    """The new articles."""
    lines = [Line((report_label(report),), "source") for report in fresh]
    return [Entry((Line(("Sources",), "heading"), *lines))]
