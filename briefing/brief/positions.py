"""/positions and /compare: who stands where on what, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from typing import TypeVar

from briefing.brief.options import (
    action,
    changed,
    choices,
    counted,
    line,
    message,
    option,
    several,
    unfinished,
    unknown,
)
from briefing.brief.shown import NAME, SIGNS, STANCES, day, name_label, stand_entry
from briefing.brief.stories import story_of, story_title
from briefing.brief.who_said import named
from briefing.card import CARD_ACTIONS, Attachment, Card, Entry, Line, Question
from briefing.index import Index, Issue, Profile, Stand, Standing
from briefing.paging import LINE, paged, shortened

MATRIX_ACTORS, MATRIX_ISSUES = 8, 6
LINKED = 5  # issues that share a word with the one asked about
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

Item = TypeVar("Item")


def positions(index: Index, question: Question) -> Card:
    """By person, by issue, both, or the matrix of a story's main actors and issues."""
    if option(question, "person"):
        return of_person(index, question)
    return on_issue(index, question) if option(question, "issue") else matrix(index, question)


def of_person(index: Index, question: Question) -> Card:
    """One actor's issues, each with its newest evidence; on one issue, all evidence there is."""
    profiles = profiles_of(index, question, "person")
    if isinstance(profiles, Card):
        return profiles
    actors = [profile.id for profile in profiles]
    title = f"Where {name_label(profiles[0].name, profiles[0].role)} stands"
    if not option(question, "issue"):
        return shown(index, question, title, [issue_draft(one) for one in clear_first(index.standings_of(actors))])
    issue = issue_of(index, question)
    if isinstance(issue, Card):
        return issue
    drafts = [stand_draft(stand) for stand in index.stands_of(actors, issue.name)]
    return shown(index, question, f"{title} on {shortened(issue.name, NAME)}", drafts)


def on_issue(index: Index, question: Question) -> Card:
    """The actors on one issue, grouped by stance, each with its newest evidence."""
    issue = issue_of(index, question)
    if isinstance(issue, Card):
        return issue
    standings = index.standings_on(issue.id)
    drafts: list[Draft] = []
    for stance, label in STANCES.items():
        held = [one for one in standings if one.stance == stance]
        drafts += [heading_draft(f"{SIGNS[stance]} {label} ({len(held)})")] if held else []
        drafts += [standing_draft(one, one.newest.actor, signed=False) for one in held]
    card = shown(index, question, f"Who stands where on {shortened(issue.name, NAME)}", drafts)
    actions = [action(linked, changed(question, issue=linked, story=issue.story)) for linked in issue.linked[:LINKED]]
    others = [other.story for other in index.issues_named(issue.name) if other.story != issue.story]
    actions += choices(question, "story", others)
    return replace(card, actions=tuple(actions[:CARD_ACTIONS]))


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
    legend = "   ".join(f"{sign} {STANCES[stance].lower()}" for stance, sign in SIGNS.items())
    actions = [action(actor, Question("positions", (("person", actor),))) for actor, _ in rows[:5]]
    actions += choices(question, "story", [other.name for other in index.stories() if other.name != story][:3])
    for form in ("dna-csv", "graphml"):
        actions.append(action(f"Export {form}", Question("export", (("story", story), ("format", form)))))
    pictures = (matrix_picture(cells_of(rows)),) if page == 0 else ()
    table = tuple(row_entry(*row) for row in rows)
    return Card(
        shortened(title),
        question,
        entries,
        notes=(Line((legend,), "note"), *unfinished(index)),
        actions=tuple(actions),
        attachments=tuple(replace(picture, entries=table) for picture in pictures),
        page=page,
        pages=pages,
    )


Rows = list[tuple[str, list[Standing]]]
"""A matrix: each actor with a standing on each of the issues that they speak to."""


def tellingly(rows: Rows) -> list[Standing]:
    """The matrix's standings: those that changed, then those with a stance, then the rest; each the newest first."""
    cells = [one for _, row in rows for one in row]
    newest = sorted(cells, key=lambda one: one.newest.date or "", reverse=True)
    return sorted(newest, key=lambda one: (not one.turns, one.stance == "unclear"))


def cells_of(rows: Rows) -> tuple[tuple[str, str, str], ...]:
    """Actor, issue and stance of each cell."""
    return tuple((one.newest.actor, one.newest.issue, one.stance) for _, row in rows for one in row)


@lru_cache(maxsize=32)
def matrix_picture(cells: tuple[tuple[str, str, str], ...]) -> Attachment:
    """The matrix as a PNG; drawn once for as long as it stays the same."""
    from briefing.matrix import picture

    data, alt = picture(cells)
    return Attachment("positions.png", data, alt)


