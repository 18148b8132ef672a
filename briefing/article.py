"""What a file of news text says of itself: its title, source and date, its body, and what is furniture.

Both halves of the library use this module, so it imports nothing heavy.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from briefing.furniture import OUTLETS, dateline, is_job_line, signed_by
from briefing.page import INVISIBLE, Piece, pieces_of
from briefing.printed_date import date_in_name, printed_date

Span = tuple[int, int]
"""Character offsets [start, end) into an article's text."""

LARGEST = 2_000_000  # bytes of a file


def hull(spans: Iterable[Span | None]) -> Span:
    """The shortest stretch that holds all the spans there are."""
    there = [span for span in spans if span]
    return min(start for start, _ in there), max(end for _, end in there)


class ArticleError(ValueError):
    """A file that cannot be read as an article; the message names the file and says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim slice of an article; made by `Article.passage` alone.

    Attributes:
        start, end: Character offsets [start, end) into the article's text.
        text: Exactly the article's characters between them.
    """

    article: Article = field(repr=False)
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as it stands in its file.

    Attributes:
        id: The file's name without its suffix, or the row's id; unique within a story.
        text: The file's text as decoded; line ends are kept, so offsets hold.
        published_from: "front matter", "text", "inferred: ..." or None; never a guess.
        paragraphs: The body's paragraphs in order, without surrounding white space.
        furniture: Lines that are no part of the body: front matter, section, headline, byline, dateline
            (the dateline is the opening of a paragraph), captions, cross-headings, links.
        cross_headings: Those pieces of furniture that are headlines within the body.
    """

    id: str
    text: str
    title: str | None = None
    section: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    published: date | None = None
    published_from: str | None = None
    paragraphs: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    cross_headings: tuple[Span, ...] = ()

    @property
    def iso_date(self) -> str | None:
        """The day of publication ("2031-03-04"), or None."""
        return self.published.isoformat() if self.published else None

    def passage(self, start: int, end: int) -> Passage:
        """The passage at characters [start, end) of the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{self.id}: no passage at [{start}, {end}) of {len(self.text)} characters")
        return Passage(self, start, end, self.text[start:end])


def read_article(name: str, data: bytes) -> Article:
    """The article in a file's bytes.

    Args:
        name: The file's name; its stem becomes the article's id, a date in it may date the article.

    Raises:
        ArticleError: Binary, empty, over 2 MB, or in no encoding that we read.
    """
    if len(data) > LARGEST:
        raise ArticleError(name, f"over {LARGEST / 1e6:.0f} MB: split the file, or keep the article alone")
    text = decoded(name, data)
    if not text.strip(INVISIBLE):
        raise ArticleError(name, "empty: paste an article's text into it, or delete it")
    if _HTML.match(text):
        raise ArticleError(name, "a web page's code: copy the article's text out of the browser instead")
    return parse_article(name, text)


def parse_article(name: str, text: str) -> Article:
    """The article in a text that is already decoded (no limits apply here)."""
    front, start = front_matter(text)
    pieces = pieces_of(text, start, front.get("title"))
    signed = [_signature(piece.text) for piece in pieces if piece.role == "author"]
    of_bylines = [author for signature in signed for author in signature.authors]
    title, suffix = _title(front.get("title") or _first(pieces, "title"))
    published, published_from = _published(name, front, pieces)
    matter = ((0, len(text[:start].rstrip(INVISIBLE))),) if start else ()
    return Article(
        id=_SUFFIX.sub("", name),
        text=text,
        title=title,
        section=front.get("section") or _first(pieces, "section"),
        outlet=front.get("outlet") or _outlet(pieces) or next((s.outlet for s in signed if s.outlet), None) or suffix,
        authors=_names(front["author"]) if "author" in front else tuple(dict.fromkeys(of_bylines)),
        url=front.get("url"),
        published=published,
        published_from=published_from,
        paragraphs=tuple((p.start, p.end) for p in pieces if p.role == "paragraph"),
        furniture=matter + tuple((p.start, p.end) for p in pieces if p.role != "paragraph"),
        cross_headings=tuple((p.start, p.end) for p in pieces if p.role == "cross-heading"),
    )


