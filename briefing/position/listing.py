"""A story's positions as rows of names and words, by the names of a list if there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from briefing.head import front_of, head_of
from briefing.position.vocabulary import classes

if TYPE_CHECKING:
    from briefing.analysis import Analysis

CLASSES = classes()
TITLES = CLASSES["titles"]
STATES = {"us": "united states", "america": "united states", "eu": "european union", "un": "united nations"}
STATES |= {"gop": "republican party", "republicans": "republican party", "democrats": "democratic party"}
STATES |= {"uk": "united kingdom", "britain": "united kingdom"}


PARTS = CLASSES["parts"]


def story_positions(analyses: Iterable[Analysis], actors: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The positions of a story's articles: {"actor", "issue", "stance", "evidence": [str]}, article by article.

    Args:
        actors: Names to use; positions of others are left out. So are positions on issues that are not in the list,
            unless the list names nothing but actors of the articles, and nobody takes a side on one of them.
    """
    known = list(analyses)
    if actors is None:
        return [row for analysis in known for row, _ in _rows(analysis, None)]
    rows = [row for analysis in known for row in _rows(analysis, actors)]
    people = [_words(form) for analysis in known for actor in analysis.people for form in (actor.name, *actor.aliases)]
    free = all(_words(name) in people for name in actors) and not any(listed for _, listed in rows)
    return [row for row, listed in rows if listed or free]


def _rows(analysis: Analysis, names: Sequence[str] | None) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each row, and whether its issue is one of the names."""
    aliases = {actor.name: (actor.name, *actor.aliases) for actor in analysis.people}
    roles = {actor.name: actor.role for actor in analysis.people if actor.role}
    for position in analysis.positions:
        actor: str | None = position.actor
        issue: str | None = position.issue
        if names is not None:
            actor = listed_as(aliases.get(position.actor, (position.actor,)), names)
            issue = listed_as(aliases.get(position.issue, (position.issue,)), names) or within(position.issue, names)
            if actor is None:
                actor = _spoken_for(roles.get(position.actor, ""), names)
            if actor is None or actor == issue:
                continue
        words = [analysis.article.text[start:end] for start, end in position.evidence]
        row = {"actor": actor, "issue": issue or position.issue, "stance": position.stance, "evidence": words}
        yield row, issue is not None


def _spoken_for(role: str, names: Sequence[str]) -> str | None:
    """The body or state in the list that a person's role is of ("spokesman for the Defense Ministry")."""
    words = _words(role)
    named = [name for name in names if not name.islower() and _inside(_words(name), words)]
    return max(named, key=len) if named else None


def listed_as(forms: Sequence[str], names: Sequence[str]) -> str | None:
    """The name in the list that means what any of these forms means.

    Equal, or all words of the shorter are in the longer; a common noun alone ("the bill") only as the other's head.
    A part of a group ("two senators") is not the group.
    """
    best: tuple[int, str] | None = None
    for form in forms:
        if _is_part(form):
            continue
        words = _words(form)
        for name in names:
            other = _words(name)
            if words == other:
                return name
            shorter, longer = sorted((words, other), key=len)
            common = form.islower() or name.islower()
            if shorter and _inside(shorter, longer) and (not common or _same_head(form, name)):
                score = sum(len(w) for w in shorter)
                best = max(best, (score, name)) if best else (score, name)
    return best[1] if best else None


def _is_part(form: str) -> bool:
    """Whether the words are some of a group ("two senators", "31 Democrats", "thirty-one Democrats")."""
    first, _, rest = form.lower().partition(" ")
    return bool(rest) and (first.partition("-")[0] in PARTS or first.isdigit())


def within(issue: str, names: Sequence[str]) -> str | None:
    """The name in the list that an issue's phrase is about.

    The longest one that stands before its first preposition, else whose it is ("Trump's veto"), else the only one that
    has its head ("the new law" where one law is listed).
    """
    if issue.split(" ", 1)[0].endswith("ing"):
        return None  # a deed: its side is not that of what it is done to
    words = _words(front_of(issue))
    inside = [name for name in names if _inside(_words(name), words)]
    inside = [name for name in inside if not name.islower() or _same_head(name, issue)]
    if inside:
        return max(inside, key=len)
    owner = re.match(r"(.+?)[’'](?:s\s|\s)", front_of(issue))
    if owner is not None:
        return listed_as([owner.group(1)], names)
    alike = [name for name in names if words and _same_head(issue, name)]
    return alike[0] if len(alike) == 1 and issue.islower() else None


def _inside(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    return bool(shorter) and all(any(_alike(a, b) for b in longer) for a in shorter)


def _same_head(one: str, other: str) -> bool:
    return _alike(head_of(one, _words), head_of(other, _words))


def _words(name: str) -> list[str]:
    plain = re.sub(
        r"[’'](?:s\b)?", "", name.lower().replace("u. s.", "us").replace("u.s.", "us").replace("u.n.", "un")
    ).strip()
    plain = STATES.get(plain.removeprefix("the "), plain)
    words = [w.strip(".") for w in re.findall(r"[\w.\-]+", plain) if w.strip(".") and w.strip(".") not in TITLES]
    return [part for word in words for part in STATES.get(word, word).split()]


def _alike(one: str, other: str) -> bool:
    """The same word, or two forms of it ("vaccine", "vaccination"; "Times", "Time")."""
    if one == other or f"{one}s" == other or f"{other}s" == one:
        return True
    return min(len(one), len(other)) >= 6 and one[:6] == other[:6]
