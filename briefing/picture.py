"""The matrix of positions as a picture: who stands where, a sign and a colour in each cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

Theme = Literal["dark", "light"]
Cell = tuple[str, str, str]
"""An actor, an issue, a stance."""

WIDTH = 1080  # pixels; three to one on a phone's 360 points
MARGIN = 28
NAMES = 300  # pixels for the actors' names
ROW, TEXT, SMALL = 104, 34, 28
HEADING, LINE, GAP, INDENT = 52, 42, 10, 50
LEGEND = 100


@dataclass(frozen=True, slots=True)
class Colours:
    page: str
    ink: str
    rule: str
    empty: str


THEMES: Mapping[Theme, Colours] = {
    "dark": Colours(page="#1e1f22", ink="#f2f3f5", rule="#3f4147", empty="#2b2d31"),
    "light": Colours(page="#ffffff", ink="#1e1f22", rule="#d0d3d8", empty="#f2f3f5"),
}

# Okabe and Ito, "Color Universal Design" (2008): told apart with every kind of colour blindness; ink on each is black.
FILLS = {
    "supports": "#56b4e9",
    "opposes": "#e69f00",
    "conditional": "#f0e442",
    "mixed": "#cc79a7",
    "unclear": "#9ea3ab",
}
ON_FILL = "#101114"


def picture(cells: Sequence[Cell], theme: Theme = "dark") -> tuple[bytes, str]:
    """The matrix as a PNG, and what it shows in words; actors and issues in the order of their first cell.

    Of two stances of one actor on one issue both "supports" and "opposes" make it mixed; else the first counts.

    Raises:
        ValueError: There are no cells.
    """
    if not cells:
        raise ValueError("a matrix needs at least one cell")
    actors = list(dict.fromkeys(actor for actor, _, _ in cells))
    issues = list(dict.fromkeys(issue for _, issue, _ in cells))
    stances = _settled(cells)
    image = _drawn(actors, issues, stances, THEMES[theme])
    stored = BytesIO()
    image.save(stored, "PNG", compress_level=3)  # a smaller file takes three times as long
    return stored.getvalue(), alt_text(actors, issues, stances)


def alt_text(actors: Sequence[str], issues: Sequence[str], stances: Mapping[tuple[str, str], str]) -> str:
    """The matrix in words, actor by actor, at most 1,000 characters (Discord takes 1,024)."""
    lines = []
    for actor in actors:
        held = [f"{stances[actor, issue]}: {issue}" for issue in issues if (actor, issue) in stances]
        lines.append(f"{actor} — {'; '.join(held)}.")
    whole = "Who stands where. " + " ".join(lines)
    return whole if len(whole) <= 1000 else whole[:999] + "…"


def _settled(cells: Sequence[Cell]) -> dict[tuple[str, str], str]:
    held: dict[tuple[str, str], list[str]] = {}
    for actor, issue, stance in cells:
        held.setdefault((actor, issue), []).append(stance)
    return {place: "mixed" if {"supports", "opposes"} <= set(found) else found[0] for place, found in held.items()}


def _drawn(
    actors: Sequence[str], issues: Sequence[str], stances: Mapping[tuple[str, str], str], colours: Colours
) -> Image.Image:
    """Columns are numbered, and the issues stand under the matrix in full: no name of an issue fits over a column."""
    key = [_wrapped(issue, WIDTH - 2 * MARGIN - INDENT, TEXT, 2) for issue in issues]
    top, bottom = MARGIN + HEADING, sum(len(lines) * LINE + GAP for lines in key)
    image = Image.new("RGB", (WIDTH, top + ROW * len(actors) + LEGEND + bottom + MARGIN), colours.page)
    draw = ImageDraw.Draw(image)
    column = (WIDTH - 2 * MARGIN - NAMES) // len(issues)
    lefts = [MARGIN + NAMES + number * column for number in range(len(issues))]
    for number, left in enumerate(lefts, 1):
        draw.text((left + column / 2, top - 20), str(number), fill=colours.ink, font=_font(TEXT), anchor="ms")
    for row, actor in enumerate(actors):
        y = top + row * ROW
        draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=colours.rule, width=2)
        _lines(draw, _wrapped(actor, NAMES - 20, TEXT, 2), (MARGIN, y + ROW / 2), colours)
        for left, issue in zip(lefts, issues, strict=True):
            stance = stances.get((actor, issue))
            box = (left + 8, y + 12, left + column - 8, y + ROW - 12)
            draw.rounded_rectangle(box, 14, fill=FILLS[stance] if stance else colours.empty)
            if stance:
                _sign(draw, stance, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), 22)
    _key(draw, key, top + ROW * len(actors), colours)
    _legend(draw, top + ROW * len(actors) + bottom, sorted(set(stances.values()), key=list(FILLS).index), colours)
    return image


def _key(draw: ImageDraw.ImageDraw, key: Sequence[Sequence[str]], y: float, colours: Colours) -> None:
    """The issues by their columns' numbers."""
    draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=colours.rule, width=2)
    y += GAP
    for number, lines in enumerate(key, 1):
        draw.text((MARGIN, y + LINE / 2), str(number), fill=colours.ink, font=_font(TEXT), anchor="lm")
        _lines(draw, lines, (MARGIN + INDENT, y + len(lines) * LINE / 2), colours)
        y += len(lines) * LINE + GAP


