"""An answer in reading order, every line with its evidence; what it looks like is the renderers' business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.article import Passage, Span

PAGE_CHARACTERS = 3_200
"""What the entries of one page may weigh, by `paging.weight`, so that a Discord message (4,000 characters of text in
Components V2) has 800 left for the title, the notes and the renderer's own marks. `weight` counts a character that the
renderer may have to escape as two."""

PAGE_ENTRIES = 6
"""Entries of one page that bring buttons: at three components each (section, text, button) they take 18 of a Discord
message's 40. Entries without buttons can share one text display and are bounded by `PAGE_CHARACTERS` alone."""

CARD_ACTIONS = 10
"""Buttons of the card itself, at most: two rows of five, beside one row for paging."""

LABEL = 200
"""Characters of the longest label: a headline or a name is cut there with an ellipsis; an article's words never are."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article's own words.

    Attributes:
        marks: What to make bold, as offsets into the article's text, inside the passage (a cue, a name).
    """

    passage: Passage
    marks: tuple[Span, ...] = ()


Part = str | Words
"""A piece of a line: a label that the code owns (a name, an issue, a count, a date), or an article's words."""

Style = Literal[
    "text",  # a plain line
    "heading",  # opens a group of entries
    "quote",  # words in quotation marks: a block quote
    "reported",  # a reported clause: a block quote, marked as reported
    "passage",  # a passage of the article's own prose: a block quote
    "source",  # small print: outlet, date, title
    "note",  # small print of our own
]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer; its parts are joined as they stand, white space is theirs to bring.

    An article's words in a line that is no block quote (how a source was printed, a cue) are set in italics, so that
    they are told apart from our own.
    """

    parts: tuple[Part, ...]
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A command with its options, as somebody typed it or as a button carries it.

    Attributes:
        command: The command's name without its slash ("who-said"); of a group with the group ("briefing preview").
        options: Names and values as typed, in the command's order; options left out are not there.
        page: Which page of the answer, from 0.
    """

    command: str
    options: tuple[tuple[str, str], ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """What can be asked next with one press."""

    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines that belong together and are not parted by a page's end.

    Attributes:
        actions: Buttons that belong to this entry ("Show the sentences around it"); one at most.
    """

    lines: tuple[Line, ...]
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the answer.

    Attributes:
        alt: Says in words what a picture shows.
        entries: The same in reading order, for a front door that shows no pictures; it stands before the card's own.
    """

    name: str
    data: bytes
    alt: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One page of an answer.

    Attributes:
        title: A label.
        entries: This page's entries, in reading order.
        notes: Small print under the entries.
        page, pages: This page, from 0, and how many there are; paging is `Question.page` of the card's question.
        question: What this card answers; its pages and buttons start from it.
    """

    title: str
    question: Question
    entries: tuple[Entry, ...] = ()
    notes: tuple[Line, ...] = ()
    actions: tuple[Action, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    page: int = 0
    pages: int = 1
