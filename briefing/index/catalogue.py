"""Every name in the index that a reader may type, kept in memory."""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

from briefing.index.reader import Reader, Row
from briefing.typed_names import Choice, Names

AT_ONCE = 0.02  # processor seconds; names that take longer to read are read anew beside the answers, not in one
Reads = Callable[[Reader], Iterable[Choice]]


@dataclass(frozen=True, slots=True)
class KeptNames:
    """Names as they were in one generation of the index, and the processor seconds that reading them took."""

    generation: int
    names: Names
    seconds: float


class Catalogue(Reader):
    """The names of actors, issues, stories and articles.

    They are read anew when the index has changed: a short list before it is looked at, a long one in a thread of its
    own, while answers go on with the old one.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._kept: dict[str, KeptNames] = {}
        self._reading: set[str] = set()

    def warm(self) -> None:
        """Reads the names that completions and answers look up, so that the first of them need not; from any thread.

        What the process holds by then is put out of the garbage collector's reach (`gc.freeze`): a full collection
        over a program's modules takes longer than an answer.
        """
        with closing(Reader(self.path)) as reader:
            for key, (reads, column) in LISTS.items():
                generation = _generation(reader, column)
                if key not in self._kept or self._kept[key].generation != generation:
                    self._kept[key] = _read(reader, reads, generation)
        gc.collect()
        gc.freeze()

    def people(self) -> Names:
        """All actors by name and alias; those with most statements and positions first, unnamed sources last."""
        return self._names("people", *LISTS["people"])

    def issues_by_name(self, story: str | None = None) -> Names:
        """The issues by name and alias, the ones most actors and articles speak to first."""
        if story is None:
            return self._names("issues", *LISTS["issues"])
        return self._names(f"issues of {story}", partial(_issues, story=story), "names")

    def stories_by_name(self) -> Names:
        return self._names("stories", *LISTS["stories"])

    def titles(self, story: str | None = None) -> Names:
        """The articles by name and title; the newest first."""
        if story is None:
            return self._names("titles", *LISTS["titles"])
        return self._names(f"titles of {story}", partial(_titles, story=story), "number")

    def _names(self, key: str, reads: Reads, column: str) -> Names:
        generation = _generation(self, column)
        kept = self._kept.get(key)
        if kept is None or (kept.generation != generation and kept.seconds <= AT_ONCE):
            kept = self._kept[key] = _read(self, reads, generation)
        elif kept.generation != generation and key not in self._reading:
            self._reading.add(key)
            Thread(target=self._read_aside, args=(key, reads, column), name=f"names: {key}", daemon=True).start()
        return kept.names

    def _read_aside(self, key: str, reads: Reads, column: str) -> None:
        with suppress(sqlite3.Error), closing(Reader(self.path)) as reader:  # the next look-up tries again
            self._kept[key] = _read(reader, reads, _generation(reader, column))
        self._reading.discard(key)


def _generation(reader: Reader, column: str) -> int:
    number: int = reader.row(f"SELECT {column} FROM generation")[0]  # noqa: S608 - our own names
    return number


def _read(reader: Reader, reads: Reads, generation: int) -> KeptNames:
    began = time.thread_time()
    names = Names(reads(reader))
    return KeptNames(generation, names, time.thread_time() - began)


def _people(reader: Reader) -> Iterable[Choice]:
    return _joined(
        reader.rows(
            "SELECT name, aliases, (1000 * (statements + positions) + reports) * (kind <> 'unnamed'), role FROM actor"
            " WHERE kind <> 'unnamed' OR statements + positions > 0"
        )
    )


def _issues(reader: Reader, story: str | None = None) -> Iterable[Choice]:
    return _joined(
        reader.rows(
            "SELECT issue.name, aliases, 10 * actors + reports, NULL FROM issue JOIN story ON story.id = issue.story"
            " WHERE story.name = coalesce(?, story.name)",
            story,
        )
    )


def _joined(rows: Iterable[Row]) -> Iterable[Choice]:
    """One choice a name, with all its stories' aliases, weights and roles."""
    known: dict[str, tuple[set[str], int, set[str]]] = {}
    for name, aliases, weight, role in rows:
        also, total, roles = known.get(name, (set(), 0, set()))
        known[name] = (also | set(json.loads(aliases)), total + weight, roles | ({role} if role else set()))
    return [
        Choice(name, tuple(sorted(also)), weight, tuple(sorted(roles)))
        for name, (also, weight, roles) in known.items()
    ]


def _stories(reader: Reader) -> Iterable[Choice]:
    for name, reports in reader.rows("SELECT name, (SELECT count(*) FROM report WHERE story = story.id) FROM story"):
        yield Choice(name, weight=reports)


def _titles(reader: Reader, story: str | None = None) -> Iterable[Choice]:
    rows = reader.rows(
        "SELECT report.name, title FROM report JOIN story ON story.id = report.story"
        " WHERE story.name = coalesce(?, story.name) ORDER BY published, report.name",
        story,
    )
    for place, (name, title) in enumerate(rows):
        yield Choice(name, (title,) if title else (), place)


LISTS: dict[str, tuple[Reads, str]] = {
    "people": (_people, "names"),
    "issues": (_issues, "names"),
    "stories": (_stories, "number"),
    "titles": (_titles, "number"),
}
"""The lists that all answers share: what reads each, and which number of the index grows when it may have changed."""
