"""What of a file is read otherwise than whoever wrote it may have meant: it is told, and nothing is left out for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.article import FIELDS, ArticleError, decoded, front_matter
from briefing.index.rows import READ_BUT
from briefing.page import INVISIBLE
from briefing.printed_date import printed_date

LOOKED_AT = 20_000  # characters of a text by which its language is told
FEWEST = 200  # letters by which it can be told
ENGLISH = frozenset("the of to and that for with by from which this have has had were not they said would".split())
LEAST = 0.04  # share of these words; no article of PolNeAR, SEESAW, Multi-News or CNN has under 0.07
HYPHENS = "---"
LONGEST_BLOCK = 62  # lines, its hyphens counted
VALUE = 30  # characters shown of what was written


_CODE = re.compile(
    r"</?(?:a|b|i|u|p|br|em|strong|span|div|h[1-6]|ul|ol|li|blockquote|figure|img|script)(?:\s[^<>]{0,300})?/?>"
    r"|&(?:amp|nbsp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[\da-f]{2,5});",
    re.IGNORECASE,
)
"""Tags and entities of HTML. They are told and stay: offsets are into the text as its file has it."""


def misread(name: str, data: bytes) -> str | None:
    """What is wrong with a file that is read, and what to do; None where nothing is, or it is no article at all."""
    try:
        text = decoded(name, data)
    except ArticleError:
        return None
    found = list(_faults(text))
    return READ_BUT + "; ".join(found) if found else None


def _faults(text: str) -> Iterator[str]:
    fields, start = front_matter(text)
    day = fields.get("published")
    if day and not printed_date(day):
        yield f"the date “{day[:VALUE]}” could be several or none: write it as 2031-12-31, year first"
    if not fields:
        yield from _faults_of_block(text.lstrip(INVISIBLE).splitlines())
    if code := _CODE.search(text, start):
        yield f"a web page's code is left in it (“{code[0][:VALUE]}”): copy its text out of the browser instead"
    if not _is_english(text[:LOOKED_AT]):
        yield "it does not look like English, the only language read here; if it is, save it as UTF-8"


def _faults_of_block(lines: Sequence[str]) -> Iterator[str]:
    """What is wrong with a block of fields that could not be read."""
    if len(lines) < 2 or lines[0].rstrip() != HYPHENS or lines[1].split(":")[0].strip().lower() not in FIELDS:
        return
    if any(line.rstrip() == HYPHENS for line in lines[1:LONGEST_BLOCK]):
        yield f"the block at its top is taken for text: each of its lines must be “name: value”, down to {HYPHENS}"
    else:
        yield f"the block at its top is taken for text: put a line {HYPHENS} under its last field"


def _is_english(text: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if sum(map(len, words)) < FEWEST:
        return True
    return sum(word in ENGLISH for word in words) >= LEAST * len(words)
