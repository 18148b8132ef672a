"""Names that a person has put together or kept apart by hand: a story's aliases.toml.

[same]                                  # every name in the list means the key
"Mara Lindqvist" = ["ML", "the Iron Mayor"]

[apart]                                 # names that are never merged with the key
"Tom Field" = ["Tom Field Jr."]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.by_hand import tables_of


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
        ByHandError: Not TOML, an unknown section, a name that is no text, or a name with two meanings; with its line.
    """
    tables = tables_of("aliases.toml", text, ("same", "apart"))
    same: dict[str, str] = {}
    for name, others in tables.lists("same"):
        for other in (name, *others):
            if (meant := same.setdefault(other.lower(), name)) != name:
                raise tables.wrong(f"{other!r} already means {meant!r}", "same", name, other)
    aliases = Aliases(same)
    apart = set()
    for name, others in tables.lists("apart"):
        for other in others:
            if aliases.of(name).lower() == aliases.of(other).lower():
                raise tables.wrong(f"{other!r} is put together and kept apart at once", "apart", name, other)
            apart.add(frozenset((name.lower(), other.lower())))
    return Aliases(same, frozenset(apart))
