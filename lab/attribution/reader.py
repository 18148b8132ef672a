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

from tokenizers import Tokenizer

from briefing.attribution.quotation import straightened

ROLES = ("content", "cue", "source")
LINKS = ("source", "cue", "chain")
NO_LINK = -1
UNKNOWN = -2

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One article.

    Attributes:
        ids: Pieces without [CLS] and [SEP].
        labels: 0 outside; 1 + 2 * role begins, 2 + 2 * role goes on.
        links: For each kind of link and piece the piece it goes to, NO_LINK, or UNKNOWN where none is asked for.
    """

    ids: list[int]
    labels: list[int]
    links: list[list[int]]


def rows_of(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def example_of(row: Row, tokenizer: Tokenizer) -> Example:
    """An article with its marks made plain, as the library does before it asks the model."""
    encoding = tokenizer.encode(straightened(row["text"]), add_special_tokens=False)
    labels = [0] * len(encoding.ids)
    links = [[UNKNOWN] * len(encoding.ids) for _ in LINKS]
    for quote in row["quotes"]:
        spans = {
            "content": quote["spans"],
            "cue": [quote["cue_span"]] if quote.get("cue_span") else [],
            "source": [quote["speaker_span"]] if quote.get("speaker_span") else [],
        }
        firsts = {role: [mark(labels, encoding.offsets, role, span) for span in spans[role]] for role in ROLES}
        first = {role: [piece for piece in firsts[role] if piece is not None] for role in ROLES}
        for piece in first["content"] + first["cue"]:
            links[0][piece] = first["source"][0] if first["source"] else NO_LINK
        for piece in first["content"]:
            links[1][piece] = first["cue"][0] if first["cue"] else NO_LINK
            links[2][piece] = min(first["content"])
    return Example(encoding.ids, labels, links)


def mark(labels: list[int], offsets: list[tuple[int, int]], role: str, span: list[int]) -> int | None:
    """Labels a span's pieces and gives the first; of nested statements the one that comes later in the row wins."""
    pieces = [i for i, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    if not pieces:
        return None
    begin = 1 + 2 * ROLES.index(role)
    for piece in pieces:
        labels[piece] = begin + 1
    labels[pieces[0]] = begin
    return pieces[0]
