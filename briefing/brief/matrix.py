"""/positions without options: the matrix of a story's main actors and issues, and the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import TypeVar

from briefing.brief.options import action, choices, line, unfinished
from briefing.brief.standings import built, heading_line, no_position, standing_draft
from briefing.brief.stories import story_of, story_title
from briefing.card import Attachment, Card, Entry, Line, Question
from briefing.index import Index, Standing
from briefing.paging import paged, shortened
from briefing.stance import SIGNS, STANCES
from briefing.weights import NAME

MATRIX_ACTORS, MATRIX_ISSUES = 8, 6

Item = TypeVar("Item")
Rows = list[tuple[str, list[Standing]]]
"""A matrix: each actor with a standing on each of the issues that they speak to."""


def matrix(index: Index, question: Question) -> Card:
    """A story's main actors and issues as a picture, a sign in each cell; under it the words behind the cells."""
    story = story_of(index, question)
    if isinstance(story, Card):
        return story
    rows = by(index.matrix(story, MATRIX_ACTORS, MATRIX_ISSUES), lambda one: one.newest.actor)
    title = f"{story_title(story)}: who stands where"
    if not rows:
        return no_position(index, question, title)
    drafts = [standing_draft(one, f"{one.newest.actor} on {one.newest.issue}") for one in tellingly(rows)]
    entries, page, pages = paged(drafts, partial(built, index), question.page)
    legend = " · ".join(f"{sign} {STANCES[stance].lower()}" for stance, sign in SIGNS.items())
    share = share_of(index, story, rows)
    actions = [action(actor, Question("positions", (("person", actor),))) for actor, _ in rows[:5]]
    actions += choices(question, "story", [other.name for other in index.stories() if other.name != story][:3])
    for form in ("dna-csv", "graphml"):
        actions.append(action(f"Export {form}", Question("export", (("story", story), ("format", form)))))
    pictures = (matrix_picture(cells_of(rows), share),) if page == 0 else ()
    table = tuple(row_entry(*row) for row in rows)
    return Card(
        shortened(title),
        question,
        entries,
        notes=(*((Line((share,), "note"),) if share else ()), Line((legend,), "note"), *unfinished(index)),
        actions=tuple(actions),
        attachments=tuple(replace(picture, entries=table) for picture in pictures),
        page=page,
        pages=pages,
    )


def tellingly(rows: Rows) -> list[Standing]:
    """The matrix's standings: those that changed, then those with a stance, then the rest; each the newest first."""
    cells = [one for _, row in rows for one in row]
    newest = sorted(cells, key=lambda one: one.newest.date or "", reverse=True)
    return sorted(newest, key=lambda one: (not one.turns, one.stance == "unclear"))


def share_of(index: Index, story: str, rows: Rows) -> str:
    """Of what the matrix leaves some out ("6 of 19 issues, 6 of 10 people and bodies"), "" where it shows all."""
    actors, issues = index.standing_in(story)
    shown = len({one.newest.issue for _, row in rows for one in row})
    parts = ((shown, issues, "issues"), (len(rows), actors, "people and bodies"))
    return ", ".join(f"{some} of {every} {things}" for some, every, things in parts if some < every)


def cells_of(rows: Rows) -> tuple[tuple[str, str, str, bool], ...]:
    """Actor, issue and stance of each cell, and whether it changed."""
    return tuple((one.newest.actor, one.newest.issue, one.stance, bool(one.turns)) for _, row in rows for one in row)


@lru_cache(maxsize=32)
def matrix_picture(cells: tuple[tuple[str, str, str, bool], ...], share: str = "") -> Attachment:
    """The matrix as a PNG; drawn once for as long as it stays the same."""
    from briefing.picture import Cell, picture

    data, alt = picture([Cell(*cell) for cell in cells], share)
    return Attachment("positions.png", data, alt)


@cache
def draw_ahead() -> None:
    """Loads what draws the matrix, and its font; the first picture takes 100 ms otherwise."""
    from briefing.picture import Cell, picture

    picture([Cell("Name", issue, issue, changed=True) for issue in STANCES], "share")


def by(items: Iterable[Item], key: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """The items by key, in the order of each key's first item."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def row_entry(actor: str, row: list[Standing]) -> Entry:
    """One actor's row of the matrix: a sign for each issue."""
    signs = [f"{SIGNS[one.stance]} {shortened(one.newest.issue, NAME)}" for one in row]
    cells = [line(sign + (" (changed)" if one.turns else "")) for sign, one in zip(signs, row, strict=True)]
    return Entry((heading_line(actor), *cells))
