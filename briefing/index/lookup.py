"""The answering half's view of one index."""

from __future__ import annotations

from pathlib import Path

from briefing.index.actors import Actors
from briefing.index.catalogue import Catalogue
from briefing.index.lock import has_indexer
from briefing.index.place import index_path
from briefing.index.positions import Positions
from briefing.index.reports import Reports
from briefing.index.rows import Progress
from briefing.index.statements import Statements


class Index(Reports, Actors, Statements, Positions, Catalogue):
    """All that can be looked up in one index, on one connection; it never writes.

    Attributes:
        seeds: The folder that it is the index of, where that is known.
    """

    seeds: Path | None = None

    @classmethod
    def of_seeds(cls, seeds: Path, data_dir: Path | None = None) -> Index:
        """The index of a seeds folder; an empty one if it was never indexed."""
        index = cls(index_path(seeds, data_dir))
        index.seeds = seeds
        return index

    def progress(self) -> Progress:
        done, total, running = self.row("SELECT done, total, running FROM progress")
        started = bool(total) or self.generation() > 0
        return Progress(done, total, bool(running) and has_indexer(self.path), started)

    def generation(self) -> int:
        """A number that grows whenever an answer may have changed."""
        number: int = self.row("SELECT number FROM generation")[0]
        return number
