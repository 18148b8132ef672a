"""The matrix of positions as a picture: who stands where, a sign and a colour in each cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from briefing.stance import SIGNS, STANCES

Theme = Literal["dark", "light"]
Place = tuple[str, str]
"""A cell's actor and issue."""


class Cell(NamedTuple):
    """Where an actor stands on an issue, and whether that changed."""

    actor: str
    issue: str
    stance: str
    changed: bool = False


WIDTH = 1080  # pixels; three to one on a phone's 360 points
MARGIN = 28
NAMES = 300  # pixels for the actors' names
ROW, TEXT, SMALL = 104, 34, 28
HEADING, LINE, GAP, INDENT = 52, 42, 10, 50
LEGEND, SHARE = 62, 46
CHANGED = "changed"  # what the legend calls a cell's mark


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


def picture(cells: Sequence[Cell], share: str = "", theme: Theme = "dark") -> tuple[bytes, str]:
    """The matrix as a PNG, and what it shows in words; actors and issues in the order of their first cell.

    Of two stances of one actor on one issue both "supports" and "opposes" make it mixed; else the first counts.

    Args:
        share: How much of all there is it shows ("6 of 19 issues"), "" where it is all.

    Raises:
        ValueError: There are no cells.
    """
    if not cells:
        raise ValueError("a matrix needs at least one cell")
    actors = list(dict.fromkeys(cell.actor for cell in cells))
    issues = list(dict.fromkeys(cell.issue for cell in cells))
    stances = _settled(cells)
    changed = {(cell.actor, cell.issue) for cell in cells if cell.changed}
    image = _drawn(actors, issues, stances, changed, share, THEMES[theme])
    stored = BytesIO()
    image.save(stored, "PNG", compress_level=3)  # a smaller file takes three times as long
    return stored.getvalue(), alt_text(actors, issues, stances, changed, share)


def alt_text(
    actors: Sequence[str], issues: Sequence[str], stances: Mapping[Place, str], changed: Container[Place], share: str
) -> str:
    """The matrix in words, actor by actor, at most 1,000 characters (Discord takes 1,024)."""
    lines = []
    for actor in actors:
        held = [
            f"{STANCES[stances[actor, issue]].lower()}: {issue}{f' ({CHANGED})' if (actor, issue) in changed else ''}"
            for issue in issues
            if (actor, issue) in stances
        ]
        lines.append(f"{actor} — {'; '.join(held)}.")
    whole = f"Who stands where{f' ({share})' if share else ''}. " + " ".join(lines)
    return whole if len(whole) <= 1000 else whole[:999] + "…"


def _settled(cells: Sequence[Cell]) -> dict[Place, str]:
    held: dict[Place, list[str]] = {}
    for actor, issue, stance, _ in cells:
        held.setdefault((actor, issue), []).append(stance)
    return {place: "mixed" if {"supports", "opposes"} <= set(found) else found[0] for place, found in held.items()}


def _drawn(
    actors: Sequence[str],
    issues: Sequence[str],
    stances: Mapping[Place, str],
    changed: Collection[Place],
    share: str,
    colours: Colours,
) -> Image.Image:
    """Columns are numbered, and the issues stand under the matrix in full: no name of an issue fits over a column."""
    key = [_wrapped(issue, WIDTH - 2 * MARGIN - INDENT, TEXT, 2) for issue in issues]
    top, bottom = MARGIN + HEADING, sum(len(lines) * LINE + GAP for lines in key)
    told = [*sorted(set(stances.values()), key=list(FILLS).index), *([CHANGED] if changed else [])]
    legend = list(_legend_rows(told))
    foot = MARGIN + LEGEND * len(legend) + (SHARE if share else 0)
    image = Image.new("RGB", (WIDTH, top + ROW * len(actors) + bottom + foot + MARGIN), colours.page)
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
            if (actor, issue) in changed:
                _corner(draw, (box[2] - 10, box[1] + 10))
    y = top + ROW * len(actors)
    _key(draw, key, y, colours)
    _legend(draw, y + bottom, legend, colours)
    if share:
        draw.text((MARGIN, y + bottom + foot - SHARE / 2), share, fill=colours.ink, font=_font(SMALL), anchor="lm")
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


Legend = list[tuple[str, float]]
"""What stands in a row of the legend, each with its left edge."""


def _legend_rows(told: Sequence[str]) -> Iterator[Legend]:
    """The stances, and what marks a change, in rows that fit."""
    row: Legend = []
    x = float(MARGIN)
    for one in told:
        width = 58 + _font(SMALL).getlength(_word(one)) + 30
        if row and x + width > WIDTH:
            yield row
            row, x = [], float(MARGIN)
        row.append((one, x))
        x += width
    yield row


def _word(told: str) -> str:
    return STANCES.get(told, told).lower()


def _legend(draw: ImageDraw.ImageDraw, y: float, rows: Sequence[Legend], colours: Colours) -> None:
    y += 14
    draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=colours.rule, width=2)
    for number, row in enumerate(rows):
        middle = y + 14 + LEGEND * (number + 0.5)
        for told, x in row:
            draw.rounded_rectangle((x, middle - 24, x + 48, middle + 24), 10, fill=FILLS.get(told, FILLS["unclear"]))
            if told == CHANGED:
                _corner(draw, (x + 42, middle - 18))
            else:
                _sign(draw, told, (x + 24, middle), 14)
            draw.text((x + 58, middle), _word(told), fill=colours.ink, font=_font(SMALL), anchor="lm")


def _corner(draw: ImageDraw.ImageDraw, corner: tuple[float, float]) -> None:
    """The mark of a change: a triangle in a cell's upper right corner."""
    x, y = corner
    draw.polygon([(x - 22, y), (x, y), (x, y + 22)], fill=ON_FILL)


def _sign(draw: ImageDraw.ImageDraw, stance: str, centre: tuple[float, float], size: float) -> None:
    """The stance's sign as in the text (`briefing.stance.SIGNS`); drawn, so that no font can lack it."""
    x, y = centre
    thick = max(4, int(size / 3))

    def bar(*ends: float) -> None:
        draw.line(ends, fill=ON_FILL, width=thick)

    match SIGNS[stance]:
        case "+":
            bar(x - size, y, x + size, y)
            bar(x, y - size, x, y + size)
        case "−":
            bar(x - size, y, x + size, y)
        case "±":
            bar(x - size, y - size * 0.3, x + size, y - size * 0.3)
            bar(x, y - size * 1.2, x, y + size * 0.6)
            bar(x - size, y + size, x + size, y + size)
        case "⇄":
            for side, height in ((1, y - size * 0.5), (-1, y + size * 0.5)):
                tip = x + side * size
                bar(x - side * size, height, tip, height)
                bar(tip - side * size * 0.5, height - size * 0.4, tip, height)
                bar(tip - side * size * 0.5, height + size * 0.4, tip, height)
        case sign:
            draw.text(centre, sign, fill=ON_FILL, font=_font(int(size * 2.2)), anchor="mm")


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
