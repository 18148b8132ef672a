"""What happened when: dated passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.article import Span

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Event:
    """A passage and the date that its words give.

    Attributes:
        date: ISO, as long as its precision ("2024-02", "2024").
        text: The passage: a whole sentence.
        source: The words that the date is read from; `from` in the JSON.
    """

    date: str
    precision: Precision
    text: Span
    source: str
