"""Text without what nobody sees, and a question written out in it."""

from __future__ import annotations

import unicodedata

from briefing.card import Question

KEPT = "\n\t\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # the joiners shape emoji and some scripts


def visible(text: str) -> str:
    """The text without control and format characters: no escape sequence, no change of direction, nothing hidden."""
    return "".join(c for c in text if c in KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def typed(question: Question) -> str:
    """A question as somebody would type it; values with spaces need no quotation marks."""
    return visible(" ".join([f"/{question.command}", *(f"{name}:{value}" for name, value in question.options)]))
