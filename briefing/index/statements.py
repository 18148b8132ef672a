"""Who said what, and the words to look for in it."""

# ruff: noqa: S608 - what is put into the SQL is our own text and question marks

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from briefing.index.reader import LISTED, Reader, Row, listed
from briefing.index.rows import Said
from briefing.index.stored import said_from

SAID = (
    "SELECT statement.id, report, statement.kind, act, said, actor.name, role FROM statement"
    " LEFT JOIN actor ON actor.id = actor"
)
STOP_WORDS = frozenset(
    {"a", "an", "the", "of", "on", "in", "to", "for", "and", "or", "with", "at", "by", "from", "is", "are", "was"}
)

Weighed = tuple[int, int, bool]
"""A statement's number, the room that its entry takes at most (in characters), and whether it is sure."""


class Statements(Reader):
    """What the index holds of statements."""

    def said_by(
        self, actors: Collection[int], acts: Sequence[str], kinds: Sequence[str] = (), words: str | None = None
    ) -> list[Weighed]:
        """The statements of some actors: sure ones first, then the newest.

        Those that one of them made together with others are among them.

        Args:
            words: What they must be about, as an expression made by `words_expression`.
        """
        speaks, condition = f"actor IN {LISTED}", ""
        values = [listed(actors)]
        joint = self.rows(f"SELECT statement FROM joint WHERE actor IN {LISTED}", *values)
        if joint:
            speaks = f"({speaks} OR id IN {LISTED})"
            values.append(listed(statement for (statement,) in joint))
        values.append(listed(acts))
        if kinds:
            condition += f" AND kind IN {LISTED}"
            values.append(listed(kinds))
        if words:
            speakers = " OR ".join(f'"{actor_token(actor)}"' for actor in actors)
            condition += " AND id IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)"
            values.append(f"actor: ({speakers}) AND ({words})")
        return [
            (id, weight, not low)
            for id, weight, low in self.rows(
                f"SELECT id, weight, low FROM statement WHERE {speaks} AND act IN {LISTED}"
                f" AND repeats IS NULL{condition} ORDER BY low, published DESC, report, start",
                *values,
            )
        ]

    def said(self, id: int) -> Said:
        """A statement by its number, which holds within one snapshot.

        Raises:
            KeyError: There is no such statement.
        """
        row = self.row(f"{SAID} WHERE statement.id = ?", id)
        also = [r for (r,) in self.rows("SELECT DISTINCT report FROM statement WHERE repeats = ? ORDER BY id", id)]
        return _said(row, tuple(also))

    def said_in(self, reports: Collection[int], acts: Sequence[str]) -> list[Said]:
        """The statements of some articles in text order; words that an earlier one repeats are left out."""
        return [
            _said(row)
            for row in self.rows(
                f"{SAID} WHERE report IN {LISTED} AND act IN {LISTED}"
                " AND (repeats IS NULL OR (SELECT report FROM statement AS first WHERE first.id = statement.repeats)"
                f" NOT IN {LISTED}) ORDER BY published, report, start",
                listed(reports),
                listed(acts),
                listed(reports),
            )
        ]


def actor_token(actor: int) -> str:
    """The word that stands for an actor in the full-text table."""
    return f"actor{actor}q"  # ends in a letter that the stemmer leaves alone


def words_expression(about: str, *, every: bool) -> str | None:
    """A full-text expression for what a reader types after `about`, or None where it holds no word.

    Args:
        every: Whether all words must be there, or any.
    """
    words = _WORD.findall(about)[:12]
    told = [word for word in words if word.lower() not in STOP_WORDS] or words
    joined = (" AND " if every else " OR ").join(map(_looked_for, told))
    return f"{{words issues}} : ({joined})" if told else None


_WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\w+")
LONGEST_NUMBER = 15  # digits


def _looked_for(word: str) -> str:
    """The word as an expression; a number is found with its thousands parted and not ("200,000", "200000")."""
    digits = word.replace(",", "")
    if not (digits.isdecimal() and 3 < len(digits) <= LONGEST_NUMBER) or digits.startswith("0"):
        return f'"{word}"'
    return f'("{digits}" OR "{int(digits):,}")'


def _said(row: Row, also: tuple[int, ...] = ()) -> Said:
    id, report, kind, act, said, speaker, role = row
    others = tuple(other for other in also if other != report)
    return said_from(said, id=id, report=report, kind=kind, act=act, speaker=speaker, role=role, also=others)
