"""A story's issues: which phrases of its articles mean one issue, what it is called, and what people set by hand.

By hand means a story's issues.toml:

    hide = ["request"]                      # issues that are not shown

    [merge]                                 # every phrase in the list is the issue that the key names
    "two-state solution" = ["two states", "two-state path"]

    [name]                                  # what an issue is called instead
    "levy on berths" = "the berth levy"
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.by_hand import tables_of
from briefing.head import head_of, set_apart


@dataclass(frozen=True, slots=True)
class Use:
    """One position's mention of an issue.

    Attributes:
        report: The article's id.
        phrase: The issue as the article's positions call it.
        actor: Who speaks to it, by a name that is the same over the story.
        sided: A side is taken on it.
    """

    report: str
    phrase: str
    actor: str
    sided: bool = True


@dataclass(frozen=True, slots=True)
class StoryIssue:
    """An issue over all articles of a story.

    Attributes:
        aliases: The other phrases that the articles use for it.
        linked: Names of other issues of the story that share a telling word with it.
        stands_for: The (article id, phrase) pairs that mean it.
        actors, reports: How many speak to it, and in how many articles.
    """

    name: str
    aliases: tuple[str, ...]
    linked: tuple[str, ...]
    stands_for: tuple[tuple[str, str], ...]
    actors: int
    reports: int


@dataclass(frozen=True, slots=True)
class IssueRules:
    """What people set by hand; phrases are keys as `key_of` makes them.

    Attributes:
        merged: Each phrase's key to the name of the issue that it means.
        names: An issue's key to what it is called instead.
    """

    hidden: frozenset[str] = frozenset()
    merged: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


NO_RULES = IssueRules()


def story_issues(
    uses: Sequence[Use], rules: IssueRules = NO_RULES, roles: Mapping[str, str] | None = None
) -> list[StoryIssue]:
    """The issues that the uses are about, without hidden ones.

    Clear names on which a side is taken first, then those that most actors take one on, then by actors and articles.

    Args:
        roles: What the story's persons are, by name ("Ana Ruiz": "Mayor"): "the mayor" is then Ana Ruiz.
    """
    groups: dict[str, list[Use]] = defaultdict(list)
    rules = _with_people(rules, roles or {})
    same = _merging({use.phrase for use in uses}, rules)
    for use in uses:
        groups[same[use.phrase]].append(use)
    told = {key: members for key, members in groups.items() if not _is_hidden(members, rules)}
    names = {key: _name(members, rules) for key, members in told.items()}
    linked = _links(names)
    issues = [_issue(names[key], members, linked[key]) for key, members in told.items()]
    uses_of = {names[key]: len(members) for key, members in told.items()}
    sided = {names[key]: len({use.actor for use in members if use.sided}) for key, members in told.items()}
    return sorted(
        issues,
        key=lambda i: (
            not sided[i.name] or _is_bare(i.name),
            -sided[i.name],
            -i.actors,
            -i.reports,
            -uses_of[i.name],
            i.name,
        ),
    )


def read_issues(text: str) -> IssueRules:
    """The rules in the text of an issues.toml.

    Raises:
        ByHandError: Not TOML, an unknown section, a name that is no text, or a phrase with two meanings; with its line.
    """
    tables = tables_of("issues.toml", text, ("hide", "merge", "name"))
    merged: dict[str, str] = {}
    for name, phrases in tables.lists("merge", key_of):
        for phrase in (name, *phrases):
            if (other := merged.setdefault(key_of(phrase), name)) != name:
                raise tables.wrong(f"{phrase!r} already means {other!r}", "merge", name, phrase)
    names: dict[str, str] = {}
    for issue, called in tables.rows("name").items():
        if not isinstance(called, str) or not called.strip():
            raise tables.wrong(f'{issue!r} needs a name: "..."', "name", issue)
        names[key_of(issue)] = called
    hidden = tables.names(tables.sections.get("hide", []), "hide", key=key_of)
    return IssueRules(frozenset(map(key_of, hidden)), merged, names)


def key_of(phrase: str) -> str:
    """What two spellings of one issue share: its words in the singular, without articles, in any order."""
    return " ".join(sorted(set(_words(phrase))))


SMALL = frozenset({"a", "an", "the", "of", "for", "to", "in", "on", "with", "and", "or", "any", "such", "its", "their"})
PLAIN = {"new", "old", "big", "more", "other", "own", "first", "last"}  # adjectives that link nothing

GENERAL = frozenset(
    """action bill comment deal decision effort idea issue law matter measure move plan policy proposal question report
    request response result rule step suggestion term thing vote work""".split()
)


def _is_bare(name: str) -> bool:
    """A general noun alone, that says nothing to whoever has not read the article ("plan")."""
    words = _words(name)
    return len(words) == 1 and words[0] in GENERAL


def _with_people(rules: IssueRules, roles: Mapping[str, str]) -> IssueRules:
    """The rules, and each role that one person of the story has alone as that person ("mayor")."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for name, role in roles.items():
        bearers[key_of(role)].append(name)
    people = {key: names[0] for key, names in bearers.items() if key and len(names) == 1}
    people |= {key_of(name): name for name in people.values()}
    return replace(rules, merged={**people, **rules.merged})


