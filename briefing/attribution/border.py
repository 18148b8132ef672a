"""Where contents begin and end: quotation marks decide, and a quotation is whole or not there at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from briefing.article import Span
from briefing.attribution.linking import Draft
from briefing.attribution.quotation import WORD, Quotation
from briefing.attribution.statement import Kind

DIRECT = 0.9  # share of a content's words in quotation marks from which it is a direct quotation
LONG = 6  # words; a quotation as long as that speaks for itself
UTTERANCE = 3  # words
LEAD_INS = {"that", "if", "whether"}  # belong to the cue's clause: "noted that “whenever we go …”"


class Quoted:
    """The quotations of a text, looked up by place."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.quotations = quotations
        self.pieces = [(*piece, quotation) for quotation in quotations for piece in quotation.pieces]
        self.starts = [start for start, _, _ in self.pieces]
        self.ends = [end for _, end, _ in self.pieces]

    def over(self, span: Span) -> list[tuple[int, int, Quotation]]:
        """The pieces of quotations that share characters with a span, each with its quotation."""
        return self.pieces[bisect_right(self.ends, span[0]) : bisect_left(self.starts, span[1])]

    def under(self, pieces: Iterable[Span]) -> list[Quotation]:
        """The quotations that share characters with any of the pieces."""
        return list(dict.fromkeys(quotation for piece in pieces for *_, quotation in self.over(piece)))

    def holds(self, span: Span | None) -> Quotation | None:
        """The quotation in which a span begins."""
        return next((q for *_, q in self.over((span[0], span[0] + 1))), None) if span is not None else None

    def filling(self, paragraph: Span) -> Quotation | None:
        """The quotation that a paragraph consists of."""
        start, end = paragraph
        return next((q for *_, q in self.over(paragraph) if q.outer[0] <= start + 1 and q.outer[1] >= end - 1), None)

    def kind(self, pieces: Iterable[Span]) -> Kind:
        """Direct if (nearly) all words stand in quotation marks, mixed if some do."""
        words = [match for piece in pieces for match in WORD.finditer(self.text, *piece)]
        inside = [bool(self.over(match.span())) for match in words]
        while inside and not inside[0] and words[-len(inside)].group().lower() in LEAD_INS:
            inside.pop(0)
        share = sum(inside) / len(inside) if inside else 0.0
        return "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"


def within_paragraphs(draft: Draft, quoted: Quoted, paragraphs: Sequence[Span]) -> Draft:
    """A draft whose pieces end with their paragraphs; what follows stays only if one quotation runs over both."""
    ends = [end for _, end in paragraphs]
    pieces = []
    for start, end in draft.pieces:
        limit = ends[min(bisect_left(ends, start + 1), len(ends) - 1)]
        if end > limit:
            runs_on = any(a < limit < b for *_, q in quoted.over((start, limit)) for a, b in [q.outer])
            end = end if runs_on and WORD.search(quoted.text, limit, end) else limit
        pieces.append((start, end))
    draft.pieces = tuple(pieces)
    return draft


def bordered(drafts: Iterable[Draft], quoted: Quoted) -> list[Draft]:
    """The drafts with direct contents exactly their quotations and no other one cutting a quotation in two.

    Of several drafts that turn out to be one quotation, the one with the likeliest links stays.
    """
    kept: dict[Quotation, Draft] = {}
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: -draft.linked):
        draft.pieces = uttered(draft.pieces, quoted)
        inside = quoted.holds(draft.cue)
        found = quoted.under(draft.pieces)
        uncued = draft.cue is None and any(is_long(quotation, quoted.text) for quotation in found)
        if quoted.kind(draft.pieces) != "direct" and not uncued:
            draft.pieces = tuple(whole(piece, quoted) for piece in draft.pieces)
        elif inside is None:
            found = [q for q in found if not uncued or is_long(q, quoted.text)]
            new = [quotation for quotation in found if quotation not in kept]
            if not new:
                continue
            draft.pieces = tuple(piece for quotation in new for piece in quotation.pieces)
            kept |= dict.fromkeys(new, draft)
        out.append(draft)
    return sorted(out, key=lambda draft: draft.start)


def uttered(pieces: tuple[Span, ...], quoted: Quoted) -> tuple[Span, ...]:
    """The pieces without what was not spoken around a whole utterance: ["Stop there," | after the alarm went off]."""
    cut = tuple(without_tail(piece, quoted) for piece in pieces)
    spoken = tuple(piece for piece in cut if quoted.kind([piece]) == "direct" and opening(piece, quoted) is not None)
    silent = [piece for piece in cut if quoted.kind([piece]) == "indirect"]
    return spoken if spoken and len(spoken) + len(silent) == len(cut) else cut


def without_tail(piece: Span, quoted: Quoted) -> Span:
    utterance = opening(piece, quoted)
    if utterance is None or utterance.outer[1] >= piece[1] or quoted.over((utterance.outer[1], piece[1])):
        return piece
    return piece[0], utterance.outer[1]


def opening(piece: Span, quoted: Quoted) -> Quotation | None:
    """The whole utterance with which a piece begins: three words or more, from a capital to a comma or an end."""
    quotation = quoted.holds((piece[0] + 1, piece[0] + 2))
    if quotation is None or quotation.outer[0] < piece[0] - 2 or len(quotation.words(quoted.text)) < UTTERANCE:
        return None
    whole = quoted.text[quotation.start].isupper() and quoted.text[quotation.end - 1] in ",.?!…"
    return quotation if whole else None


def is_long(quotation: Quotation, text: str) -> bool:
    return len(quotation.words(text)) >= LONG


def whole(piece: Span, quoted: Quoted) -> Span:
    """A piece grown over the quotations that its ends stand in, marks included."""
    start, end = piece
    for *_, quotation in quoted.over(piece):
        first, last = quotation.outer
        start = first if first <= start < last else start
        end = last if first < end <= last else end
    return start, end
