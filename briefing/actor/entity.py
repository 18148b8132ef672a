"""An actor while an article is being read: what its mentions have told so far."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Literal

from briefing.actor.actor import ActorKind
from briefing.actor.forename import gender as forename_gender
from briefing.actor.name import FAMILY_FIRST, PersonName
from briefing.actor.role import Role

How = Literal["name", "description", "pronoun"]
KNOWN_GENDER = 0.25  # from this on a gender is told
FORENAME_VOTE = 2.0  # weight of a forename that is always a man's, or always a woman's
DOUBTFUL = 0.75  # a forename of which one bearer in eight is of the other gender
FRENCH_MEN = ("Jean-", "Jean‑")  # Jean alone is a woman in the United States
ROUNDING = 1e-9
TELLING = 1.0  # weight of the votes below which they tell little ("Lee" may be a man or a woman)


@dataclass(eq=False, slots=True)
class Entity:
    """A person, body, group or unnamed source.

    Attributes:
        name: The fullest so far.
        person: The name's words; None for what is no person with a name.
        votes: Weight of what tells a man (above 0) or a woman (below 0).
        spans: Mentions as token spans [start, end) with how each means the actor; names come first, in text order.
        nouns: What a body is called in apposition ("carmaker").
        place: Is it a place, which speaks only where the article lets it speak?
    """

    name: str
    kind: ActorKind
    person: PersonName | None = None
    roles: list[Role] = field(default_factory=list)
    votes: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    spans: list[tuple[int, int, How]] = field(default_factory=list)
    aliases: Counter[str] = field(default_factory=Counter)
    place: bool = False
    nouns: set[str] = field(default_factory=set)

    def gender(self) -> float:
        """From 1.0 (a man) to -1.0 (a woman); 0.0 if nothing tells."""
        told = self.votes[1] + self.votes[-1]
        return (self.votes[1] - self.votes[-1]) / max(told, TELLING)

    def forename_gender(self) -> float:
        """The same by the forename alone."""
        if self.person is None or len(self.person.words) < 2 or self._family_name_is_first():
            return 0.0
        return 1.0 if self.name.startswith(FRENCH_MEN) else forename_gender(self.person.first)

    def can_be(self, sign: int) -> bool:
        """Can a "he" (sign 1) or "she" (-1) mean the person? A forename that may be either's does not forbid it."""
        by_forename = self.forename_gender()
        alone = self.votes[-sign] <= FORENAME_VOTE * by_forename**2 + ROUNDING
        doubtful = alone and abs(by_forename) < DOUBTFUL
        return self.gender() * sign >= -KNOWN_GENDER or doubtful

    def called(self, word: str) -> int:
        """How often the article calls the person by one word of the name alone."""
        return sum(times for alias, times in self.aliases.items() if alias.lower() == word)

    def _family_name_is_first(self) -> bool:
        """ "Kim Min-jun ... Kim said": does the article call the person by a first word that is a family name?"""
        assert self.person is not None
        first, last = self.person.first, self.person.last
        return first in FAMILY_FIRST and self.called(first) > 0 and not self.called(last)

    def last_before(self, token: int) -> int | None:
        """The start of the last name before a token, before pronouns and descriptions are added."""
        place = bisect_left(self.spans, (token,))
        return self.spans[place - 1][0] if place else None
