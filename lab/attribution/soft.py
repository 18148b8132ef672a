"""What a teacher makes of texts: probabilities instead of labels and links, and the file that keeps them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

NOWHERE = -1  # "no link"


@dataclass(frozen=True, slots=True)
class Soft:
    """One text.

    Attributes:
        labels: Probabilities, [pieces, 7].
        links: (head, from piece, to piece or NOWHERE) by piece, int32 [N, 3].
        chances: Of the links; those of one head and piece sum up to 1. [N]
    """

    labels: np.ndarray
    links: np.ndarray
    chances: np.ndarray

    def links_within(self, start: int, end: int) -> Iterator[tuple[int, int, list[tuple[int, float]]]]:
        """(head, piece, targets) of the pieces [start, end) whose targets lie there too."""
        pieces = self.links[:, 1]
        first, last = bisect_left(pieces, start), bisect_left(pieces, end)
        groups: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for (head, here, there), chance in zip(self.links[first:last], self.chances[first:last], strict=True):
            groups.setdefault((int(head), int(here)), []).append((int(there), float(chance)))
        for (head, here), targets in groups.items():
            if all(there < 0 or start <= there < end for there, _ in targets):
                yield head, here, targets


def together(teachers: Iterable[Mapping[str, Soft]]) -> dict[str, Soft]:
    """What several teachers make of texts: the labels of the last one asked, the links of the last who tells any."""
    texts: dict[str, Soft] = {}
    for teacher in teachers:
        for doc_id, soft in teacher.items():
            before = texts.get(doc_id)
            texts[doc_id] = Soft(soft.labels, before.links, before.chances) if before and not len(soft.links) else soft
    return texts


def write_soft(path: Path, texts: Mapping[str, Soft]) -> None:
    arrays = {}
    for doc_id, soft in texts.items():
        arrays[f"{doc_id}|labels"] = soft.labels.astype(np.float16)
        arrays[f"{doc_id}|links"], arrays[f"{doc_id}|chances"] = soft.links, soft.chances.astype(np.float16)
    np.savez_compressed(path, **arrays)


def read_soft(path: Path) -> dict[str, Soft]:
    with np.load(path) as arrays:
        ids = [name.removesuffix("|labels") for name in arrays.files if name.endswith("|labels")]
        return {
            doc_id: Soft(
                arrays[f"{doc_id}|labels"].astype(np.float32),
                arrays[f"{doc_id}|links"],
                arrays[f"{doc_id}|chances"].astype(np.float32),
            )
            for doc_id in ids
        }
