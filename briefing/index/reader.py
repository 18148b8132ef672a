"""Reading one index: the connection and its rows; every look-up sees what the last finished write left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefing.index.schema import connect

Row = tuple[Any, ...]

LISTED = "(SELECT value FROM json_each(?))"
"""What `listed` gives, as the values that it was given."""


class Reader:
    """A connection that never writes; one thread at a time looks up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = connect(path)

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All look-ups of the block see one state of the index, whatever is written meanwhile.

        A number that one look-up gives (a statement's, a report's) means the same row to the next. Blocks nest: the
        outermost one counts.
        """
        if self._database.in_transaction:
            yield
            return
        self._database.execute("BEGIN")
        try:
            yield
        finally:
            self._database.rollback()

    def rows(self, sql: str, *values: object) -> list[Row]:
        return self._database.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Row | None:
        row: Row | None = self._database.execute(sql, values).fetchone()
        return row

    def row(self, sql: str, *values: object) -> Row:
        """The one row that must be there.

        Raises:
            KeyError: It is not.
        """
        row = self.one(sql, *values)
        if row is None:
            raise KeyError(values)
        return row


def listed(values: Iterable[object]) -> str:
    """The values as one SQL variable, for `IN {LISTED}`: SQLite's variables are limited in number."""
    return json.dumps(list(values))
