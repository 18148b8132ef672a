"""The entries of positions: made from light drafts, and built when their page is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from briefing.brief.options import action, counted, line, message, unfinished
from briefing.brief.shown import day, stand_entry
from briefing.card import Card, Entry, Line, Question
from briefing.index import Index, Stand, Standing
from briefing.paging import LINE, paged, shortened
from briefing.stance import SIGNS, STANCES
from briefing.weights import NAME

TURNS = 4  # changes told of one position
CHANGE = 60  # what one change weighs at most in a line that tells of changes
WAS = {
    "supports": "for it",
    "opposes": "against it",
    "conditional": "for it on a condition",
    "mixed": "both for and against it",
    "unclear": "unclear",
}
"""A stance as one of several over time."""

Shown = tuple[tuple[str, ...], Standing | Stand]
"""What an entry is built from: its headings, the last with its sign, and what it shows under them."""

Draft = tuple[Shown, int]
"""What an entry is built from, and what the entry weighs at most."""


def shown(index: Index, question: Question, title: str, drafts: list[Draft]) -> Card:
    """The card of these entries, page by page."""
    if not drafts:
        return no_position(index, question, title)
    entries, page, pages = paged(drafts, partial(built, index), question.page)
    return Card(shortened(title), question, entries, notes=tuple(unfinished(index)), page=page, pages=pages)


def no_position(index: Index, question: Question, title: str) -> Card:
    return message(question, title, line("The articles show no position."), *unfinished(index))


def clear_first(standings: Iterable[Standing]) -> list[Standing]:
    """The standings with a stance before those without one."""
    return sorted(standings, key=lambda one: one.stance == "unclear")


def under(heading: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of a group, its heading over the first of them, so that no page ends with it."""
    if not drafts:
        return []
    ((headings, row), weight), *rest = drafts
    return [(((heading, *headings), row), weight + heading_weight(heading)), *rest]


def stand_draft(stand: Stand) -> Draft:
    heading = f"{SIGNS[stand.stance]} {STANCES[stand.stance]}"
    return ((heading,), stand), stand.weight + heading_weight(heading)


def issue_draft(standing: Standing) -> Draft:
    return standing_draft(standing, standing.newest.issue)


def actor_draft(standing: Standing) -> Draft:
    return standing_draft(standing, standing.newest.actor)


def standing_draft(standing: Standing, name: str, *, signed: bool = True) -> Draft:
    """An actor's entry or an issue's; a group's heading may have given its sign already."""
    heading = f"{SIGNS[standing.stance]} {name}" if signed else name
    changes = CHANGE * (1 + min(TURNS, len(standing.turns))) if standing.turns else 0
    return ((heading,), standing), standing.newest.weight + heading_weight(heading) + changes


def heading_weight(heading: str) -> int:
    """What a heading with its sign weighs at most."""
    return 2 * min(len(heading), NAME) + 2 * LINE


def heading_line(heading: str) -> Line:
    return Line((shortened(heading, NAME),), "heading")


def built(index: Index, shown: Shown) -> Entry:
    headings, row = shown
    opening = [heading_line(heading) for heading in headings]
    return stand_entry(index, row, opening) if isinstance(row, Stand) else standing_entry(index, row, opening)


def standing_entry(index: Index, standing: Standing, opening: list[Line]) -> Entry:
    """One actor on one issue: the newest evidence, whether it changed, and a button for the rest."""
    opening += [line(f"Changed: {change_label(standing)}")] if standing.turns else []
    entry = stand_entry(index, standing.newest, opening)
    if standing.times == 1:
        return entry
    asked = Question("positions", (("person", standing.newest.actor), ("issue", standing.newest.issue)))
    told = f"{'Both' if standing.times == 2 else f'All {standing.times}'} statements"
    return replace(entry, actions=(action(told, asked),))


def change_label(standing: Standing) -> str:
    """A changed position in words ("for it on 4 Mar 2031, then against it on 17 Mar 2031")."""
    told = [f"{WAS[stance]} on {day(date)}" for stance, date, _ in standing.turns[-TURNS:]]
    left_out = len(standing.turns) - len(told)
    return (f"{counted(left_out, 'time')} before, " if left_out else "") + ", then ".join(told)
