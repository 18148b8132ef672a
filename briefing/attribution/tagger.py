"""The attribution model: which stretches of a text are contents, cues and sources, and which belong together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from briefing.article import Span
from briefing.attribution.pieces import BREAK, pieces_of
from briefing.attribution.window import (
    Floats,
    Window,
    chances_of,
    margins_of,
    owners_of,
    shifted_windows_of,
    windows_of,
)

CONTENT, CUE, SOURCE = range(3)  # the roles, in the order of the model's labels
LABELS = 1 + 2 * 3  # nothing; then for each role a beginning, which is odd, and an inside
TO_SOURCE, TO_CUE, TO_FIRST = range(3)  # the model's three kinds of links
FAR = 128  # pieces; the model's distances are cut off here
CLS, SEP = 101, 102  # BERT's vocabulary
INFINITE = float("inf")
TINY = 1e-9  # keeps logarithms finite
OUTSIDE = 0.6  # factor on the chance that a piece belongs to nothing: finds more; tuned on PolNeAR's development part
LIKELY = 0.005  # a piece less likely than this to open a span in one window is not linked there


@dataclass(slots=True)
class Candidate:
    """A span that the model takes for a content, a cue or a source.

    Attributes:
        start, end: Characters [start, end).
        chance: The mean probability of its pieces' labels.
        sources, cues: Log-probabilities of the link to a source or cue, by its place in its list; None is "no link".
        firsts: The same for the content that opens the statement; a content that opens one is its own first.
    """

    start: int
    end: int
    chance: float
    sources: dict[int | None, float] = field(default_factory=dict)
    cues: dict[int | None, float] = field(default_factory=dict)
    firsts: dict[int | None, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The candidates of one text, each list in text order."""

    contents: list[Candidate]
    cues: list[Candidate]
    sources: list[Candidate]


class Tagger:
    """Runs the model over texts of any length, one window at a time on one thread."""

    def __init__(self, session: ort.InferenceSession, tokenizer: Tokenizer) -> None:
        self.session = session
        self.tokenizer = tokenizer
        self.null, self.distance = session.run(["null", "distance"], {"ids": np.array([CLS, SEP])})

    def tag(self, text: str, again: str | None = None) -> Tagged:
        """The candidates in a text; offsets are the text's own.

        Args:
            again: The same text typed another way, piece for piece, for the second reading; its windows have their
                middle where those of the first meet, and what the model makes of both is averaged.
        """
        pieces = pieces_of(text, self.tokenizer)
        typed = pieces if again is None or again == text else pieces_of(again, self.tokenizer)
        windows = self.windows(pieces.ids, typed.ids)
        chances = chances_of(windows, len(pieces.ids))
        breaks = np.flatnonzero(np.array(pieces.ids) == BREAK)
        chances[breaks, 1::2] = TINY  # nothing begins with a line's end
        weighed = np.log(chances) + np.log(OUTSIDE) * (np.arange(LABELS) == 0)
        spans = spans_of(best_labels(weighed.tolist()), set(breaks.tolist()))
        openers = [[start for start, _ in role_spans] for role_spans in spans]
        found = [candidates(role_spans, role, chances, pieces.offsets) for role, role_spans in enumerate(spans)]
        owners = owners_of(windows, len(pieces.ids)).tolist()
        contents, cues, _ = (by_owner([owners[piece] for piece in opening], len(windows)) for opening in openers)
        for window, own_contents, own_cues in zip(windows, contents, cues, strict=True):
            self.link(window, own_contents, own_cues, openers, found)
        return Tagged(*found)

    def windows(self, ids: Sequence[int], typed: Sequence[int]) -> list[Window]:
        """Both readings; of a text in one window, typed alike, there is but one."""
        windows = [self.read(ids, *place) for place in windows_of(len(ids))]
        typed = typed if len(typed) == len(ids) else ids
        if typed == ids and len(windows) == 1:
            return windows
        return windows + [self.read(typed, *place) for place in shifted_windows_of(len(ids))]

    def read(self, ids: Sequence[int], start: int, end: int) -> Window:
        """One window through the model."""
        pieces = np.array([CLS, *ids[start:end], SEP], dtype=np.int64)
        tag, query, key = (out[1:-1] for out in self.session.run(["tag", "query", "key"], {"ids": pieces}))
        chances = np.exp(tag - tag.max(axis=1, keepdims=True))
        chances = chances / chances.sum(axis=1, keepdims=True) + TINY
        opens = np.flatnonzero((chances[:, 1::2] > LIKELY).any(axis=1))
        margins = margins_of(start, end, len(ids))
        return Window(start, end, margins, chances, (opens + start).tolist(), query[opens], key[opens])

    def link(
        self,
        window: Window,
        own_contents: Sequence[int],
        own_cues: Sequence[int],
        openers: list[list[int]],
        found: list[list[Candidate]],
    ) -> None:
        """Scores the links of the window's own contents and cues, given by their place in the lists of candidates.

        Args:
            openers: By role, the first piece of each candidate.
        """
        row = {piece: i for i, piece in enumerate(window.openers)}
        contents, cues, sources = (
            [place for place in within(pieces, window.start, window.end) if pieces[place] in row] for pieces in openers
        )
        for place in own_cues:
            here, candidate = openers[CUE][place], found[CUE][place]
            candidate.sources = self.links(window, row, here, TO_SOURCE, sources, openers[SOURCE])
        for place in own_contents:
            here, candidate = openers[CONTENT][place], found[CONTENT][place]
            earlier = [i for i in contents if i <= place]
            candidate.sources = self.links(window, row, here, TO_SOURCE, sources, openers[SOURCE])
            candidate.cues = self.links(window, row, here, TO_CUE, cues, openers[CUE])
            candidate.firsts = self.links(window, row, here, TO_FIRST, earlier, openers[CONTENT])

    def links(
        self, window: Window, row: dict[int, int], here: int, head: int, places: list[int], openers: list[int]
    ) -> dict[int | None, float]:
        """Log-probabilities of the links from the span that opens at piece `here` to those at `places`.

        Args:
            row: By piece, its row in the window's queries and keys.
            head: The kind of link.
            openers: The first piece of each candidate of the role that is linked to.
        """
        if here not in row:
            return {None: 0.0}
        query = window.queries[row[here], head]
        pieces = [openers[place] for place in places]
        keys = window.keys[[row[piece] for piece in pieces], head]
        far = np.clip(np.array(pieces, dtype=np.int64) - here, -FAR, FAR) + FAR
        scores = keys @ query / sqrt(query.size) + self.distance[far, head]
        scores = np.append(scores, self.null[head] @ query)
        scores -= np.log(np.exp(scores - scores.max()).sum()) + scores.max()
        *linked, unlinked = scores.tolist()
        return {None: unlinked, **dict(zip(places, linked, strict=True))}


