"""A statement: words that somebody said, thought or wrote, as an article reports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.article import Span

Kind = Literal["direct", "mixed", "indirect"]
Act = Literal["speech", "thought", "refusal", "document"]


@dataclass(frozen=True, slots=True)
class When:
    """A time as printed, and the day it means where the article's date settles that (ISO, else None)."""

    text: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; every span holds character offsets into the article's text.

    Attributes:
        act: What was said; thought, wanted or planned; a refusal or denial to speak; what a document states.
        content: The pieces in text order; of a direct quotation without its marks.
        source: The mention of the source as printed; None where the article names none.
        speaker: The name of the actor that the source means; None where that is not known.
        speaker_from: How the speaker was found: "name", "pronoun", "title", "carried over", ...
        confidence: The chance that words and speaker are both right, 0 to 1, calibrated on development data.
        reported_by: The name of whoever reports the words, if that is not the article.
    """

    kind: Kind
    act: Act
    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    speaker_from: str | None = None
    confidence: float = 0.0
    reported_by: str | None = None
    when: When | None = None
    where: str | None = None
    addressee: str | None = None
