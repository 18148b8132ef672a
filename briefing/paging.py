"""An answer cut into pages that any front door can show whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import TypeVar

from briefing.article import Passage
from briefing.card import LABEL, PAGE_CHARACTERS, PAGE_ENTRIES, Entry, Line, Part, Words

LINE = 6  # characters that a renderer may add to a line: "-# ", "> ", the line's end
MARK = 4  # characters that bold adds to a mark

ESCAPABLE = re.compile(r"[^\w\s]|_")
NEW_LINE = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
SPACE = re.compile(r"\s+")

Item = TypeVar("Item")


def weight(text: str) -> int:
    """The room a text takes at most, in characters, once a renderer has escaped and quoted it."""
    return len(text) + len(ESCAPABLE.findall(text)) + LINE * len(NEW_LINE.findall(text))


def entry_weight(entry: Entry) -> int:
    """The room an entry takes at most, in characters."""
    return sum(line_weight(line) for line in entry.lines)


def line_weight(line: Line) -> int:
    return LINE + sum(part_weight(part) for part in line.parts)


def part_weight(part: Part) -> int:
    return weight(part) if isinstance(part, str) else weight(part.passage.text) + MARK * len(part.marks)


def shortened(label: str, limit: int = LABEL) -> str:
    """A label on one line, cut at a word's end with an ellipsis where it is too long."""
    line = " ".join(label.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head) + "…"


def paged(
    items: Sequence[tuple[Item, int]], build: Callable[[Item], Entry], page: int, *, buttons: bool = True
) -> tuple[tuple[Entry, ...], int, int]:
    """One page of an answer, of which only this page's entries are built.

    Args:
        items: What each entry is built from, and what it weighs at most.
        page: The page wanted, from 0; the last one is given where there are fewer.
        buttons: Whether the entries bring buttons.

    Returns:
        The page's entries, its number, and how many pages there are (at least 1).
    """
    pages = list(_pages(items, build, PAGE_ENTRIES if buttons else len(items)))
    if not pages:
        return (), 0, 1
    number = max(0, min(page, len(pages) - 1))
    return tuple(made if isinstance(made, Entry) else build(made[0]) for made in pages[number]), number, len(pages)


def _pages(
    items: Sequence[tuple[Item, int]], build: Callable[[Item], Entry], most: int
) -> Iterator[list[tuple[Item, int] | Entry]]:
    """Pages of items yet to be built; an item heavier than a page is built at once and split."""
    page: list[tuple[Item, int] | Entry] = []
    room = PAGE_CHARACTERS
    for item in items:
        heavy = item[1] > PAGE_CHARACTERS
        for piece, size in [(p, entry_weight(p)) for p in split(build(item[0]))] if heavy else [(item, item[1])]:
            if page and (size > room or len(page) == most):
                yield page
                page, room = [], PAGE_CHARACTERS
            page.append(piece)
            room -= size
    if page:
        yield page


def split(entry: Entry, limit: int = PAGE_CHARACTERS) -> Iterator[Entry]:
    """The entry as entries of at most `limit`, parted between lines and, in a long line, at sentences.

    Nothing is left out; its headings stay with what they open. The buttons go with the last piece.
    """
    head = list(takewhile(lambda line: line.style == "heading", entry.lines))
    if sum(map(line_weight, head)) > limit // 2:
        head = []
    longest = room = limit - sum(map(line_weight, head))
    pieces = [head]
    for line in (short for whole in entry.lines[len(head) :] for short in split_line(whole, longest)):
        size = line_weight(line)
        if size > room and pieces[-1]:
            pieces.append([])
            room = limit
        pieces[-1].append(line)
        room -= size
    *first, last = pieces
    yield from (Entry(tuple(lines)) for lines in first)
    yield replace(entry, lines=tuple(last))


def split_line(line: Line, limit: int) -> Iterator[Line]:
    """The line as lines of at most `limit`."""
    if line_weight(line) <= limit:
        yield line
        return
    parts: list[Part] = []
    room = limit - LINE
    for part in (short for whole in line.parts for short in split_part(whole, limit - LINE)):
        size = part_weight(part)
        if size > room and parts:
            yield Line(tuple(parts), line.style)
            parts, room = [], limit - LINE
        parts.append(part)
        room -= size
    yield Line(tuple(parts), line.style)


def split_part(part: Part, limit: int) -> Iterator[Part]:
    """The part as parts of at most `limit`; a label is shortened, an article's words are parted."""
    if part_weight(part) <= limit:
        yield part
    elif isinstance(part, str):
        yield shortened(part)
    else:
        yield from (cut for piece in split_passage(part.passage, limit) if (cut := clipped(part, piece)))


def clipped(words: Words, piece: Passage) -> Words:
    """Those words that lie in the piece, with the marks inside it; marks that would burst the page are left out."""
    inside = tuple(
        (max(start, piece.start), min(end, piece.end))
        for start, end in words.marks
        if start < piece.end and end > piece.start
    )
    return Words(piece, inside[:8])


def split_passage(passage: Passage, limit: int) -> Iterator[Passage]:
    """The passage cut after sentences, else at white space, else anywhere, so that each piece fits the limit.

    White space at the cuts is left out, and nothing else.
    """
    limit -= MARK * 8
    start = passage.start
    while start < passage.end:
        end = start + _fitting(passage.article.text[start : min(passage.end, start + limit)], limit)
        if end < passage.end:
            end = _last_break(passage.article.text, start, end)
        yield from _trimmed(passage, start, end)
        start = end


def _fitting(text: str, limit: int) -> int:
    """How many leading characters weigh at most the limit; at least one."""
    costs = accumulate(weight(character) for character in text)
    return max(1, sum(1 for cost in costs if cost <= limit))


def _last_break(text: str, start: int, end: int) -> int:
    """The last good place to cut in [start, end]: after a sentence, else after white space, else the end."""
    window = text[start:end]
    for pattern in (SENTENCE_END, SPACE):
        ends = [match.end() for match in pattern.finditer(window)]
        if ends:
            return start + ends[-1]
    return end


def _trimmed(passage: Passage, start: int, end: int) -> Iterator[Passage]:
    text = passage.article.text[start:end]
    if text.strip():
        left = len(text) - len(text.lstrip())
        yield passage.article.passage(start + left, start + len(text.rstrip()))
