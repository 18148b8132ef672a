"""A card as a Discord message: Components V2, within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from typing import Any

import discord
from discord import ui

from bot.buttons import Deed, LongQuestions, QuestionButton
from bot.markdown import escaped, markdown, plain
from briefing.card import Action, Attachment, Card, Entry, Line, Question

TEXT = 4_000  # characters of all text of a message; `discord.ui.LayoutView.content_length`
COMPONENTS = 40  # of a message, nested ones counted; Discord, "Component Reference"
LABEL = 80  # characters of a button's label; Discord, "Button Structure"
ROW = 5  # buttons of an action row
SECTION_TEXTS = 3  # texts of a section
ALT = 1_024  # characters of a media item's description
ACCENT = discord.Colour(0x3B7A9E)
PICTURES = (".png", ".jpg", ".webp", ".gif")
QUOTES = ("quote", "reported", "passage")

Items = list[ui.Item[Any]]


def view_of(card: Card, long: LongQuestions) -> ui.LayoutView:
    """The message for a card, as roomy as 40 components allow.

    Raises:
        ValueError: Not even that fits, or its text is over 4,000 characters; `briefing.paging` makes cards that do.
    """
    for room in (2, 1, 0):
        items = list(_Layout(card, long, room).items())
        if 1 + sum(item._total_count for item in items) <= COMPONENTS:
            break
    view = ui.LayoutView(timeout=None).add_item(ui.Container(*items, accent_colour=ACCENT))
    if view.content_length() > TEXT:
        raise ValueError(f"{view.content_length()} characters of text for {card.question}; Discord takes {TEXT}")
    return view


def files_of(card: Card) -> list[discord.File]:
    """The files that go with the view; a file can be sent once only."""
    return [discord.File(BytesIO(file.data), file.name, description=_alt(file)) for file in card.attachments]


def _alt(file: Attachment) -> str | None:
    return plain(file.alt)[:ALT] if file.alt else None


class _Layout:
    """The parts of one message in order; its buttons are numbered through.

    Attributes:
        room: 2 has a line between entries, 1 sets a source apart from its quotation, 0 does neither.
    """

    def __init__(self, card: Card, long: LongQuestions, room: int) -> None:
        self.card = card
        self.long = long
        self.room = room
        self.buttons = 0

    def items(self) -> Iterator[ui.Item[Any]]:
        card = self.card
        yield ui.TextDisplay(f"## {escaped(card.title)}")
        yield from self._attachments()
        for number, entry in enumerate(card.entries if self.room else _merged(card.entries)):
            if number and self.room == 2:
                yield ui.Separator()
            yield from self._entry(entry)
        if card.notes:
            yield ui.TextDisplay("\n".join(markdown(note) for note in card.notes))
        yield from self._rows([self._button(action) for action in card.actions])
        if card.pages > 1:
            yield ui.ActionRow(*self._pager())

    def _entry(self, entry: Entry) -> Iterator[ui.Item[Any]]:
        texts = [ui.TextDisplay[Any](text) for text in _texts(entry.lines, apart=self.room > 0)]
        buttons = [self._button(action) for action in entry.actions]
        if len(buttons) == 1 and 0 < len(texts) <= SECTION_TEXTS:
            yield ui.Section(*texts, accessory=buttons[0])
        else:
            yield from texts
            yield from self._rows(buttons)

    def _rows(self, buttons: Sequence[QuestionButton]) -> Iterator[ui.Item[Any]]:
        for start in range(0, len(buttons), ROW):
            yield ui.ActionRow(*buttons[start : start + ROW])

    def _attachments(self) -> Iterator[ui.Item[Any]]:
        pictures = [file for file in self.card.attachments if file.name.endswith(PICTURES)]
        if pictures:
            shown = (discord.MediaGalleryItem(f"attachment://{file.name}", description=_alt(file)) for file in pictures)
            yield ui.MediaGallery(*shown)
        yield from (ui.File(f"attachment://{file.name}") for file in self.card.attachments if file not in pictures)

    def _button(self, action: Action) -> QuestionButton:
        label = plain(action.label) or "…"
        return self._made(label if len(label) <= LABEL else label[: LABEL - 1] + "…", action.question, "ask")

    def _made(self, label: str, question: Question, deed: Deed, *, off: bool = False) -> QuestionButton:
        self.buttons += 1
        return QuestionButton.made(label, question, self.long, deed, place=self.buttons, off=off)

    def _pager(self) -> Iterator[ui.Item[Any]]:
        card = self.card
        for label, page in (("‹ Back", card.page - 1), ("Next ›", card.page + 1)):
            off = not 0 <= page < card.pages
            yield self._made(label, replace(card.question, page=card.page if off else page), "turn", off=off)
            if page < card.page:  # a plain button, even a dead one, would make discord.py keep the message for ever
                yield self._made(f"{card.page + 1} / {card.pages}", card.question, "turn", off=True)


def _merged(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Neighbours without buttons as one entry."""
    for quiet, group in groupby(entries, key=lambda entry: not entry.actions):
        if quiet:
            yield Entry(tuple(line for entry in group for line in entry.lines))
        else:
            yield from group


def _texts(lines: Sequence[Line], *, apart: bool) -> Iterator[str]:
    """The lines as one text, or as several of which none goes on after a quotation."""
    groups: list[list[str]] = [[]]
    for line, before in zip(lines, [None, *lines], strict=False):
        if apart and before and before.style in QUOTES and line.style not in QUOTES:
            groups.append([])
        groups[-1].append(markdown(line))
    return (text for group in groups if (text := "\n".join(group).strip()))
