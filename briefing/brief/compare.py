"""/compare: where two stand on the same issues."""

from __future__ import annotations

from briefing.brief.options import line, message, option, unfinished
from briefing.brief.positions import issue_of, profiles_of
from briefing.brief.standings import Draft, actor_draft, clear_first, issue_draft, shown, under
from briefing.card import Card, Question
from briefing.index import Index, Issue, Profile, Standing
from briefing.paging import shortened
from briefing.weights import NAME

ASKED = {"person": "Who?", "other": "Compare with whom?"}
"""What is asked where an option was left out."""


def compare(index: Index, question: Question) -> Card:
    """Two actors' positions, on the issues that both speak to first, then on the others."""
    issue = issue_of(index, question) if option(question, "issue") else None
    if isinstance(issue, Card):
        return issue
    compared: list[list[Profile]] = []
    for key, asked in ASKED.items():
        if not option(question, key):
            return message(question, asked, line("Name two: /compare person:… other:…"), *unfinished(index))
        profiles = profiles_of(index, question, key)
        if isinstance(profiles, Card):
            return profiles
        compared.append(profiles)
    names = [shortened(profiles[0].name, NAME) for profiles in compared]
    if compared[0] == compared[1]:
        return message(question, f"{names[0]} and who else?", line("Name somebody else as other."))
    sides = [standings_by_issue(index, profiles, issue) for profiles in compared]
    one, other = sides
    drafts: list[Draft] = []
    for shared in (name for name in one if name in other):
        drafts += under(shared, [actor_draft(side[shared]) for side in sides])
    for name, side, against in ((names[0], one, other), (names[1], other, one)):
        alone = [standing for issue_name, standing in side.items() if issue_name not in against]
        drafts += under(f"Only {name}", [issue_draft(standing) for standing in clear_first(alone)])
    return shown(index, question, f"{names[0]} and {names[1]}", drafts)


def standings_by_issue(index: Index, profiles: list[Profile], issue: Issue | None) -> dict[str, Standing]:
    """Where somebody stands on one issue, or on all, by the issue's name."""
    standings = index.standings_of([profile.id for profile in profiles], issue.name if issue else None)
    return {standing.newest.issue: standing for standing in standings}
