"""A text too long for the model, read through overlapping windows, twice: where those of one reading meet, one of the
other has its middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from briefing.article import Span

WINDOW = 448  # pieces a window, as trained
OVERLAP = 64  # pieces that neighbouring windows share
CONTEXT = 96  # pieces on either side; the fewer of them a window shows, the less it has to say on a piece

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """What the model says of the pieces [start, end).

    Attributes:
        margins: How many pieces of context it shows of each piece on the poorer side, [end - start]; where the text
            itself begins or ends there is no want of it.
        chances: Of each label, [end - start, 7].
        openers: The pieces that may open a span, ascending.
        queries, keys: [openers, 3, 96].
    """

    start: int
    end: int
    margins: Floats
    chances: Floats
    openers: list[int]
    queries: Floats
    keys: Floats


def windows_of(length: int, overlap: int = OVERLAP) -> Iterator[Span]:
    """The windows [start, end) over `length` pieces, even in size."""
    count = 1 + max(0, -(-(length - WINDOW) // (WINDOW - overlap)))
    size = -(-(length + (count - 1) * overlap) // count)
    for number in range(count):
        start = number * (size - overlap)
        yield start, min(length, start + size)


def shifted_windows_of(length: int) -> Iterator[Span]:
    """The windows that have their middle where those of `windows_of` meet, and a short one at either end."""
    middles = [(start + end) // 2 for start, end in windows_of(length)]
    half = OVERLAP // 2
    if len(middles) == 1:
        yield 0, length
        return
    for start, end in pairwise([0, *middles, length]):
        yield max(0, start - half), min(length, end + half)


def margins_of(start: int, end: int, length: int) -> Floats:
    """Of each piece of a window the pieces that it shows on the poorer side, at least 1 and no more than CONTEXT."""
    before = np.arange(end - start) if start else np.full(end - start, CONTEXT)
    after = np.arange(end - start)[::-1] if end < length else np.full(end - start, CONTEXT)
    margins: Floats = np.clip(np.minimum(before, after), 1, CONTEXT).astype(np.float32)
    return margins


def owners_of(windows: Sequence[Window], length: int) -> NDArray[np.intp]:
    """The number of the window that shows most context of each piece."""
    best, owners = np.zeros(length, dtype=np.float32), np.zeros(length, dtype=np.intp)
    for number, window in enumerate(windows):
        place = slice(window.start, window.end)
        owners[place] = np.where(window.margins > best[place], number, owners[place])
        best[place] = np.maximum(best[place], window.margins)
    return owners


def chances_of(windows: Sequence[Window], length: int) -> Floats:
    """Of each label, for every piece of the text: the windows' mean, weighed by context. [length, 7]"""
    total, weight = np.zeros((length, 7), dtype=np.float32), np.zeros((length, 1), dtype=np.float32)
    for window in windows:
        total[window.start : window.end] += window.margins[:, None] * window.chances
        weight[window.start : window.end] += window.margins[:, None]
    mean: Floats = total / weight
    return mean
