"""Everything found in one article."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.actor import Actor
from briefing.article import Article, Span
from briefing.attribution.statement import Statement
from briefing.position import Position
from briefing.timeline import Event


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analysing half hands to the index.

    Attributes:
        people: Every actor, in order of first mention.
        summary: Usable passages, best first; the first three are the three-sentence summary.
    """

    article: Article
    people: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    summary: tuple[Span, ...] = ()
