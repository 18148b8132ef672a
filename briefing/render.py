"""A card for a terminal, as HTML and as JSON. What Discord shows is the bot's business."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from briefing.card import Action, Attachment, Card, Entry, Line, Part, Question, Words
from briefing.visible import typed, visible

if TYPE_CHECKING:
    from rich.console import RenderableType

QUOTES = ("quote", "reported", "passage")
REPORTED = "reported: "


def runs(part: Part) -> Iterator[tuple[str, bool]]:
    """A part as stretches of text, each with whether it is marked."""
    if isinstance(part, str):
        yield part, False
        return
    passage, place = part.passage, part.passage.start
    for start, end in sorted(part.marks):
        start, end = max(start, place), min(end, passage.end)
        if start < end:
            yield passage.article.text[place:start], False
            yield passage.article.text[start:end], True
            place = end
    yield passage.article.text[place : passage.end], False


# Terminal


def terminal(
    card: Card, *, numbered: bool = False, turning: str = "", asked: Callable[[Question], str] = typed
) -> RenderableType:
    """The card for `rich.console.Console.print`, without its files.

    Args:
        numbered: Whether what can be asked next is numbered, for somebody to choose; that of the entries first.
        turning: How its pages are turned, if it has several.
        asked: How a question is typed; "" for one that cannot be, which is left out if it has no number either.
    """
    from rich.console import Group
    from rich.text import Text

    numbers = count(1)
    blocks: list[RenderableType] = [Text(visible(card.title), "bold"), Text()]
    for entry in (*pictured(card), *card.entries):
        blocks += [_terminal_line(line) for line in entry.lines]
        blocks += [Text(f"[{next(numbers)}] {visible(a.label)}", "dim") for a in entry.actions if numbered]
        blocks.append(Text())
    blocks += [_terminal_line(note) for note in card.notes]
    if card.pages > 1:
        blocks.append(Text(f"Page {card.page + 1} of {card.pages}{turning and f' · {turning}'}", "dim"))
    for action in card.actions:
        label, line = visible(action.label), asked(action.question)
        told = ": ".join(dict.fromkeys(filter(None, (label, line))))
        if numbered:
            blocks.append(Text(f"[{next(numbers)}] {told}", "dim"))
        elif line:
            blocks.append(Text(f"→ {told}", "dim", no_wrap=True, overflow="ignore"))  # to be copied whole
    return Group(*blocks)


def pictured(card: Card) -> Iterator[Entry]:
    """What the card's pictures show, as entries."""
    for file in card.attachments:
        yield from file.entries


STYLES = {"heading": "bold cyan", "source": "dim", "note": "dim italic"}


def _terminal_line(line: Line) -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    quoted = line.style in QUOTES
    text = Text(style=STYLES.get(line.style, ""))
    if line.style == "reported":
        text.append(REPORTED, "italic dim")
    for part in line.parts:
        for run, marked in runs(part):
            text.append(visible(run), _run_style(part, quoted, marked))
    return Padding(text, (0, 0, 0, 4)) if quoted else text


def _run_style(part: Part, quoted: bool, marked: bool) -> str:
    italic = isinstance(part, Words) and not quoted
    return " ".join(style for style, on in (("italic", italic), ("bold", marked)) if on)


# HTML


def html(card: Card) -> str:
    """The card as an HTML fragment, escaped; its classes are the lines' styles."""
    entries = "\n".join(_html_entry(entry) for entry in (*pictured(card), *card.entries))
    notes = "\n".join(_html_line(note) for note in card.notes)
    pages = f'\n<p class="page">Page {card.page + 1} of {card.pages}</p>' if card.pages > 1 else ""
    return f'<article class="card">\n<h2>{_html(card.title)}</h2>\n{entries}\n{notes}{pages}\n</article>'


def _html_entry(entry: Entry) -> str:
    lines = "\n".join(_html_line(line) for line in entry.lines)
    return f'<section class="entry">\n{lines}\n</section>'


TAGS = {"heading": "h3", "source": "small", "note": "small", **dict.fromkeys(QUOTES, "blockquote")}


def _html_line(line: Line) -> str:
    tag = TAGS.get(line.style, "p")
    quoted = line.style in QUOTES
    told = f"<i>{REPORTED}</i>" if line.style == "reported" else ""
    parts = "".join(_html_part(part, quoted) for part in line.parts)
    return f'<{tag} class="{line.style}">{told}{parts}</{tag}>'


def _html_part(part: Part, quoted: bool) -> str:
    text = "".join(f"<b>{_html(run)}</b>" if marked else _html(run) for run, marked in runs(part))
    return f"<em>{text}</em>" if isinstance(part, Words) and not quoted else text


def _html(text: str) -> str:
    return escape(visible(text))


# JSON


def as_json(card: Card) -> dict[str, Any]:
    """The card with its exact characters; an article's words bring where they stand."""
    return {
        "title": card.title,
        "question": _json_question(card.question),
        "page": card.page,
        "pages": card.pages,
        "entries": [_json_entry(entry) for entry in card.entries],
        "notes": [_json_line(line) for line in card.notes],
        "actions": [_json_action(action) for action in card.actions],
        "attachments": [_json_attachment(file) for file in card.attachments],
    }


def _json_attachment(file: Attachment) -> dict[str, Any]:
    entries = [_json_entry(entry) for entry in file.entries]
    return {"name": file.name, "alt": file.alt, "bytes": len(file.data), "entries": entries}


def _json_entry(entry: Entry) -> dict[str, Any]:
    return {"lines": [_json_line(line) for line in entry.lines], "actions": [_json_action(a) for a in entry.actions]}


def _json_line(line: Line) -> dict[str, Any]:
    return {"style": line.style, "parts": [_json_part(part) for part in line.parts]}


def _json_part(part: Part) -> str | dict[str, Any]:
    if isinstance(part, str):
        return part
    passage = part.passage
    return {
        "article": passage.article.id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "marks": [list(mark) for mark in part.marks],
    }


def _json_action(action: Action) -> dict[str, Any]:
    return {"label": action.label, "question": _json_question(action.question)}


def _json_question(question: Question) -> dict[str, Any]:
    return {"command": question.command, "options": dict(question.options), "page": question.page}
