"""A story's positions as rows of names and words, by the names of a list if there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.analysis import Analysis

TITLES = {"mr", "mrs", "ms", "dr", "sen", "rep", "president", "gov", "senator", "the", "a", "an", "of", "and", "sir", "secretary"}
STATES = {"us": "united states", "u.s": "united states", "u.s.": "united states", "america": "united states"}
STATES |= {"gop": "republican party", "republicans": "republican party", "democrats": "democratic party", "eu": "european union"}
STATES |= {"uk": "united kingdom", "britain": "united kingdom", "un": "united nations", "u.n.": "united nations"}


def card_positions(analyses: Iterable[Analysis], actors: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The positions of a story's articles: {"actor", "issue", "stance", "evidence": [str]}, article by article.

    Args:
        actors: Names to use. Positions of others are left out, and so are issues that are not in the list, unless none
            of the story's issues is.
    """
    rows = [row for analysis in analyses for row in _rows(analysis, actors)]
    if actors is None:
        return [row for row, _ in rows]
    listed = [row for row, known in rows if known]
    return listed or [row for row, _ in rows]


def _rows(analysis: Analysis, names: Sequence[str] | None) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each row, and whether its issue is one of the names."""
    aliases = {actor.name: (actor.name, *actor.aliases) for actor in analysis.people}
    for position in analysis.positions:
        actor, issue = position.actor, position.issue
        known = False
        if names is not None:
            listed = listed_as(aliases.get(actor, (actor,)), names)
            if listed is None:
                continue
            actor = listed
            target = listed_as(aliases.get(issue, (issue,)), names) or within(issue, names)
            if target == actor:
                continue
            known, issue = target is not None, target or issue
        words = [analysis.article.text[start:end] for start, end in position.evidence]
        yield {"actor": actor, "issue": issue, "stance": position.stance, "evidence": words}, known


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
    """The longest name in the list that an issue's phrase contains."""
    words = _words(issue)
    inside = [name for name in names if (own := _words(name)) and all(any(_alike(a, b) for b in words) for a in own)]
    return max(inside, key=len, default=None)


def _words(name: str) -> list[str]:
    plain = re.sub(r"[’']s?\b", "", name.lower()).strip()
    plain = plain.removeprefix("the ")
    plain = STATES.get(plain, plain)
    return [w.strip(".") for w in re.findall(r"[\w.\-]+", plain) if w.strip(".") and w.strip(".") not in TITLES]


def _alike(one: str, other: str) -> bool:
    """The same word, or two forms of it ("vaccine", "vaccination")."""
    return one == other or (min(len(one), len(other)) >= 6 and one[:6] == other[:6])