def compare(index: Index, question: Question) -> Card:
    """Two actors' positions, on the issues that both speak to first, then on the others."""
    sides: list[dict[str, Standing]] = []
    names: list[str] = []
    issue = issue_of(index, question) if option(question, "issue") else None
    if isinstance(issue, Card):
        return issue
    for key in ("person", "other"):
        profiles = profiles_of(index, question, key)
        if isinstance(profiles, Card):
            return profiles
        names.append(shortened(profiles[0].name, NAME))
        if names[1:] == names[:1]:
            return message(question, f"{names[0]} and who else?", line("Name somebody else as other."))
        standings = index.standings_of([profile.id for profile in profiles], issue.name if issue else None)
        sides.append({one.newest.issue: one for one in standings})
    one, other = sides
    drafts: list[Draft] = []
    for shared in (name for name in one if name in other):
        drafts.append(heading_draft(shared))
        drafts += [actor_draft(side[shared]) for side in sides]
    for name, side, against in ((names[0], one, other), (names[1], other, one)):
        alone = [standing for issue_name, standing in side.items() if issue_name not in against]
        drafts += [heading_draft(f"Only {name}")] if alone else []
        drafts += [issue_draft(standing) for standing in clear_first(alone)]
    return shown(index, question, f"{names[0]} and {names[1]}", drafts)


# Who and what is asked about


def profiles_of(index: Index, question: Question, key: str) -> list[Profile] | Card:
    names = named(index, option(question, key))
    if len(names) > 1:
        return several(question, key, names)
    profiles = index.profiles(names[0]) if names else []
    return profiles or unknown(question, key, index.people(), index)


def issue_of(index: Index, question: Question) -> Issue | Card:
    """The issue asked for: of the story asked for, else of the newest story that has it."""
    names = index.issues_by_name()
    typed = option(question, "issue")
    found = [choice.name for choice in names.called(typed) or names.found(typed)]
    if len(found) > 1:
        return several(question, "issue", found)
    issues = index.issues_named(found[0], option(question, "story") or None) if found else []
    return issues[0] if issues else unknown(question, "issue", names, index)


def clear_first(standings: Iterable[Standing]) -> list[Standing]:
    """The standings with a stance before those without one."""
    return sorted(standings, key=lambda one: one.stance == "unclear")


def by(items: Iterable[Item], key: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """The items by key, in the order of each key's first item."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


# Entries, built when their page is shown

Shown = tuple[str, Standing | Stand | None]
"""What an entry is built from: its heading with its sign, and what it shows under it."""

Draft = tuple[Shown, int]
"""What an entry is built from, and what the entry weighs at most."""


def heading_draft(heading: str) -> Draft:
    return (heading, None), heading_weight(heading)


def stand_draft(stand: Stand) -> Draft:
    heading = f"{SIGNS[stand.stance]} {STANCES[stand.stance]}"
    return (heading, stand), stand.weight + heading_weight(heading)


def issue_draft(standing: Standing) -> Draft:
    return standing_draft(standing, standing.newest.issue)


def actor_draft(standing: Standing) -> Draft:
    return standing_draft(standing, standing.newest.actor)


def standing_draft(standing: Standing, name: str, *, signed: bool = True) -> Draft:
    """An actor's entry or an issue's; a group's heading may have given its sign already."""
    heading = f"{SIGNS[standing.stance]} {name}" if signed else name
    changes = CHANGE * (1 + min(TURNS, len(standing.turns))) if standing.turns else 0
    return (heading, standing), standing.newest.weight + heading_weight(heading) + changes


def heading_weight(heading: str) -> int:
    """What a heading with its sign weighs at most."""
    return 2 * min(len(heading), NAME) + 2 * LINE


def heading_line(heading: str) -> Line:
    return Line((shortened(heading, NAME),), "heading")


def built(index: Index, shown: Shown) -> Entry:
    heading, row = shown
    if row is None:
        return Entry((heading_line(heading),))
    return (
        stand_entry(index, row, [heading_line(heading)])
        if isinstance(row, Stand)
        else standing_entry(index, row, heading)
    )


def standing_entry(index: Index, standing: Standing, heading: str) -> Entry:
    """One actor on one issue: the newest evidence, whether it changed, and a button for the rest."""
    opening = [heading_line(heading)]
    opening += [line(f"Changed: {change_label(standing)}")] if standing.turns else []
    entry = stand_entry(index, standing.newest, opening)
    if standing.times == 1:
        return entry
    asked = Question("positions", (("person", standing.newest.actor), ("issue", standing.newest.issue)))
    return replace(entry, actions=(action(f"All {standing.times}", asked),))


def change_label(standing: Standing) -> str:
    """A changed position in words ("for it on 4 Mar 2031, then against it on 17 Mar 2031")."""
    told = [f"{WAS[stance]} on {day(date)}" for stance, date, _ in standing.turns[-TURNS:]]
    left_out = len(standing.turns) - len(told)
    return (f"{counted(left_out, 'time')} before, " if left_out else "") + ", then ".join(told)


def row_entry(actor: str, row: list[Standing]) -> Entry:
    """One actor's row of the matrix: a sign for each issue."""
    signs = [f"{SIGNS[one.stance]} {shortened(one.newest.issue, NAME)}" for one in row]
    cells = [line(sign + (" (changed)" if one.turns else "")) for sign, one in zip(signs, row, strict=True)]
    return Entry((heading_line(actor), *cells))


def shown(index: Index, question: Question, title: str, drafts: list[Draft]) -> Card:
    """The card of these entries, page by page."""
    if not drafts:
        return no_position(index, question, title)
    entries, page, pages = paged(drafts, partial(built, index), question.page)
    return Card(shortened(title), question, entries, notes=tuple(unfinished(index)), page=page, pages=pages)


def no_position(index: Index, question: Question, title: str) -> Card:
    return message(question, title, line("The articles show no position."), *unfinished(index))
