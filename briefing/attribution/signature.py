"""The name under a quotation: “We will not move.” ― Anna Lind"""

from __future__ import annotations

import re

from briefing.article import Span

DASH = r"[”\"’']?[\s\u00a0]*[―—–-]+[\s\u00a0]*"
UNDER = re.compile(DASH + r"(?P<name>[A-Z][^\n,.;:(“\"]{2,60})[^\n“\"]{0,80}(?:\n|\Z)")
ALONE = re.compile(DASH + r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,4})(?:,[^\n“\"]{0,80})?[\s\u00a0]*(?:\n|\Z)")


def signature_after(text: str, place: int, alone: bool = False) -> Span | None:
    """The name that signs the quotation whose words or closing mark end at a character; None where there is none.

    Args:
        alone: Asks for nothing but a full name, and what follows its comma, up to the end of the line.
    """
    match = (ALONE if alone else UNDER).match(text, place)
    if match is None:
        return None
    start, end = match.span("name")
    return start, start + len(text[start:end].rstrip(" .\u00a0" if alone else None))
