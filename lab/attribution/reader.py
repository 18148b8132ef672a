"""Annotated articles -> what the model learns from: pieces, a label a piece, a link a span.

A row of the data holds `doc_id`, `text` and `quotes`; a quote holds `spans` (its content's pieces), `cue_span` and
`speaker_span` (the source), all in characters. PolNeAR (https://github.com/networkdynamics/PolNeAR) converted so is
what the shipped model was trained on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from briefing.attribution.pieces import pieces_of
from briefing.attribution.quotation import curled, quotations, straightened

ROLES = ("content", "cue", "source")
LINKS = ("source", "cue", "chain")
NO_LINK = -1
UNKNOWN = -2

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One article.

    Attributes:
        doc_id: The row's.
        typings: Pieces without [CLS] and [SEP], of the text with plain and with curly marks; the library reads both.
        labels: [pieces]; 0 outside, 1 + 2 * role begins, 2 + 2 * role goes on. None in a text that nobody annotated.
        links: [3, pieces]; of each kind the piece that one goes to, NO_LINK, or UNKNOWN where none is asked for.
    """

    doc_id: str
    typings: tuple[list[int], ...]
    labels: np.ndarray | None
    links: np.ndarray


def rows_of(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def example_of(row: Row, tokenizer: Tokenizer) -> Example:
    """An article with its marks made plain, and curly again, as the library does before it asks the model."""
    plain = straightened(row["text"])
    pieces, curly = (pieces_of(text, tokenizer) for text in (plain, with_curly_marks(plain)))
    typings = tuple(typing.ids for typing in (pieces, curly) if len(typing.ids) == len(pieces.ids))
    links = np.full((len(LINKS), len(pieces.ids)), UNKNOWN)
    if "quotes" not in row:
        return Example(row["doc_id"], typings, None, links)
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    for quote in row["quotes"]:
        spans = {
            "content": quote["spans"],
            "cue": [quote["cue_span"]] if quote.get("cue_span") else [],
            "source": [quote["speaker_span"]] if quote.get("speaker_span") else [],
        }
        firsts = {role: [mark(labels, pieces.offsets, role, span) for span in spans[role]] for role in ROLES}
        first = {role: [piece for piece in firsts[role] if piece is not None] for role in ROLES}
        for piece in first["content"] + first["cue"]:
            links[0, piece] = first["source"][0] if first["source"] else NO_LINK
        for piece in first["content"]:
            links[1, piece] = first["cue"][0] if first["cue"] else NO_LINK
            links[2, piece] = min(first["content"])
    return Example(row["doc_id"], typings, labels, links)


def with_curly_marks(plain: str) -> str:
    lines, start = [], 0
    for line in plain.splitlines(keepends=True):
        lines.append((start, start + len(line.rstrip())))
        start += len(line)
    return curled(plain, quotations(plain, lines))


def mark(labels: np.ndarray, offsets: list[tuple[int, int]], role: str, span: list[int]) -> int | None:
    """Labels a span's pieces and gives the first; of nested statements the one that comes later in the row wins."""
    pieces = [i for i, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    if not pieces:
        return None
    begin = 1 + 2 * ROLES.index(role)
    for piece in pieces:
        labels[piece] = begin + 1
    labels[pieces[0]] = begin
    return pieces[0]
