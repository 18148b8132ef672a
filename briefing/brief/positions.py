"""/positions and /compare: who stands where on what, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.brief.options import action, choices, line, message, option, several, unfinished, unknown
from briefing.brief.shown import NAME, SIGNS, STANCES, day, name_label, stand_entry
from briefing.brief.stories import story_of, story_title
from briefing.brief.who_said import named
from briefing.card import CARD_ACTIONS, Card, Entry, Line, Question
from briefing.index import Index, Issue, Profile, Stand
from briefing.paging import LINE, entry_weight, paged, shortened, weight

MATRIX_ACTORS, MATRIX_ISSUES = 8, 6

Item = TypeVar("Item")
Cell = tuple[str, str, str, int]
"""An actor, an issue, a stance, and how often."""


def positions(index: Index, question: Question) -> Card:
    """By person, by issue, both, or the matrix of a story's main actors and issues."""
    person, issue = option(question, "person"), option(question, "issue")
    if person:
        return of_person(index, question)
    return on_issue(index, question) if issue else matrix(index, question)


def of_person(index: Index, question: Question) -> Card:
    """One actor's issues, each with its newest evidence."""
    profiles = profiles_of(index, question, "person")
    if isinstance(profiles, Card):
        return profiles
    issues = issues_of(index, question) if option(question, "issue") else None
    if isinstance(issues, Card):
        return issues
    stands = index.stands_of([p.id for p in profiles], None if issues is None else [i.id for i in issues])
    title = f"Where {name_label(profiles[0].name, profiles[0].role)} stands"
    if issues:
        drafts = [stand_draft(index, stand, f"{SIGNS[stand.stance]} {STANCES[stand.stance]}") for stand in stands]
        return shown(index, question, f"{title} on {issues[0].name}", drafts)
    drafts = [issue_draft(index, issue, group) for issue, group in by(stands, lambda stand: stand.issue)]
    return shown(index, question, title, drafts)


def on_issue(index: Index, question: Question) -> Card:
    """The actors on one issue, grouped by stance, each with its newest evidence."""
    issues = issues_of(index, question)
    if isinstance(issues, Card):
        return issues
    stands = index.stands_on([issue.id for issue in issues])
    actors = by(stands, lambda stand: stand.actor)
    drafts: list[Draft] = []
    for stance, label in STANCES.items():
        held = [(actor, group) for actor, group in actors if stance_now(group) == stance]
        drafts += [heading_draft(f"{SIGNS[stance]} {label} ({len(held)})")] if held else []
        drafts += [actor_draft(index, actor, group) for actor, group in held]
    return shown(index, question, f"Who stands where on {issues[0].name}", drafts)


def matrix(index: Index, question: Question) -> Card:
    """A story's main actors and issues, a sign in each cell."""
    story = story_of(index, question)
    if isinstance(story, Card):
        return story
    cells = index.matrix(story, MATRIX_ACTORS, MATRIX_ISSUES)
    title = f"{story_title(story)}: who stands where"
    if not cells:
        return message(question, title, line("The articles show no positions."), *unfinished(index))
    rows = by(cells, lambda cell: cell[0])
    legend = "   ".join(f"{sign} {STANCES[stance].lower()}" for stance, sign in SIGNS.items())
    card = shown(index, question, title, [row_draft(actor, row) for actor, row in rows], buttons=False)
    actions = [action(actor, Question("positions", (("person", actor),))) for actor, _ in rows]
    others = [other.name for other in index.stories() if other.name != story][:2]
    return replace(
        card,
        notes=(Line((legend,), "note"), *card.notes),
        actions=(*actions[: CARD_ACTIONS - len(others)], *choices(question, "story", others)),
    )


def compare(index: Index, question: Question) -> Card:
    """Two actors' positions, side by side on the issues that both speak to, then on the others."""
    one, other = profiles_of(index, question, "person"), profiles_of(index, question, "other")
    if isinstance(one, Card):
        return one
    if isinstance(other, Card):
        return other
    issues = issues_of(index, question) if option(question, "issue") else None
    if isinstance(issues, Card):
        return issues
    chosen = None if issues is None else [issue.id for issue in issues]
    sides = [by(index.stands_of([p.id for p in side], chosen), lambda s: s.issue) for side in (one, other)]
    theirs = [dict(side) for side in sides]
    shared = [issue for issue in theirs[0] if issue in theirs[1]]
    names = one[0].name, other[0].name
    drafts: list[Draft] = []
    for issue in shared:
        drafts.append(heading_draft(shortened(issue, NAME)))
        drafts += [actor_draft(index, name, side[issue]) for name, side in zip(names, theirs, strict=True)]
    for name, side in zip(names, theirs, strict=True):
        alone = [(issue, group) for issue, group in side.items() if issue not in shared]
        drafts += [heading_draft(f"Only {shortened(name, NAME)}")] if alone else []
        drafts += [issue_draft(index, issue, group) for issue, group in alone]
    return shown(index, question, f"{shortened(names[0], NAME)} and {shortened(names[1], NAME)}", drafts)


# Who and what is asked about