def best_labels(scores: Sequence[Sequence[float]]) -> list[int]:
    """The most probable labels in which an inside follows a beginning or inside of its own role (Viterbi).

    Args:
        scores: A row a piece: O, then the beginning and the inside of each role.
    """
    best = [0.0] + [-INFINITE] * (LABELS - 1)
    back: list[list[int]] = []
    for row in scores:
        before = max(range(LABELS), key=best.__getitem__)
        top = best[before]
        came = [before] * LABELS
        now = [top + score for score in row]
        for inside in range(2, LABELS, 2):
            came[inside] = inside - 1 if best[inside - 1] > best[inside] else inside
            now[inside] = best[came[inside]] + row[inside]
        best = now
        back.append(came)
    label = max(range(LABELS), key=best.__getitem__)
    labels = []
    for came in reversed(back):
        labels.append(label)
        label = came[label]
    return labels[::-1]


def spans_of(labels: Sequence[int], breaks: Container[int] = ()) -> tuple[list[Span], list[Span], list[Span]]:
    """The spans of pieces [start, end) of each role; none ends with a break."""
    spans: tuple[list[Span], list[Span], list[Span]] = ([], [], [])
    start = 0
    for i, label in enumerate([*labels, 0]):
        before = labels[i - 1] if i else 0
        if before and (label != before + before % 2):  # an inside label is even and goes on with itself
            end = i
            while end - 1 in breaks and end - 1 > start:
                end -= 1
            spans[(before - 1) // 2].append((start, end))
        if label % 2:
            start = i
    return spans


def candidates(spans: list[Span], role: int, chances: Floats, offsets: Sequence[Span]) -> list[Candidate]:
    """The candidates of a role, from its spans of pieces.

    Args:
        chances: A row a piece, a column a label.
        offsets: The characters of each piece.
    """
    likely = chances[:, 1 + 2 * role : 3 + 2 * role].sum(axis=1)
    return [Candidate(offsets[a][0], offsets[b - 1][1], float(likely[a:b].mean())) for a, b in spans]


def by_owner(owners: Sequence[int], count: int) -> list[list[int]]:
    """The places of each owner, of `count`."""
    places: list[list[int]] = [[] for _ in range(count)]
    for place, owner in enumerate(owners):
        places[owner].append(place)
    return places


def within(ascending: Sequence[int], start: int, end: int) -> range:
    """The places of the values in [start, end)."""
    return range(bisect_left(ascending, start), bisect_left(ascending, end))


@lru_cache(maxsize=1)
def load_tagger() -> Tagger:
    """The model that this package ships."""
    folder = Path(__file__).parent
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(folder / "attribution.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Tagger(session, tokenizer)
