"""A story's positions as rows of names and words, by the names of a list if there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.analysis import Analysis

TITLES = {"mr", "mrs", "ms", "dr", "sen", "rep", "president", "gov", "senator", "the", "a", "an", "of", "and", "sir", "secretary"}
STATES = {"us": "united states", "america": "united states", "eu": "european union", "un": "united nations"}
STATES |= {"gop": "republican party", "republicans": "republican party", "democrats": "democratic party"}
STATES |= {"uk": "united kingdom", "britain": "united kingdom"}


PREPOSITION = re.compile(r"\s(?:of|for|to|in|on|with|over|against|between|from|by|about|toward|towards|into|that)\s")


def card_positions(analyses: Iterable[Analysis], actors: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The positions of a story's articles: {"actor", "issue", "stance", "evidence": [str]}, article by article.

    Args:
        actors: Names to use; positions of others are left out. Where the list names more than persons and bodies of the
            articles, it names the issues too, and positions on others are left out.
    """
    known = list(analyses)
    people = [(actor.name, *actor.aliases) for analysis in known for actor in analysis.people]
    with_issues = actors is not None and (
        len(actors) == 2 or not all(any(listed_as(forms, [name]) for forms in people) for name in actors)
    )
    return [row for analysis in known for row in _rows(analysis, actors, with_issues)]


def _rows(analysis: Analysis, names: Sequence[str] | None, with_issues: bool) -> Iterator[dict[str, Any]]:
    aliases = {actor.name: (actor.name, *actor.aliases) for actor in analysis.people}
    for position in analysis.positions:
        actor, issue = position.actor, position.issue
        if names is not None:
            listed = listed_as(aliases.get(actor, (actor,)), names)
            target = listed_as(aliases.get(issue, (issue,)), names) or within(issue, names)
            if listed is None or target == listed or (with_issues and target is None):
                continue
            actor, issue = listed, target or issue
        words = [analysis.article.text[start:end] for start, end in position.evidence]
        yield {"actor": actor, "issue": issue, "stance": position.stance, "evidence": words}


def listed_as(forms: Sequence[str], names: Sequence[str]) -> str | None:
    """The name in the list that means what any of these forms means: equal, or all words of the shorter in the longer."""
    best: tuple[int, str] | None = None
    for form in forms:
        words = _words(form)
        for name in names:
            other = _words(name)
            if words == other:
                return name
            shorter, longer = sorted((words, other), key=len)
            if shorter and all(any(_alike(a, b) for b in longer) for a in shorter):
                score = sum(len(w) for w in shorter)
                best = max(best, (score, name)) if best else (score, name)
    return best[1] if best else None


def within(issue: str, names: Sequence[str]) -> str | None:
    """The longest name in the list that stands in an issue's phrase before its first preposition."""
    words = _words(PREPOSITION.split(issue, maxsplit=1)[0])
    inside = [name for name in names if (own := _words(name)) and all(any(_alike(a, b) for b in words) for a in own)]
    return max(inside, key=len, default=None)


def _words(name: str) -> list[str]:
    plain = re.sub(r"[’'](?:s\b)?", "", name.lower().replace("u. s.", "us").replace("u.s.", "us").replace("u.n.", "un")).strip()
    plain = STATES.get(plain.removeprefix("the "), plain)
    words = [w.strip(".") for w in re.findall(r"[\w.\-]+", plain) if w.strip(".") and w.strip(".") not in TITLES]
    return [part for word in words for part in STATES.get(word, word).split()]


def _alike(one: str, other: str) -> bool:
    """The same word, or two forms of it ("vaccine", "vaccination"; "Times", "Time")."""
    if one == other or f"{one}s" == other or f"{other}s" == one:
        return True
    return min(len(one), len(other)) >= 6 and one[:6] == other[:6]
