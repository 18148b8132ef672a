"""A news page as it was pasted: its lines joined into pieces, and what each piece is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Literal

from briefing import furniture
from briefing.furniture import Kind
from briefing.printed_date import printed_date

Role = Literal["title", "section", "outlet", "author", "paragraph", "cross-heading", "opening", "furniture"]

HEAD = 16  # pieces; a byline or a date further down does not make a head of what is above it
INVISIBLE = (
    " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200e\u200f\u2060"
)
"""White space as Python knows it, and signs that take no room."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or the lines of one paragraph; it never begins or ends with white space.

    Attributes:
        start, end: Character offsets into the text.
        kind: What its own words say it is, if they do.
        after_gap: Whether a blank line stands before it.
        role: "opening" is a dateline or a time stamp at a paragraph's start.
    """

    start: int
    end: int
    text: str
    kind: Kind | None = None
    after_gap: bool = False
    role: Role = "furniture"

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_prose(self) -> bool:
        """Reads as sentences: closed by its punctuation, or too long for anything else."""
        if self.kind is not None:
            return False
        if self.words > LONGEST_LINE:
            return True
        opens_or_leads_on = self.text[0] in "\"“‘'" or self.text[-1] == ":"
        is_closed = bool(_CLOSED.search(self.text)) and (self.words > 2 or opens_or_leads_on)
        return is_closed or bool(_BRIEF.fullmatch(self.text))


def pieces_of(text: str, start: int = 0, title: str | None = None) -> list[Piece]:
    """The pieces of a text from a place on, in order, each with its role.

    Args:
        title: The title where it is already known; a line that repeats it is furniture.
    """
    pieces = list(_captioned(list(_joined(text, start))))
    if title:
        pieces = [replace(p, kind="note") if i < HEAD and _same(p.text, title) else p for i, p in enumerate(pieces)]
    first = _first_of_body(pieces)
    return [*_head(pieces[:first], title is not None), *_openings_apart(_body(pieces[first:]))]


# Lines to pieces -----------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•●▪■‣◦*]|[-–]\s|\d{1,2}[.)]\s)")
_CLOSED = re.compile(r"[.!?…:][\"“”’'»)\]]*$")
_BRIEF = re.compile(
    r"(?:[A-Z][\w’'-]+ \w+ed|(?:He|She|They|It|We|Nobody|None) [a-z]+)\."  # Bell refused. / He did.
    r"|[^.!?]{2,80} (?:declined to comment|did not (?:immediately )?(?:respond|reply)|could not be reached)"
    r"|[“\"].{12,300}[”\"]\s?[—―–-]\s?[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}"  # “We will stay.” ― Tom Bell
)
WRAP = 120  # columns; text is not wrapped by hand wider than this
FULL = 40  # characters; a shorter line tells nothing of where text is wrapped
LONGEST_LINE = 25  # words; what is longer is prose even without a full stop


def _lines(text: str, start: int) -> Iterator[tuple[Piece, int]]:
    """Each line that is not blank, and how far it is indented."""
    end = start
    for match in _LINE.finditer(text, start):
        line = match.group()
        if bare := line.strip(INVISIBLE):
            begin = match.start() + len(line) - len(line.lstrip(INVISIBLE))
            gap = begin - end > 1 and len(_BREAK.findall(text, end, begin)) > 1
            end = begin + len(bare)
            yield Piece(begin, end, bare, furniture.kind_of(bare), gap), begin - match.start()


def _joined(text: str, start: int) -> Iterator[Piece]:
    """The lines, those of one paragraph joined."""
    lines = list(_lines(text, start))
    width = _wrap_width([line for line, _ in lines])
    first = 0
    for i, (line, indent) in enumerate(lines):
        following, its_indent = lines[i + 1] if i + 1 < len(lines) else (None, 0)
        if following and its_indent <= indent + 1 and _goes_on(line, following, width):
            continue
        opening = lines[first][0]
        if i == first:
            yield line
        else:
            whole = text[opening.start : line.end]
            yield Piece(opening.start, line.end, whole, furniture.kind_of(whole), opening.after_gap)
        first = i + 1


def _wrap_width(lines: Sequence[Piece]) -> int | None:
    """The column at which the text was wrapped by hand; None if every line is a paragraph."""
    followed = [a for a, b in pairwise(lines) if not b.after_gap and not a.kind and not b.kind and len(a.text) >= FULL]
    if len(followed) < 2 or sum(len(line.text) > WRAP for line in followed) > len(followed) / 20:
        return None
    unfinished = sum(not _CLOSED.search(line.text) for line in followed)
    lengths = sorted(len(line.text) for line in followed)
    return lengths[len(lengths) * 19 // 20] if unfinished > len(followed) / 2 else None


def _goes_on(line: Piece, following: Piece, width: int | None) -> bool:
    """Whether the next line is the same paragraph: it would not have fitted, or a sentence runs on."""
    if following.after_gap or line.kind or following.kind:
        return False
    if _BULLET.match(following.text) or furniture.time_stamp(following.text):
        return False
    if width is not None and len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) > width:
        return True
    return following.text[0].islower() and not _CLOSED.search(line.text) and len(line.text) > FULL


def _captioned(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces; a line apart from the text with a picture's credit right under or over it is a caption."""
    before: Piece | None = None
    for piece, following in zip_longest(pieces, pieces[1:]):
        credited = following and following.kind == "caption" and not following.after_gap
        apart = piece.after_gap or before is None or not before.is_prose
        is_caption = credited and apart and not piece.kind and piece.words <= 50
        if before and before.kind == "caption" and not piece.after_gap and (following is None or following.after_gap):
            is_caption = is_caption or (not piece.kind and not piece.is_prose)
        yield replace(piece, kind="caption") if is_caption else piece
        before = piece


