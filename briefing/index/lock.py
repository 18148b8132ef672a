"""Who indexes: one process at a time, and whether there is one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

LOOK = 0.1  # seconds that the lock is waited for: somebody who only looks lets go of it at once


@contextmanager
def only_indexer(path: Path) -> Iterator[bool]:
    """Whether this process is the only indexer of an index, for as long as the block lasts.

    The lock is a transaction on a database of its own: it works on every platform and dies with its process.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(_lock(path), timeout=LOOK, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        yield True
        lock.rollback()


def has_indexer(path: Path) -> bool:
    """Whether any process is the indexer of an index now."""
    if not _lock(path).exists():
        return False
    with closing(sqlite3.connect(_lock(path), timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("SELECT 1 FROM sqlite_schema").fetchall()
        except sqlite3.OperationalError:
            return True
    return False


def _lock(path: Path) -> Path:
    return path.with_suffix(".lock")
