"""Articles cut into windows of pieces, and windows joined to batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from briefing.attribution.tagger import CLS, SEP
from briefing.attribution.window import WINDOW
from lab.attribution.reader import LINKS, NO_LINK, Example
from lab.attribution.soft import Soft

TOKENIZER = Path(__file__).parents[2] / "briefing/attribution/tokenizer.json"
LENGTHS = (WINDOW // 2, WINDOW)  # of batches, in pieces: every new shape costs a CPU as much as several steps
IGNORED = -100  # torch's own
ALIKE = 8  # batches whose windows are sorted by length


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of an article in one of its typings."""

    example: Example
    start: int
    end: int
    typing: int

    def ids(self, typing: int | None = None) -> np.ndarray:
        """With [CLS] and [SEP]; in another typing where one is given."""
        pieces = self.example.typings[self.typing if typing is None else typing]
        return np.array([CLS, *pieces[self.start : self.end], SEP])


@dataclass(slots=True)
class Batch:
    """Tensors of B windows of L pieces, [CLS] and [SEP] included.

    Attributes:
        ids, mask, labels: [B, L].
        links: [B, 3, L]; 0 is no link, IGNORED is not asked for or out of the window.
        soft: The teacher's probabilities, [B, L, 7], and where there are any, [B, L]; None without a teacher.
        soft_links: (window, head, piece) of each link the teacher speaks of, [N, 3], and its probabilities [N, L + 1].
    """

    ids: Tensor
    mask: Tensor
    labels: Tensor
    links: Tensor
    soft: tuple[Tensor, Tensor] | None = None
    soft_links: tuple[Tensor, Tensor] | None = None

    def on(self, device: str) -> Batch:
        def moved(pair: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor] | None:
            return pair and (pair[0].to(device), pair[1].to(device))

        hard = (tensor.to(device) for tensor in (self.ids, self.mask, self.labels, self.links))
        return Batch(*hard, soft=moved(self.soft), soft_links=moved(self.soft_links))


def batches_of(examples: Sequence[Example], stride: int, batch: int, dice: random.Random) -> list[list[Window]]:
    """The batches of one epoch; where windows start differs by epoch, and windows of like length share a batch."""
    offset = dice.randrange(1, stride)
    windows = [window for example in examples for window in windows_of(example, stride, offset, dice)]
    dice.shuffle(windows)
    pool = ALIKE * batch
    windows = [
        window
        for start in range(0, len(windows), pool)
        for window in sorted(windows[start : start + pool], key=lambda window: window.end - window.start)
    ]
    batches = [windows[start : start + batch] for start in range(0, len(windows), batch)]
    dice.shuffle(batches)
    return batches


def windows_of(example: Example, stride: int, offset: int, dice: random.Random) -> Iterator[Window]:
    length = len(example.typings[0])
    starts = [0, *range(offset, max(1, length - WINDOW + stride), stride)] if length > WINDOW else [0]
    for start in dict.fromkeys(starts):
        yield Window(example, start, min(length, start + WINDOW), dice.randrange(len(example.typings)))


def batch_of(windows: Sequence[Window], taught: Mapping[str, Soft]) -> Batch:
    ids, mask = stacked([window.ids() for window in windows])
    labels = np.full(ids.shape, IGNORED, dtype=np.int64)
    links = np.full((len(windows), len(LINKS), ids.shape[1]), IGNORED, dtype=np.int64)
    for i, window in enumerate(windows):
        own, start, end = slice(1, window.end - window.start + 1), window.start, window.end
        if window.example.labels is not None:
            labels[i, own] = window.example.labels[start:end]
        there = window.example.links[:, start:end]
        inside = np.where((there >= start) & (there < end), there - start + 2, IGNORED)
        links[i, :, own] = np.where(there == NO_LINK, 0, inside)
    batch = Batch(*(torch.from_numpy(array) for array in (ids, mask, labels, links)))
    if taught:
        add_soft(batch, windows, taught)
    return batch


def stacked(rows: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of pieces and their mask, filled up to one of LENGTHS (and [CLS] and [SEP])."""
    longest = max(map(len, rows)) - 2
    size = len(rows), next(length for length in LENGTHS if length >= longest) + 2
    ids, mask = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)], mask[i, : len(row)] = row, 1
    return ids, mask


def add_soft(batch: Batch, windows: Sequence[Window], taught: Mapping[str, Soft]) -> None:
    """The teacher's word on the windows of a batch."""
    count, length = batch.ids.shape
    labels, known = np.zeros((count, length, 7), dtype=np.float32), np.zeros((count, length), dtype=bool)
    places, rows = [], []
    for i, window in enumerate(windows):
        soft = taught.get(window.example.doc_id)
        if soft is None:
            continue
        own = slice(1, window.end - window.start + 1)
        labels[i, own], known[i, own] = soft.labels[window.start : window.end], True
        for head, here, targets in soft.links_within(window.start, window.end):
            row = np.zeros(length + 1, dtype=np.float32)
            for there, chance in targets:
                row[0 if there < 0 else there - window.start + 2] += chance
            places.append((i, head, here - window.start + 1))
            rows.append(row)
    batch.soft = torch.from_numpy(labels), torch.from_numpy(known)
    if rows:
        batch.soft_links = torch.tensor(places), torch.from_numpy(np.stack(rows))