def _lines(draw: ImageDraw.ImageDraw, lines: Sequence[str], middle: tuple[float, float], colours: Colours) -> None:
    """Lines under each other, around a middle height."""
    for number, words in enumerate(lines):
        y = middle[1] + (number - (len(lines) - 1) / 2) * LINE
        draw.text((middle[0], y), words, fill=colours.ink, font=_font(TEXT), anchor="lm")


def _legend(draw: ImageDraw.ImageDraw, y: float, shown: Sequence[str], colours: Colours) -> None:
    y += 14
    draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=colours.rule, width=2)
    x = float(MARGIN)
    for stance in shown:
        draw.rounded_rectangle((x, y + 28, x + 48, y + 76), 10, fill=FILLS[stance])
        _sign(draw, stance, (x + 24, y + 52), 14)
        draw.text((x + 58, y + 52), stance, fill=colours.ink, font=_font(SMALL), anchor="lm")
        x += 58 + _font(SMALL).getlength(stance) + 30


def _sign(draw: ImageDraw.ImageDraw, stance: str, centre: tuple[float, float], size: float) -> None:
    """A plus, a cross, a branching "if", a plus over a minus, a question mark; drawn, so that no font can lack it."""
    x, y = centre
    thick = max(4, int(size / 3))
    if stance == "supports":
        draw.line((x - size, y, x + size, y), fill=ON_FILL, width=thick)
        draw.line((x, y - size, x, y + size), fill=ON_FILL, width=thick)
    elif stance == "opposes":
        draw.line((x - size, y - size, x + size, y + size), fill=ON_FILL, width=thick)
        draw.line((x - size, y + size, x + size, y - size), fill=ON_FILL, width=thick)
    elif stance == "mixed":
        draw.line((x - size, y - size / 2, x, y - size / 2), fill=ON_FILL, width=thick)
        draw.line((x - size / 2, y - size, x - size / 2, y), fill=ON_FILL, width=thick)
        draw.line((x - size * 0.7, y + size, x + size * 0.7, y - size), fill=ON_FILL, width=2)
        draw.line((x + size * 0.1, y + size / 2, x + size, y + size / 2), fill=ON_FILL, width=thick)
    else:
        words = "if" if stance == "conditional" else "?"
        draw.text(centre, words, fill=ON_FILL, font=_font(int(size * 2.2)), anchor="mm")


def _wrapped(words: str, width: int, size: int, most: int) -> list[str]:
    """The words in lines of at most so many pixels, the last one cut with an ellipsis where they are too many."""
    font, lines = _font(size), [""]
    for word in _plain(words).split():
        joined = f"{lines[-1]} {word}".strip()
        if font.getlength(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return [_cut(line, width, font) for line in lines]


def _cut(line: str, width: int, font: FreeTypeFont) -> str:
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(line + "…") > width:
        line = line[:-1]
    return line + "…"


def _plain(words: str) -> str:
    """The words in letters that the font has: others as their bare letters, else as question marks.

    The alt text keeps them as they are.
    """
    joined = unicodedata.normalize("NFC", words)
    return "".join(c if _has(c) else "".join(filter(_has, unicodedata.normalize("NFKD", c))) or "?" for c in joined)


def _has(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in LETTERS)


# Latin with its accents, Greek, Cyrillic, punctuation: what the font was cut down to, less its gaps
LETTERS: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x384, 0x3CE),
    (0x400, 0x45F),
    (0x48A, 0x525),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2026, 0x2026),
    (0x20AC, 0x20AC),
    (0x2212, 0x2212),
)


@cache
def _font(size: int) -> FreeTypeFont:
    """DejaVu Sans, shipped beside this module, so that the picture is the same everywhere."""
    return ImageFont.truetype(_stored_font(), size, layout_engine=ImageFont.Layout.BASIC)


def _stored_font() -> BytesIO:
    return BytesIO(Path(__file__).with_name("font").joinpath("DejaVuSans.ttf").read_bytes())
