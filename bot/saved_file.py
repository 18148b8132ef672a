"""A file that comes with an answer, written to the disk beside what is there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from briefing.card import Attachment


def saved(file: Attachment, folder: Path) -> Path:
    """Writes a file under its own name, or the next free one ("positions-2.csv"); nothing is overwritten.

    Raises:
        OSError: It cannot be written there.
    """
    for name in _names(file.name):
        try:
            with (folder / name).open("xb") as new:
                new.write(file.data)
        except FileExistsError:
            continue
        return folder / name
    raise AssertionError  # the names never end


def _names(name: str) -> Iterator[str]:
    yield name
    path = Path(name)
    yield from (f"{path.stem}-{number}{path.suffix}" for number in count(2))
