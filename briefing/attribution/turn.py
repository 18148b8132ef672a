"""The turns of a printed conversation: "WALLACE: Will she be there?", a speaker's label before each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from briefing.article import Span
from briefing.attribution.border import Quoted
from briefing.attribution.linking import Draft

NAME, OFFICE = r"(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})", r"(?:,[A-Z .’'&-]{2,60})?"
LABEL = re.compile(rf"[“\"]?{NAME}{OFFICE}(?P<colon>:)\s+(?=\S)")
SPEAKERS, TURNS = 2, 2  # as many speakers with as many turns each make a conversation; "WATCH:" alone makes none
SURE = 0.95  # chance given to what the labels say


def with_turns(drafts: Sequence[Draft], quoted: Quoted, paragraphs: Sequence[Span]) -> list[Draft]:
    """The drafts that stand outside of a printed conversation, and its turns."""
    found = turns(quoted, paragraphs)
    pieces = [piece for turn in found for piece in turn.pieces]
    starts = [start for start, _ in pieces]

    def apart(span: Span) -> bool:
        near = bisect_left(starts, span[1]) - 1
        return near < 0 or pieces[near][1] <= span[0]

    return [draft for draft in drafts if all(apart(piece) for piece in draft.pieces)] + found


def turns(quoted: Quoted, paragraphs: Sequence[Span]) -> list[Draft]:
    """A draft a turn: the rest of the labelled paragraph, and those after it in which its quotation goes on."""
    text = quoted.text
    labels = [LABEL.match(text, start, end) for start, end in paragraphs]
    often = Counter(label["name"] for label in labels if label)
    speakers = {name for name, count in often.items() if count >= TURNS}
    if len(speakers) < SPEAKERS:
        return []
    drafts: list[Draft] = []
    speaking = False
    for (start, end), label in zip(paragraphs, labels, strict=True):
        if label is not None:
            said = unmarked(text, label.end(), end)
            drafts.append(Draft((said,), label.span("colon"), label.span("name"), SURE, SURE, SURE))
            speaking = True
        elif speaking and goes_on(quoted, start) and text[start + 1] != "(":  # "(CROSSTALK.)" is nobody's turn
            drafts[-1].pieces = (*drafts[-1].pieces, unmarked(text, start + 1, end))
        else:
            speaking = False
    return [draft for draft in drafts if draft.pieces[0][0] < draft.pieces[0][1]]


def goes_on(quoted: Quoted, start: int) -> bool:
    """Does a paragraph open with the mark of a quotation that an earlier one began?"""
    quotation = quoted.holds((start + 1, start + 2))
    return quotation is not None and quotation.outer[0] < start


def unmarked(text: str, start: int, end: int) -> Span:
    """Without the quotation's closing mark."""
    return start, start + len(text[start:end].rstrip(' \n\u00a0”"'))