# Bytes to text -------------------------------------------------------------------------------------------------------

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file or a word processor's document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "a word processor's document"),
)
_HTML = re.compile(r"\s*<(?:!doctype html|html|\?xml)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


def decoded(name: str, data: bytes) -> str:
    """The text in the encoding that the bytes show: by byte order mark, else UTF-8, UTF-16 by its zeros, cp1252."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ArticleError(name, f"{what}, not plain text: copy the article's text into a .txt file")
    bom = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    for encoding in (bom,) if bom else ("utf-8-sig", _utf16_by_zeros(data) or "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise ArticleError(name, "not plain text (NUL or control bytes, or an unknown encoding): save it as UTF-8 text")


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: English text has a zero in nearly every other byte."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) * 0.4:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


# Front matter --------------------------------------------------------------------------------------------------------

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n((?:[^\n]*\n){0,60}?)---[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"[ \t]*([A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]*(.*)")
FIELDS = {
    "title": "title", "headline": "title",
    "outlet": "outlet", "source": "outlet", "publication": "outlet", "publisher": "outlet", "site": "outlet",
    "author": "author", "authors": "author", "byline": "author",
    "published": "published", "date": "published", "published_at": "published",
    "url": "url", "link": "url",
    "section": "section", "category": "section",
}  # fmt: skip


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The fields of the block between two lines of "---" at the top, and where the text goes on behind it."""
    block = _FRONT.match(text)
    if not block:
        return {}, 0
    fields: dict[str, str] = {}
    key = None
    for line in block[1].splitlines():
        if field := _FIELD.match(line):
            key = FIELDS.get(field[1].lower().replace("-", "_"))
            value = field[2].strip().strip("\"'").strip()
            if key and value:
                fields.setdefault(key, value)
        elif key and line.lstrip().startswith("- "):
            fields[key] = "; ".join(filter(None, (fields.get(key), line.lstrip(" -\t").strip("\"' "))))
        elif line.strip() and not line.lstrip().startswith("#"):
            return {}, 0
    return (fields, block.end()) if fields else ({}, 0)


# What the page says of itself ----------------------------------------------------------------------------------------

_SUFFIX = re.compile(r"\.(?:txt|text|md|markdown)$", re.IGNORECASE)
_TITLE_SUFFIX = re.compile(rf"(.+?)\s+[|–—-]\s+((?:{OUTLETS})(?: \w+)?)")
_OUTLET = re.compile(rf"(?:{OUTLETS})(?![\w])")


@dataclass(frozen=True, slots=True)
class _Signed:
    authors: tuple[str, ...]
    outlet: str | None


def _first(pieces: list[Piece], role: str) -> str | None:
    return next((piece.text for piece in pieces if piece.role == role), None)


def _title(line: str | None) -> tuple[str | None, str | None]:
    """A headline without marks of its own, and the outlet that its end names ("… - BBC News")."""
    if line is None:
        return None, None
    line = " ".join(line.lstrip("# ").split())
    line = line.removesuffix(";").removesuffix(".") if not line.endswith("..") else line
    found = _TITLE_SUFFIX.fullmatch(line)
    return (found[1], found[2]) if found else (line or None, None)


def _outlet(pieces: list[Piece]) -> str | None:
    """The outlet of the dateline: "CNN  —" alone, or in brackets at the first paragraph's opening."""
    for piece in pieces:
        if piece.role == "outlet" and (bare := re.sub(r"[\s—–-]+$", "", piece.text).strip("() ")):
            known = _OUTLET.search(bare)
            bracket = re.search(r"\(([^()]+)\)", piece.text)
            return known[0] if known else bracket[1] if bracket else None if bare.isupper() else bare
        if piece.role == "opening" and piece.kind == "dateline":
            found = dateline(piece.text + " X")
            return found[1] if found else None
    return None


def _signature(line: str) -> _Signed:
    """Who signs in a byline, and for whom: "By Ida Marsh, The Kelso Ledger"."""
    who = " ".join(_SHIFT.sub(" ", signed_by(line) or "").split())
    authors: list[str] = []
    outlet = None
    for part in filter(None, (piece.strip() for piece in _PARTS.split(who))):
        name = re.split(r"\s(?:in|at|for|of)\s", part)[0]
        if _OUTLET.fullmatch(name) or (authors and (name.lower().startswith("the ") or _PRESS.search(name))):
            outlet = outlet or name
        elif name[0].isupper() or name.lower().startswith("the "):
            authors += [] if is_job_line(name) else [_plain_name(name)]
    return _Signed(tuple(authors), outlet)


_SHIFT = re.compile(r"\s\((?:now|earlier)\)")  # on a live page
_PARTS = re.compile(r"[,;|·•/]|\s[–—-]\s|(?:^|\s)(?:and|with)\s|&")
_PRESS = re.compile(
    r"\b(?:News|Times|Post|Press|Ledger|Herald|Tribune|Gazette|Journal|Chronicle|Guardian|Daily|Observer|Globe|Mail|"
    r"Desk|Agency|Radio|TV)\b"
)


def _plain_name(name: str) -> str:
    name = re.sub(r"^(?:the|by)\s+", "", name.strip(), flags=re.IGNORECASE)
    return name.title() if name.isupper() and len(name) > 4 else name


def _names(value: str) -> tuple[str, ...]:
    names = re.split(r"[;,&]|\sand\s", value.strip("[]"))
    return tuple(name for part in names if (name := re.sub(r"^by\s+", "", part.strip(" \"'"), flags=re.IGNORECASE)))


_PUBLISHED = re.compile(r"\W*(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
_UPDATED = re.compile(r"\W*(?:last )?(?:updated|modified)\b", re.IGNORECASE)


def _published(name: str, front: dict[str, str], pieces: list[Piece]) -> tuple[date | None, str | None]:
    """The day of publication, and what says so; nothing is ever guessed."""
    if (value := front.get("published")) and (found := printed_date(value)):
        return found[0], "front matter"
    updated = None
    in_head = True
    for piece in pieces:
        in_head = in_head and piece.role != "paragraph"
        labelled = _PUBLISHED.match(piece.text)
        if piece.kind not in ("date", "byline", "link") or not (in_head or labelled):
            continue
        if not (found := printed_date(piece.text)):
            continue
        if not _UPDATED.match(piece.text):
            return found[0], "text"
        updated = updated or found[0]
    if day := date_in_name(name):
        return day, "inferred: file name"
    if updated:
        return updated, "inferred: date of the last update"
    if day := date_in_name(front.get("url", "")):
        return day, "inferred: address"
    opening = next((p.text for p in pieces if p.role == "opening" and p.kind == "dateline"), "")
    if found := printed_date(opening):
        return found[0], "inferred: dateline"
    return None, None
