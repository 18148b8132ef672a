"""A news page as it was pasted: its lines joined into pieces, and what each piece is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing import furniture
from briefing.furniture import Kind

Role = Literal["title", "section", "outlet", "author", "paragraph", "cross-heading", "opening", "furniture"]

HEAD = 16  # pieces; a byline or a date further down does not make a head of what is above it
INVISIBLE = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200e\u200f\u2060"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or the lines of one paragraph; it never begins or ends with white space.

    Attributes:
        start, end: Character offsets into the text.
        role: "opening" is a dateline or a time stamp at a paragraph's start.
        kind: What its own words say it is, if they do.
    """

    start: int
    end: int
    text: str
    kind: Kind | None = None
    role: Role = "furniture"


def pieces_of(text: str, start: int = 0, title: str | None = None) -> list[Piece]:
    """The pieces of a text from a place on, in order, each with its role.

    Args:
        title: The title where it is already known; a line that repeats it is furniture.
    """
    pieces = [replace(piece, kind=furniture.kind_of(piece.text)) for piece in _joined(text, start)]
    if title:
        pieces = [replace(p, kind="note") if _same(p.text, title) and i < HEAD else p for i, p in enumerate(pieces)]
    first = _first_of_body(pieces)
    return [*_head(pieces[:first], title is not None), *_openings_apart(_body(pieces[first:]))]


# Lines to pieces -----------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•●▪■‣◦*]|[-–]\s|\d{1,2}[.)]\s)")
_CLOSED = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
WRAP = 120  # columns; text is not wrapped by hand wider than this


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indent: int
    after_gap: bool


def _lines(text: str, start: int) -> Iterator[_Line]:
    end = start
    for match in _LINE.finditer(text, start):
        line = match.group()
        bare = line.strip(INVISIBLE)
        if bare:
            begin = match.start() + len(line) - len(line.lstrip(INVISIBLE))
            gap = len(_BREAK.findall(text, end, begin)) > 1
            yield _Line(begin, begin + len(bare), bare, begin - match.start(), gap)
            end = begin + len(bare)


def _joined(text: str, start: int) -> Iterator[Piece]:
    lines = list(_lines(text, start))
    width = _wrap_width(lines)
    first = 0
    for i, line in enumerate(lines):
        if i + 1 == len(lines) or not _goes_on(line, lines[i + 1], width):
            begin, end = lines[first].start, line.end
            yield Piece(begin, end, text[begin:end])
            first = i + 1


def _wrap_width(lines: Sequence[_Line]) -> int | None:
    """The column at which the text was wrapped by hand; None if a line is a paragraph."""
    followed = [a for a, b in zip(lines, lines[1:], strict=False) if not b.after_gap and len(a.text) >= 40]
    if len(followed) < 2 or sum(len(line.text) > WRAP for line in followed) > len(followed) / 20:
        return None
    unfinished = sum(not _CLOSED.search(line.text) for line in followed)
    lengths = sorted(len(line.text) for line in followed)
    return lengths[len(lengths) * 19 // 20] if unfinished > len(followed) / 2 else None


def _goes_on(line: _Line, following: _Line, width: int | None) -> bool:
    """Whether the next line is the same paragraph."""
    if following.after_gap or following.indent > line.indent + 1 or _BULLET.match(following.text):
        return False
    if furniture.kind_of(line.text) or furniture.kind_of(following.text) or furniture.time_stamp(following.text):
        return False
    if width is not None and len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) > width:
        return True
    return following.text[0].islower() and not _CLOSED.search(line.text) and len(line.text) > 25


# Where the body begins -----------------------------------------------------------------------------------------------


def _words(text: str) -> int:
    return len(text.split())


def is_prose(text: str) -> bool:
    """A piece that reads as sentences: closed by its punctuation, or too long for anything else."""
    words = _words(text)
    return words > 25 or (bool(_CLOSED.search(text)) and (words > 4 or text[0] in "\"“‘'"))


def _first_of_body(pieces: Sequence[Piece]) -> int:
    prose = [p.kind is None and is_prose(p.text) for p in pieces]
    signed = [i for i, p in enumerate(pieces[:HEAD]) if p.kind in ("byline", "date", "dateline") or _is_signature(pieces, i)]
    head = 0
    for i in signed:
        above = [p for p, is_body in zip(pieces[:i], prose, strict=False) if is_body]
        if len(above) <= 3 and all(_words(p.text) <= 50 for p in above) and sum(prose[i:]) > len(above):
            if any(furniture.dateline(p.text) for p in above):
                break
            head = i + 1
    first = next((i for i in range(head, len(pieces)) if prose[i]), len(pieces))
    if head == 0 and first + 1 < len(pieces) and _is_headline_with_a_stop(pieces, first):
        return next((i for i in range(first + 1, len(pieces)) if prose[i]), len(pieces))
    return first


