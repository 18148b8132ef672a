"""/positions: who stands where on what, with the words that show it."""

from __future__ import annotations

from dataclasses import replace

from briefing.brief.matrix import matrix
from briefing.brief.options import action, changed, choices, option, several, unknown
from briefing.brief.shown import name_label
from briefing.brief.standings import Draft, clear_first, issue_draft, shown, stand_draft, standing_draft, under
from briefing.brief.who_said import named
from briefing.card import CARD_ACTIONS, Card, Question
from briefing.index import Index, Issue, Profile
from briefing.paging import shortened
from briefing.stance import SIGNS, STANCES
from briefing.weights import NAME

LINKED = 5  # issues that share a word with the one asked about


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
    title = f"Where {name_label(profiles[0].name, profiles[0].role)}{',' if profiles[0].role else ''} stands"
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
        held = [standing_draft(one, one.newest.actor, signed=False) for one in standings if one.stance == stance]
        drafts += under(f"{SIGNS[stance]} {label} ({len(held)})", held)
    card = shown(index, question, f"Who stands where on {shortened(issue.name, NAME)}", drafts)
    actions = [action(linked, changed(question, issue=linked, story=issue.story)) for linked in issue.linked[:LINKED]]
    others = [other.story for other in index.issues_named(issue.name) if other.story != issue.story]
    actions += choices(question, "story", others)
    return replace(card, actions=tuple(actions[:CARD_ACTIONS]))


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
    found = [choice.name for choice in names.meant(typed)]
    if len(found) > 1:
        return several(question, "issue", found)
    issues = index.issues_named(found[0], option(question, "story") or None) if found else []
    return issues[0] if issues else unknown(question, "issue", names, index)