def profiles_of(index: Index, question: Question, key: str) -> list[Profile] | Card:
    names = named(index, option(question, key))
    if not names:
        return unknown(question, key, index.people(), index)
    return index.profiles(names[0]) if len(names) == 1 else several(question, key, names)


def issues_of(index: Index, question: Question) -> list[Issue] | Card:
    names = index.issues_by_name()
    typed = option(question, "issue")
    found = [choice.name for choice in names.called(typed)] or [choice.name for choice in names.found(typed)]
    if not found:
        return unknown(question, "issue", names, index)
    return index.issues_named(found[0]) if len(found) == 1 else several(question, "issue", found)


# How groups read


def by(items: Iterable[Item], key: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """The items by key, in the order of each key's first item."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def newest(stands: Sequence[Stand]) -> Stand:
    """The last dated position that has a stance, else the last dated one, else any."""
    polar = [stand for stand in stands if stand.stance != "unclear"] or list(stands)
    dated = [stand for stand in polar if stand.date]
    return dated[-1] if dated else polar[-1]


def stance_now(stands: Sequence[Stand]) -> str:
    """What the newest positions amount to: "mixed" where those of one day differ."""
    last = newest(stands)
    same_day = {stand.stance for stand in stands if stand.date == last.date} - {"unclear"}
    return "mixed" if {"supports", "opposes"} <= same_day else last.stance


def moves(stands: Sequence[Stand]) -> list[Stand]:
    """The positions at which an actor's stance on one issue changed, the first one included; one alone is no move."""
    dated = [stand for stand in stands if stand.date and stand.stance != "unclear"]
    pairs = zip([None, *dated], dated, strict=False)
    turns = [stand for before, stand in pairs if before is None or before.stance != stand.stance]
    return turns if len(turns) > 1 and len({turn.date for turn in turns}) > 1 else []


def change_label(stands: Sequence[Stand]) -> str | None:
    """A changed position in words ("supports on 4 Mar 2031, opposes on 17 Mar 2031"), None where none changed."""
    turns = moves(stands)
    return ", then ".join(f"{turn.stance} ({day(turn.date)})" for turn in turns[-4:]) or None


def sign_of(stands: Sequence[Stand]) -> str:
    return SIGNS[stance_now(stands)]


# Entries, built when their page is shown

Draft = tuple[Callable[[], Entry], int]
"""What makes an entry, and what the entry weighs at most."""


def heading_draft(heading: str) -> Draft:
    entry = Entry((Line((heading,), "heading"),))
    return (lambda: entry), entry_weight(entry)


def row_draft(actor: str, row: list[Cell]) -> Draft:
    """One actor's row of the matrix: on each issue the stance taken most often, or both."""
    signs = [(cell_sign([(stance, times) for _, _, stance, times in cells]), issue) for issue, cells in by(row, second)]
    entry = Entry(
        (
            Line((shortened(actor, NAME),), "heading"),
            *(line(f"{sign} {shortened(issue, NAME)}") for sign, issue in signs),
        )
    )
    return (lambda: entry), entry_weight(entry)


def second(cell: Cell) -> str:
    return cell[1]


def cell_sign(counts: list[tuple[str, int]]) -> str:
    stances = {stance for stance, _ in counts}
    if {"supports", "opposes"} <= stances:
        return SIGNS["mixed"]
    polar = [pair for pair in counts if pair[0] != "unclear"] or counts
    return SIGNS[max(polar, key=lambda pair: pair[1])[0]]


def stand_draft(index: Index, stand: Stand, heading: str) -> Draft:
    opening = [Line((heading,), "heading")]
    return (lambda: stand_entry(index, stand, opening)), stand.weight + weight(heading) + LINE


def issue_draft(index: Index, issue: str, stands: list[Stand]) -> Draft:
    return group_draft(index, f"{sign_of(stands)} {shortened(issue, NAME)}", stands, issue)


def actor_draft(index: Index, actor: str, stands: list[Stand]) -> Draft:
    return group_draft(index, f"{sign_of(stands)} {shortened(actor, NAME)}", stands, stands[0].issue)


def group_draft(index: Index, heading: str, stands: list[Stand], issue: str) -> Draft:
    """One actor on one issue: the newest evidence, whether it changed, and a button for the rest."""
    if len(stands) == 1:
        return stand_draft(index, stands[0], heading)
    change = change_label(stands)
    opening = (Line((heading,), "heading"), *((line(f"changed: {change}"),) if change else ()))
    last = newest(stands)
    more = action(f"All {len(stands)}", Question("positions", (("person", last.actor), ("issue", issue))))

    def make() -> Entry:
        return replace(stand_entry(index, last, opening), actions=(more,))

    return make, last.weight + entry_weight(Entry(opening))


def shown(index: Index, question: Question, title: str, drafts: list[Draft], *, buttons: bool = True) -> Card:
    """The card of these entries, page by page."""
    if not drafts:
        return message(question, title, line("The articles show no position."), *unfinished(index))
    entries, page, pages = paged(drafts, lambda make: make(), question.page, buttons=buttons)
    return Card(shortened(title), question, entries, notes=tuple(unfinished(index)), page=page, pages=pages)
