"""Quotation marks: which open, which close, which stand inside others, and what runs over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.article import Span

Side = Literal["open", "close", "either"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks that stands in no other.

    Attributes:
        outer: Characters from the first mark to the end of the last.
        pieces: The words between the marks; one piece a paragraph, as a mark opens each of them.
    """

    outer: Span
    pieces: tuple[Span, ...]

    @property
    def start(self) -> int:
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        return self.pieces[-1][1]

    def words(self, text: str) -> list[str]:
        return WORD.findall(text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark; `''` and two backticks are one.

    Attributes:
        sure: Close marks only: cannot as well be the apostrophe of a plural ("the allies’ plan").
    """

    start: int
    end: int
    double: bool
    side: Side
    curly: bool
    sure: bool = True


WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")
MARKS = re.compile(r"''|``|’’|‘‘|[\"“”„«»〝〞'‘’`]")
DOUBLE = {'"', "“", "”", "„", "«", "»", "〝", "〞", "''", "``", "’’", "‘‘"}
OPENING = {"“", "„", "«", "〝", "``", "‘‘", "‘", "`"}
CLOSING = {"”", "»", "〞", "’’", "’"}
ELIDED = re.compile(r"(?:\d0s|em|til|tis|twas|cause|bout|n|round)\b", re.IGNORECASE)  # the '90s, 'em
BEFORE_WORDS = "([{-–—/…"  # what may stand before an opening mark, beside space and other marks
AFTER_WORDS = ",.;:!?…)]}-–—/"  # and after a closing one
TOUCHING = "\"“”„«»〝〞'‘’`"
NESTED = 2  # marks that may touch another one
STRAIGHT = str.maketrans(dict.fromkeys("“”„«»〝〞", '"') | dict.fromkeys("‘’`", "'"))


def quotations(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    """The outermost quotations of each paragraph, in text order.

    A quotation left open at a paragraph's end goes on in the next one if a mark opens that, or if the first mark
    there can only close; otherwise it is none. So an unbalanced mark costs its own quotation only.
    """
    found: list[Quotation] = []
    left: Mark | None = None  # opened in an earlier paragraph, and not closed since
    pieces: list[Span] = []  # of the quotation that it opened
    for start, end in paragraphs:
        marks = marks_of(text, start, end)
        pairs, still_open = paired(marks)
        first = marks[0] if marks else None
        if left is not None and first is not None and continues(first, left, start):
            while found and found[-1].outer[0] >= left.start:
                found.pop()
            closing = first if first.start > start else next((last for mark, last in pairs if mark is first), None)
            if closing is not None:
                begin = start if closing is first else first.end
                found.append(Quotation((left.start, closing.end), (*pieces, (begin, closing.start))))
                pairs = [pair for pair in pairs if pair[0] is not first]
            elif still_open is first:
                pieces.append((first.end, end))
                continue
        found += [Quotation((a.start, b.end), ((a.end, b.start),)) for a, b in pairs if text[a.end : b.start].strip()]
        left = still_open
        pieces = [(left.end, end)] if left is not None else []
    return found


def continues(mark: Mark, left: Mark, start: int) -> bool:
    """Does a paragraph's first mark take up the quotation that `left` opened in an earlier one, or close it at last?"""
    takes_up = mark.start == start and mark.side != "close"
    closes = mark.start > start and mark.side == "close" and mark.double
    return (takes_up or closes) and (mark.double, mark.curly) == (left.double, left.curly)


def paired(marks: Sequence[Mark]) -> tuple[list[tuple[Mark, Mark]], Mark | None]:
    """The outermost pairs in text order, and the last mark that still waits for its partner."""
    pairs: list[tuple[Mark, Mark]] = []
    waiting: list[Mark] = []
    doubles = 0  # among those waiting
    for mark, last_chance in zip(marks, last_chances(marks), strict=True):
        if mark.side == "open" or (mark.side == "either" and not doubles):
            waiting.append(mark)
            doubles += mark.double
        elif mark.double and doubles:
            while not waiting[-1].double:
                waiting.pop()
            pairs.append((waiting.pop(), mark))
            doubles -= 1
        elif not mark.double and waiting and not waiting[-1].double and (mark.sure or last_chance):
            pairs.append((waiting.pop(), mark))
    outermost: list[tuple[Mark, Mark]] = []
    for pair in sorted(pairs, key=lambda pair: pair[0].start):
        if not outermost or pair[0].start >= outermost[-1][1].end:
            outermost.append(pair)
    return outermost, waiting[-1] if waiting and waiting[-1].side == "open" else None


def last_chances(marks: Sequence[Mark]) -> list[bool]:
    """For each mark: does no surer single mark follow it before another opens?"""
    last, chances = True, []
    for mark in reversed(marks):
        chances.append(last)
        if not mark.double:
            last = mark.side == "open" or (last and not mark.sure)
    return chances[::-1]


def marks_of(text: str, start: int, end: int) -> list[Mark]:
    """The quotation marks in [start, end); apostrophes are none."""
    marks = []
    for match in MARKS.finditer(text, start, end):
        before, after = surroundings(text, *match.span(), start, end)
        double = match.group() in DOUBLE
        mark = double_mark(match, before, after) if double else single_mark(match, before, after, text)
        if mark is not None:
            marks.append(mark)
    return marks


def double_mark(match: re.Match[str], before: str, after: str) -> Mark:
    opens = before.isspace() or before in BEFORE_WORDS
    closes = after.isspace() or after in AFTER_WORDS
    side: Side = "either"
    if opens != closes:
        side = "open" if opens else "close"
    elif match.group() in OPENING:
        side = "open"
    elif match.group() in CLOSING:
        side = "close"
    return Mark(*match.span(), True, side, is_curly(match))


def single_mark(match: re.Match[str], before: str, after: str, text: str) -> Mark | None:
    """A single mark opens before a word and closes after one; the rest are apostrophes."""
    start, end = match.span()
    if before.isspace() or before in BEFORE_WORDS:
        apostrophe = match.group() in CLOSING or after.isspace() or ELIDED.match(text, end)
        return None if apostrophe else Mark(start, end, False, "open", is_curly(match))
    if after.isalnum() or match.group() in OPENING:
        return None
    return Mark(start, end, False, "close", is_curly(match), sure=before.lower() != "s" or after in AFTER_WORDS)


def is_curly(match: re.Match[str]) -> bool:
    return match.group()[0] not in "\"'`"


def surroundings(text: str, start: int, end: int, first: int, last: int) -> tuple[str, str]:
    """The characters before and after a mark, looking through up to two marks that touch it; a space at the ends."""
    i, j = start - 1, end
    for _ in range(NESTED):
        i -= i >= first and text[i] in TOUCHING
        j += j < last and text[j] in TOUCHING
    return (text[i] if i >= first else " "), (text[j] if j < last else " ")


def straightened(text: str) -> str:
    """The text with plain marks of equal length, so that offsets hold and every way of typing reads alike."""
    return text.translate(STRAIGHT).replace("''", ' "')


def curled(plain: str, found: Iterable[Quotation]) -> str:
    """A plain text with curly double marks around its quotations; as long as before."""
    characters = list(plain)
    for quotation in found:
        for place, mark in ((quotation.start - 1, "“"), (quotation.outer[1] - 1, "”")):
            if characters[place] == '"':
                characters[place] = mark
    return "".join(characters)