# Where the body begins -----------------------------------------------------------------------------------------------

STANDFIRST = 3  # sentences that may stand between a headline and its byline, each of them
STANDFIRST_WORDS = 50  # words long at most


def _first_of_body(pieces: Sequence[Piece]) -> int:
    """The number of the body's first piece: the first prose after the last byline or date of the head."""
    prose = [piece.is_prose for piece in pieces]
    total = sum(prose)
    head = above = 0
    for i, piece in enumerate(pieces[:HEAD]):
        if prose[i]:
            above += 1
            if above > STANDFIRST or piece.words > STANDFIRST_WORDS or furniture.dateline(piece.text):
                break
        elif (piece.kind in ("byline", "date", "dateline") or _is_signature(pieces, i)) and total - above > above:
            head = i + 1
    first = next((i for i in range(head, len(pieces)) if prose[i]), len(pieces))
    if first == 0 and _is_headline_with_a_stop(pieces):
        return next((i for i in range(1, len(pieces)) if prose[i]), len(pieces))
    return first


def _is_signature(pieces: Sequence[Piece], i: int) -> bool:
    """A reporter's line without "By" in it, which its neighbours give away: "By" alone, a date, a job."""
    text = pieces[i].text
    if i == 0 or pieces[i].kind or pieces[i].is_prose:
        return False
    if pieces[i - 1].text.lower() == "by" or _follows_its_initials(pieces, i):
        return True
    beside = [*pieces[max(i - 1, 1) : i], *pieces[i + 1 : i + 2]]
    if furniture.correspondent(text) or furniture.is_job_line(text):
        return any(p.kind in ("date", "byline", "dateline") or furniture.is_job_line(p.text) for p in beside)
    return bool(_NAMES_ALONE.fullmatch(text)) and any(
        furniture.is_job_line(p.text) or (p.kind == "date" and printed_date(p.text)) for p in beside
    )


def _follows_its_initials(pieces: Sequence[Piece], i: int) -> bool:
    """A live page's "IM" over "Ida Marsh"."""
    name = pieces[i].text
    return bool(_NAMES_ALONE.fullmatch(name)) and pieces[i - 1].text == "".join(word[0] for word in name.split())


_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}(?: \((?:now|earlier)\))?"
_NAMES_ALONE = re.compile(rf"{_NAME}(?:(?:,| and) {_NAME}){{0,3}}")


HEADLINE = 24  # words
TOLD_AGAIN_IN = 5  # pieces, the headline counted


def _is_headline_with_a_stop(pieces: Sequence[Piece]) -> bool:
    """A first piece that is closed like a sentence but capitalised like a headline, over a dateline, or a question."""
    if len(pieces) < 2 or pieces[0].words > HEADLINE or furniture.dateline(pieces[0].text):
        return False
    headline, following = pieces[0].text, next((p for p in pieces[1:] if p.kind is None), pieces[1])
    long_words = re.findall(r"[^\W\d_]{4,}", headline)
    capitalised = sum(word[0].isupper() for word in long_words) > 0.75 * len(long_words)
    return (
        furniture.dateline(following.text) is not None
        or (headline.endswith(("?", "!")) and following.words > 16)
        or (len(long_words) > 2 and capitalised and not headline.isupper())
        or _is_told_again(long_words, pieces)
    )


