"""Names that a person has put together or kept apart by hand: a story's aliases.toml.

[same]                                  # every name in the list means the key
"Mara Lindqvist" = ["ML", "the Iron Mayor"]

[apart]                                 # names that are never merged with the key
"Tom Field" = ["Tom Field Jr."]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field


class AliasError(ValueError):
    """An aliases.toml that says nothing usable; the message names the line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"aliases.toml, line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Aliases:
    """Merges by hand; names are compared without regard to case.

    Attributes:
        same: Each alias, in lower case, to the name that it means.
        apart: Pairs of names, in lower case, that are never one actor.
    """

    same: dict[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    def of(self, name: str) -> str:
        """The name that a name means by hand; else itself."""
        return self.same.get(name.lower(), name)

    def forbids(self, a: str, b: str) -> bool:
        """Are the two names kept apart?"""
        return frozenset((a.lower(), b.lower())) in self.apart

    def within(self, names: Iterable[str]) -> dict[str, str]:
        """Of the names given those that the aliases put together: each to the name to show."""
        return {name: self.same[name.lower()] for name in names if name.lower() in self.same}


NO_ALIASES = Aliases()


def read_aliases(text: str) -> Aliases:
    """The aliases in the text of an aliases.toml.

    Raises:
        AliasError: Not TOML, an unknown section, a name that is no text, or a name with two meanings; with its line.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise AliasError(int(line.group(1)) if line else text.count("\n") + 1, str(error)) from None
    for section in tables:
        if section not in ("same", "apart"):
            raise AliasError(_line_of(text, section), f"no section {section!r}; there are [same] and [apart]")
    same: dict[str, str] = {}
    for name, others in _rows(text, tables, "same"):
        for other in (name, *others):
            if same.setdefault(other.lower(), name) != name:
                raise AliasError(_line_of(text, other, last=True), f"{other!r} already means {same[other.lower()]!r}")
    apart = {frozenset((name.lower(), o.lower())) for name, others in _rows(text, tables, "apart") for o in others}
    for pair in apart:
        if len({same.get(name, name) for name in pair}) < 2:
            name = max(pair)
            raise AliasError(_line_of(text, name, last=True), f"{name!r} is put together and kept apart at once")
    return Aliases(same, frozenset(apart))


def _rows(text: str, tables: dict[str, object], section: str) -> Iterable[tuple[str, list[str]]]:
    rows = tables.get(section, {})
    if not isinstance(rows, dict):
        raise AliasError(_line_of(text, section), f"[{section}] is a section, not a value")
    for name, others in rows.items():
        if not isinstance(others, list) or not others or not all(isinstance(o, str) and o.strip() for o in others):
            raise AliasError(_line_of(text, name), f'{name!r} needs a list of names: ["...", "..."]')
        yield name, others


def _line_of(text: str, words: str, last: bool = False) -> int:
    """The line, from 1, where the words stand first (or last)."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if words.lower() in line.lower()]
    return lines[-1 if last else 0] if lines else 1
