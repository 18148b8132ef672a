"""The stances' signs and words, the same in text and in pictures."""

from __future__ import annotations

SIGNS = {"supports": "+", "opposes": "−", "conditional": "±", "mixed": "⇄", "unclear": "?"}
STANCES = {
    "supports": "Supports",
    "opposes": "Opposes",
    "conditional": "On a condition",
    "mixed": "Both",
    "unclear": "Unclear",
}
