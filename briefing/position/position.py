"""A position: an actor, an issue, a stance, and the words that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.article import Span

Stance = Literal["supports", "opposes", "conditional", "mixed", "unclear"]


@dataclass(frozen=True, slots=True)
class Position:
    """An actor tied to an issue by a stance.

    Attributes:
        actor: The actor's name as in the article's people.
        issue: The issue by its own shortest clear phrase.
        condition: The words that state the condition of a conditional stance.
        date: The day the position was taken (ISO), from the text or the article's date; None if neither says.
        evidence: The whole passages that show it.
        cue: The words that show the stance; always inside the evidence.
    """

    actor: str
    issue: str
    stance: Stance
    evidence: tuple[Span, ...]
    cue: Span
    condition: Span | None = None
    date: str | None = None
    reported_by: str | None = None
