"""/positions: who stands where on what, with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.brief.matrix import matrix
from briefing.brief.options import (
    action,
    changed,
    choices,
    line,
    message,
    option,
    quoted,
    several,
    unfinished,
    unknown,
)
from briefing.brief.shown import name_label
from briefing.brief.standings import Draft, clear_first, issue_draft, shown, stand_draft, standing_draft, under
from briefing.brief.stories import story_of, story_title
from briefing.brief.who_said import named, namesakes
from briefing.card import CARD_ACTIONS, Action, Card, Question
from briefing.index import Index, Issue, Profile
from briefing.paging import shortened
from briefing.stance import SIGNS, STANCES
from briefing.weights import NAME

LINKED = 5  # issues that share a word with the one asked about
OTHERS = 2  # issues, and stories, that may be meant where nobody is


def positions(index: Index, question: Question) -> Card:
    """By person, by issue, both, or the matrix of a story's main actors and issues."""
    if not option(question, "person") and not option(question, "issue"):
        return matrix(index, question)
    story = story_of(index, question) if option(question, "story") else None
    if isinstance(story, Card):
        return story
    return of_person(index, question, story) if option(question, "person") else on_issue(index, question, story)


def of_person(index: Index, question: Question, story: str | None) -> Card:
    """One actor's issues, each with its newest evidence; on one issue, all evidence there is."""
    profiles = profiles_of(index, question, "person", story)
    if isinstance(profiles, Card):
        first = () if named(index, option(question, "person")) else of_other_kind(index, question)
        return replace(profiles, actions=(*first, *profiles.actions)[:CARD_ACTIONS])
    title = f"Where {name_label(profiles[0].name, profiles[0].role)}{',' if profiles[0].role else ''} stands"
    stories = [profile.story for profile in profiles if profile.positions]
    if story and story not in stories:
        return elsewhere(index, question, title, story, stories)
    actors = [profile.id for profile in profiles if story in (None, profile.story)]
    if not option(question, "issue"):
        drafts = [issue_draft(one) for one in clear_first(index.standings_of(actors))]
        card = shown(index, question, title, drafts)
        more = [] if drafts else [*instead(profiles), *of_other_kind(index, question)]
        return replace(card, actions=(*card.actions, *more, *namesakes(index, question)))
    issue = issue_of(index, question, story)
    if isinstance(issue, Card):
        return issue
    drafts = [stand_draft(stand) for stand in index.stands_of(actors, issue.name)]
    card = shown(index, question, f"{title} on {shortened(issue.name, NAME)}", drafts)
    return card if drafts else replace(card, actions=(*card.actions, *instead(profiles, issue)))


def instead(profiles: list[Profile], issue: Issue | None = None) -> Iterator[Action]:
    """Buttons where somebody has no position, or none on an issue: to who has, to their others, to their words."""
    person = ("person", profiles[0].name)
    if issue:
        yield action(f"Who stands where on {issue.name}", Question("positions", (("issue", issue.name),)))
        if any(profile.positions for profile in profiles):
            yield action("Their other positions", Question("positions", (person,)))
    if any(profile.statements for profile in profiles):
        yield action("Everything they said", Question("who-said", (person,)))


def of_other_kind(index: Index, question: Question) -> Iterator[Action]:
    """Buttons to the issues and the stories that may be meant where no person, or nobody with a position, is."""
    typed = option(question, "person")
    for issue in index.issues_by_name().meant(typed)[:OTHERS]:
        yield action(f"Who stands where on {issue.name}", Question("positions", (("issue", issue.name),)))
    for story in index.stories_by_name().meant(typed)[:OTHERS]:
        title = f"{story_title(story.name)}: who stands where"
        yield action(title, Question("positions", (("story", story.name),)))


def on_issue(index: Index, question: Question, story: str | None) -> Card:
    """The actors on one issue, grouped by stance, each with its newest evidence."""
    issue = issue_of(index, question, story)
    if isinstance(issue, Card):
        return issue
    standings = index.standings_on(issue.id)
    drafts: list[Draft] = []
    for stance, label in STANCES.items():
        held = [standing_draft(one, one.newest.actor, signed=False) for one in standings if one.stance == stance]
        drafts += under(f"{SIGNS[stance]} {label} ({len(held)})", held)
    card = shown(index, question, f"Who stands where on {shortened(issue.name, NAME)}", drafts)
    actions = [action(linked, changed(question, issue=linked, story=issue.story)) for linked in issue.linked[:LINKED]]
    others = [other.story for other in index.issues_named(issue.name) if other.story != issue.story]
    actions += choices(question, "story", others)
    return replace(card, actions=tuple(actions[:CARD_ACTIONS]))


def profiles_of(index: Index, question: Question, key: str, story: str | None = None) -> list[Profile] | Card:
    """Whom an option names, in every story; of several, those of the story asked for."""
    names = named(index, option(question, key))
    if len(names) > 1 and story:
        names = [name for name in names if index.profiles(name, story)] or names
    if len(names) > 1:
        return several(question, key, names)
    profiles = index.profiles(names[0]) if names else []
    return profiles or unknown(question, key, index.people(), index)


def issue_of(index: Index, question: Question, story: str | None = None) -> Issue | Card:
    """The issue asked for: of the story asked for, else of the newest story that has it."""
    typed, names = option(question, "issue"), index.issues_by_name(story)
    found = [choice.name for choice in names.meant(typed)]
    if len(found) > 1:
        return several(question, "issue", found)
    if story and not found:
        meant = [choice.name for choice in index.issues_by_name().meant(typed)]
        if stories := [issue.story for name in meant for issue in index.issues_named(name)]:
            return elsewhere(index, question, f"Who stands where on {quoted(typed)}", story, stories)
    issues = index.issues_named(found[0], story) if found else []
    return issues[0] if issues else unknown(question, "issue", names, index)


def elsewhere(index: Index, question: Question, title: str, story: str, stories: Iterable[str]) -> Card:
    """That a story's articles show no position, and the stories whose articles do."""
    told = f"The articles of {shortened(story_title(story))} show no position."
    return message(
        question, title, line(told), *unfinished(index), actions=choices(question, "story", dict.fromkeys(stories))
    )
