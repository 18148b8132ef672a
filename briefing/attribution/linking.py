"""Which contents, cues and sources make one statement: the best joint choice, not three separate ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from briefing.article import Span
from briefing.attribution.quotation import DOUBLE
from briefing.attribution.signature import signature_after
from briefing.attribution.tagger import Candidate, Tagged

UNSEEN = -12.0  # log-probability of a link that the model could not score: out of its window
DOUBTFUL = 0.7  # chance of a piece beside surer ones
ALTERNATIVES = 4  # cues and sources weighed for one content


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    Attributes:
        pieces: Characters, in text order.
        chance: The mean probability of the pieces' labels; of a quotation that only its marks give away, 1.
        cue_chance: The same of the cue; 0 without one.
        linked: The probability of the links chosen.
    """

    pieces: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    chance: float
    cue_chance: float
    linked: float

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]

    @property
    def taken(self) -> list[Span]:
        """What belongs to the content or the source, and so not to the cue."""
        return [*self.pieces, *([self.source] if self.source else [])]


def drafts_of(tagged: Tagged, text: str, headline: Span | None = None) -> list[Draft]:
    """One draft a group of contents that the model chains; over paragraphs only quotations of the body are joined."""
    groups: dict[int, list[int]] = {}
    for place, content in enumerate(tagged.contents):
        first = best(content.firsts)
        last = tagged.contents[groups[first][-1]] if first in groups else None
        if last is not None and (parted_by_headline(headline, last, content) or not may_join(text, last, content)):
            first = None
        groups.setdefault(first if first in groups else place, []).append(place)
    return [draft(tagged, without_doubtful([tagged.contents[place] for place in group])) for group in groups.values()]


def parted_by_headline(headline: Span | None, one: Candidate, next_one: Candidate) -> bool:
    """Does one stand in the headline and the next one in the body?"""
    return headline is not None and one.start < headline[1] <= next_one.start


def may_join(text: str, one: Candidate, next_one: Candidate) -> bool:
    between = text[one.end : next_one.start]
    if "\n" in between and signature_after(text, one.end, alone=True) is not None:
        return False
    return "\n" not in between or (opens_quotation(text, next_one) and holds_quotation(text, one))


def opens_quotation(text: str, content: Candidate) -> bool:
    return any(mark in DOUBLE for mark in text[max(0, content.start - 1) : content.start + 1])


def holds_quotation(text: str, content: Candidate) -> bool:
    return any(mark in DOUBLE for mark in text[max(0, content.start - 1) : content.end + 1])


def without_doubtful(contents: list[Candidate]) -> list[Candidate]:
    """A group without the pieces that are far less certain than its best one."""
    top = max(content.chance for content in contents)
    return [content for content in contents if content.chance > DOUBTFUL or content.chance == top]


def draft(tagged: Tagged, contents: Sequence[Candidate]) -> Draft:
    cue, source, score = best_links(tagged, contents[0])
    chance = sum(content.chance * (content.end - content.start) for content in contents)
    return Draft(
        pieces=tuple((content.start, content.end) for content in contents),
        cue=place_of(tagged.cues, cue),
        source=place_of(tagged.sources, source),
        chance=chance / sum(content.end - content.start for content in contents),
        cue_chance=tagged.cues[cue].chance if cue is not None else 0.0,
        linked=exp(score),
    )


def best_links(tagged: Tagged, content: Candidate) -> tuple[int | None, int | None, float]:
    """The cue and the source that together are most probable, and their mean log-probability.

    A source is asked for twice: by the content and by its cue.
    """
    choices = []
    for cue in likeliest(content.cues):
        by_cue = tagged.cues[cue].sources if cue is not None else content.sources
        for source in {*likeliest(content.sources), *likeliest(by_cue)}:
            score = content.cues.get(cue, UNSEEN) + content.sources.get(source, UNSEEN) + by_cue.get(source, UNSEEN)
            choices.append((score / 3, cue, source))
    score, cue, source = max(choices, key=lambda choice: choice[0], default=(0.0, None, None))
    return cue, source, score


def likeliest(links: dict[int | None, float]) -> list[int | None]:
    return sorted(links, key=links.__getitem__, reverse=True)[:ALTERNATIVES]


def best(links: dict[int | None, float]) -> int | None:
    """The likeliest link but "none"."""
    return max((link for link in links if link is not None), key=links.__getitem__, default=None)


def place_of(candidates: Sequence[Candidate], place: int | None) -> Span | None:
    return None if place is None else (candidates[place].start, candidates[place].end)