def _is_signature(pieces: Sequence[Piece], i: int) -> bool:
    """A reporter's line without "By", which only its neighbours give away: a date or a job beside it."""
    text = pieces[i].text
    if i == 0 or pieces[i].kind or is_prose(text):
        return False
    beside = [p for p in pieces[max(i - 1, 1) : i + 2] if p is not pieces[i]]
    named = furniture.correspondent(text) is not None or furniture.is_job_line(text)
    return (named and bool(beside)) or (
        bool(_NAMES_ALONE.fullmatch(text)) and any(p.kind == "date" or furniture.is_job_line(p.text) for p in beside)
    )


_NAMES_ALONE = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}(?:(?:,| and) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}){0,3}")


def _is_headline_with_a_stop(pieces: Sequence[Piece], first: int) -> bool:
    """A first piece like "Who won?" over a body of longer paragraphs."""
    text = pieces[first].text
    return first == 0 and text.endswith(("?", "!")) and _words(text) <= 16 and _words(pieces[1].text) > 16


# The head ------------------------------------------------------------------------------------------------------------


def _head(pieces: Sequence[Piece], titled: bool) -> list[Piece]:
    plain = [i for i, p in enumerate(pieces) if p.kind is None and not _is_signature(pieces, i)]
    title = None if titled else _title_among(pieces, plain)
    section = next((i for i in reversed(plain) if (title is None or i < title) and _is_section(pieces[i].text)), None)
    roles: dict[int, Role] = {}
    if title is not None:
        roles[title] = "title"
    if section is not None and section != title:
        roles[section] = "section"
    for i, p in enumerate(pieces):
        if p.kind == "byline" or (i not in roles and _is_signature(pieces, i) and not furniture.is_job_line(p.text)):
            roles[i] = "author"
        elif p.kind == "dateline":
            roles[i] = "outlet"
    return [replace(p, role=roles.get(i, "furniture")) for i, p in enumerate(pieces)]


def _title_among(pieces: Sequence[Piece], plain: Sequence[int]) -> int | None:
    if not plain:
        return None
    longer = [i for i in plain if not _is_section(pieces[i].text)]
    return longer[0] if longer else plain[0]


def _is_section(text: str) -> bool:
    """A line like "Middle East" or "World / Asia" over a headline."""
    words = re.findall(r"[^\W\d_][\w'’]*", text)
    return 0 < len(words) <= 4 and len(text) <= 40 and all(w[0].isupper() or w in ("and", "news", "of") for w in words) and not _CLOSED.search(text)


# The body ------------------------------------------------------------------------------------------------------------


def _body(pieces: Sequence[Piece]) -> list[Piece]:
    return [replace(p, role=_role_in_body(pieces, i)) for i, p in enumerate(pieces)]


def _role_in_body(pieces: Sequence[Piece], i: int) -> Role:
    piece = pieces[i]
    if piece.kind is not None:
        return "furniture"
    if is_prose(piece.text) or _is_item(piece.text) or furniture.time_stamp(piece.text):
        return "paragraph"
    return "cross-heading" if _is_cross_heading(pieces, i) else "furniture"


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text)) and _words(text) > 4


def _is_cross_heading(pieces: Sequence[Piece], i: int) -> bool:
    """A short line with prose next after it (a picture may stand between)."""
    following = next((p for p in pieces[i + 1 : i + 4] if p.kind not in ("caption", "time", "date")), None)
    return _words(pieces[i].text) <= 14 and following is not None and following.kind is None and is_prose(following.text)


def _openings_apart(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with datelines and time stamps cut from the paragraphs that they open."""
    is_first = True
    for piece in pieces:
        if piece.role != "paragraph":
            yield piece
            continue
        length = furniture.time_stamp(piece.text)
        found = furniture.dateline(piece.text) if not length else None
        if found and (is_first or found[1]):
            length = found[0]
        if length:
            opening = piece.text[:length].rstrip(INVISIBLE)
            yield Piece(piece.start, piece.start + len(opening), opening, "dateline" if found else "time", "opening")
            piece = replace(piece, start=piece.start + length, text=piece.text[length:])
        is_first = False
        yield piece


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", " ", a).strip().lower() == re.sub(r"\W+", " ", b).strip().lower()
