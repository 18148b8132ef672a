"""What a file of news text says of itself: its title, source and date, its body, and what is furniture.

Both halves of the library use this module, so it imports nothing heavy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

Span = tuple[int, int]
"""Character offsets [start, end) into an article's text."""


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
    return parse_article(name, data.decode("utf-8-sig"))


def parse_article(name: str, text: str) -> Article:
    """The article in a text that is already decoded (no limits apply here)."""
    blocks = [m.span() for m in re.finditer(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]+)*", text)]
    return Article(id=name.removesuffix(".txt"), text=text, paragraphs=tuple(blocks))