def _is_told_again(long_words: Sequence[str], pieces: Sequence[Piece]) -> bool:
    """A short first piece most of whose words come back in the longer ones under it, as a headline's do."""
    body = [piece for piece in pieces[1:TOLD_AGAIN_IN] if piece.is_prose]
    text = " ".join(piece.text for piece in body).lower()
    back = sum(word.lower()[:5] in text for word in long_words)
    is_short = pieces[0].words <= 14 and len(long_words) > 2
    is_over_longer = bool(body) and body[0].words > 1.5 * pieces[0].words
    return is_short and is_over_longer and back > 0.7 * len(long_words) and pieces[0].text[0] not in "\"“‘'"


# The head ------------------------------------------------------------------------------------------------------------

LONGEST_HEAD = 200  # pieces; menus and all


def _head(pieces: Sequence[Piece], titled: bool) -> list[Piece]:
    top = pieces[:LONGEST_HEAD]
    plain = [i for i, p in enumerate(top) if p.kind is None and not _is_signature(top, i)]
    title = None if titled else _title_among(pieces, plain)
    section = next((i for i in reversed(plain) if (title is None or i < title) and _is_section(pieces[i].text)), None)
    roles: dict[int, Role] = {}
    if title is not None:
        roles[title] = "title"
    if section is not None and section != title:
        roles[section] = "section"
    for i, p in enumerate(top):
        if p.kind == "byline" or (i not in roles and _is_signature(top, i) and furniture.signed_by(p.text)):
            roles[i] = "author"
        elif p.kind == "dateline":
            roles[i] = "outlet"
    return [replace(p, role=roles[i]) if i in roles else p for i, p in enumerate(pieces)]


def _title_among(pieces: Sequence[Piece], plain: Sequence[int]) -> int | None:
    if not plain:
        return None
    longer = [i for i in plain if not _is_section(pieces[i].text)]
    return longer[0] if longer else plain[0]


def _is_section(text: str) -> bool:
    """A line like "Middle East" or "World / Asia" over a headline."""
    words = re.findall(r"[^\W\d_][\w'’]*", text)
    named = all(word[0].isupper() or word in ("and", "news", "of") for word in words)
    return 0 < len(words) <= 4 and len(text) <= 40 and named and not _CLOSED.search(text)


# The body ------------------------------------------------------------------------------------------------------------


def _body(pieces: Sequence[Piece]) -> list[Piece]:
    roles = (_role_in_body(pieces, i) for i in range(len(pieces)))
    return [replace(p, role=role) if role != p.role else p for p, role in zip(pieces, roles, strict=True)]


QUESTION = 8  # words; a question of its own that is no longer heads what follows


def _role_in_body(pieces: Sequence[Piece], i: int) -> Role:
    piece = pieces[i]
    if piece.kind is not None:
        return "furniture"
    if i and _follows_its_initials(pieces, i):
        return "author"
    asks = piece.text.endswith("?") and piece.text[0].isalpha() and ":" not in piece.text
    if asks and piece.words <= QUESTION and piece.after_gap and _is_cross_heading(pieces, i):
        return "cross-heading"
    if piece.is_prose or furniture.time_stamp(piece.text) or (_BULLET.match(piece.text) and piece.words > 4):
        return "paragraph"
    return "cross-heading" if _is_cross_heading(pieces, i) else "furniture"


def _is_cross_heading(pieces: Sequence[Piece], i: int) -> bool:
    """A short line with prose next after it; a picture may stand between."""
    following = next((p for p in pieces[i + 1 : i + 4] if p.kind not in ("caption", "time", "date")), None)
    short = pieces[i].words <= 14 and not re.search(r"[a-z]\. [A-Z]", pieces[i].text)
    return short and following is not None and following.is_prose


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
            kind: Kind = "dateline" if found else "time"
            yield Piece(piece.start, piece.start + len(opening), opening, kind, piece.after_gap, "opening")
            piece = replace(piece, start=piece.start + length, text=piece.text[length:])
        is_first = False
        yield piece


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", " ", a).strip().lower() == re.sub(r"\W+", " ", b).strip().lower()
