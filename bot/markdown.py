"""A card's lines in Discord's markdown: articles' words read as printed, whatever marks they hold.

Nothing in an article can mention, link, format or address anybody: what Discord would act on is escaped, and characters
that nobody sees (format and control characters) are dropped. This is the last step before sending.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefing.card import Line, Style, Words

HEADS: dict[Style, str] = {
    "text": "",
    "heading": "### ",
    "quote": "> ",
    "reported": "> ",
    "passage": "> ",
    "source": "-# ",
    "note": "-# ",
}
REPORTED = "*reported:* "

# Discord's inline marks; "<" opens mentions, commands, timestamps and emoji; ":" of "://" makes links;
# "&" of an entity is Markdown's alone (the browser page decodes it)
INLINE = re.compile(r"[\\*_~|`\[\]<]|:(?=//)|&(?=#?\w+;)")
OPENING = re.compile(r"^([\x00\x01]*)([#>+=-]|\d+(?=[.)]))")  # headings, quotes, lists, small print
STUBBORN = re.compile(r"@(?=everyone|here)|(?<=\\-)(?=#)", re.IGNORECASE)  # backslashes do not stop these everywhere
PARAGRAPHS = re.compile(r"\s*\n\s*\n\s*")
NEW_LINE = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
ON, OFF = "\x00", "\x01"  # bold, while the text is worked on; no text holds them once it is visible
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # blank, though no format characters


def visible(text: str) -> str:
    """The text without format and control characters, its line ends as "\\n"; what a reader sees is unchanged."""
    return "".join(c for c in NEW_LINE.sub("\n", text) if c in "\n\t" or not _hidden(c))


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in UNSEEN


def plain(text: str) -> str:
    """The text on one line for a place that knows no markdown: a button, an option's choice."""
    return " ".join(visible(text).split())


def escaped(text: str) -> str:
    """The text on one line, to be shown as it stands at the start of a line or within one."""
    return _escaped(plain(text))


def _escaped(line: str) -> str:
    line = INLINE.sub(lambda found: "\\" + found[0], line)
    line = OPENING.sub(_opening, line)
    return STUBBORN.sub(lambda found: found[0] + "\u200b", line)


def _opening(found: re.Match[str]) -> str:
    bold, mark = found.groups()
    return f"{bold}{mark}\\" if mark.isdecimal() else f"{bold}\\{mark}"


def markdown(line: Line) -> str:
    """The line as Discord is to have it: one line of text, or of a quotation one for each paragraph."""
    raw = "".join(visible(part) if isinstance(part, str) else _marked(part) for part in line.parts).strip()
    head = HEADS[line.style]
    texts = PARAGRAPHS.split(raw) if head == "> " else [raw]
    paragraphs = [_bold(_escaped(" ".join(text.split()))) for text in texts]
    if line.style == "reported":
        paragraphs[0] = REPORTED + paragraphs[0]
    return "\n>\n".join(head + text for text in paragraphs)


def _marked(words: Words) -> str:
    """The passage's visible text, its marks between ON and OFF."""
    passage = words.passage
    text, at = "", passage.start
    for start, end in _joined(words):
        text += visible(passage.text[at - passage.start : start - passage.start])
        text += _set_bold(visible(passage.text[start - passage.start : end - passage.start]))
        at = end
    return text + visible(passage.text[at - passage.start :])


def _joined(words: Words) -> Iterator[tuple[int, int]]:
    """The marks in order, cut to the passage; those that touch or overlap are one."""
    open_mark: tuple[int, int] | None = None
    for start, end in sorted(words.marks):
        mark = (max(start, words.passage.start), min(end, words.passage.end))
        if mark[0] >= mark[1]:
            continue
        if open_mark and mark[0] <= open_mark[1]:
            open_mark = (open_mark[0], max(open_mark[1], mark[1]))
            continue
        if open_mark:
            yield open_mark
        open_mark = mark
    if open_mark:
        yield open_mark


def _set_bold(text: str) -> str:
    """Bold that neither begins nor ends with white space, nor runs over a paragraph's end."""
    pieces = re.split(r"(\s*\n\s*\n\s*|^\s+|\s+$)", text)
    return "".join(piece if not piece.strip() else f"{ON}{piece}{OFF}" for piece in pieces)


def _bold(text: str) -> str:
    return text.replace(ON, "**").replace(OFF, "**")