def _words(phrase: str) -> list[str]:
    joined = re.sub(r"(?<=\w)[’']s?\b", "", phrase.lower().replace("cease-fire", "ceasefire"))
    return [_singular(word) for word in re.findall(r"\w+", joined) if word not in SMALL]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _merging(phrases: Iterable[str], rules: IssueRules) -> dict[str, str]:
    """Each phrase to the key of its issue.

    A phrase whose words are all in a longer one with the same head is the same issue, if there is only one such; what
    is merged by hand counts as one, and takes its short form with it. Adjectives that set a thing apart ("new") make no
    longer form.
    """
    keys = {phrase: key_of(phrase) for phrase in phrases}
    parts = {key_of(phrase): (frozenset(_words(phrase)), head_of(phrase, _words)) for phrase in sorted(keys)}
    heads: dict[str, list[str]] = defaultdict(list)
    for key, (_, head) in parts.items():
        heads[head].append(key)
    by_hand = {key: key_of(rules.merged.get(key, key)) for key in parts}
    longer: dict[str, str] = {}
    for key, (words, head) in parts.items():
        fuller = [one for one in heads[head] if words < parts[one][0] and not set_apart(words, parts[one][0])]
        top = {by_hand[one] for one in fuller if not any(parts[one][0] < parts[other][0] for other in fuller)}
        if words and len(top) == 1:
            longer[key] = top.pop()
    return {phrase: by_hand[key] if key in rules.merged else longer.get(key, key) for phrase, key in keys.items()}


def _is_hidden(members: Sequence[Use], rules: IssueRules) -> bool:
    return any(key_of(use.phrase) in rules.hidden for use in members)


def _name(members: Sequence[Use], rules: IssueRules) -> str:
    """By hand, else the shortest phrase of two words or more, else the shortest."""
    keys = {key_of(use.phrase) for use in members}
    by_hand = next((rules.merged[key] for key in sorted(keys) if key in rules.merged), None)
    if by_hand is not None:
        return rules.names.get(key_of(by_hand), by_hand)
    named = next((rules.names[key] for key in sorted(keys) if key in rules.names), None)
    counts = Counter(use.phrase for use in members)
    clear = [phrase for phrase in counts if len(_words(phrase)) > 1] or list(counts)
    return named or min(clear, key=lambda phrase: (len(phrase.split()), -counts[phrase], len(phrase), phrase))


def _links(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Each issue's key to the names of the others that share a telling word with it, in the order of the names."""
    keys = list(names)
    telling = [set(key.split()) - PLAIN for key in keys]
    holding: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(telling):
        for word in words:
            holding[word].append(place)
    linked = {}
    for place, words in enumerate(telling):
        others = {other for word in words for other in holding[word]} - {place}
        linked[keys[place]] = tuple(names[keys[other]] for other in sorted(others))
    return linked


def _issue(name: str, members: Sequence[Use], linked: tuple[str, ...]) -> StoryIssue:
    return StoryIssue(
        name=name,
        aliases=tuple(dict.fromkeys(use.phrase for use in members if use.phrase != name)),
        linked=linked,
        stands_for=tuple(dict.fromkeys((use.report, use.phrase) for use in members)),
        actors=len({use.actor for use in members}),
        reports=len({use.report for use in members}),
    )
