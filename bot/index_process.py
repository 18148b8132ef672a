"""The analysing half as a child process: the bot itself never loads a language model."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

log = logging.getLogger(__name__)

WATCH = 20.0  # seconds between two looks at the folder
Fingerprint = tuple[tuple[str, int, int], ...]


class IndexProcess:
    """Keeps the index of a folder up to date by running `briefing`, one child for each verb at a time.

    Attributes:
        warm: Makes whoever reads the index ready for its next questions; called in a thread, first and after each run.
    """

    def __init__(self, seeds: Path, data_dir: Path, environment: Mapping[str, str] | None = None) -> None:
        """Takes the folder; `environment` is added to the child's (SPACY_MODEL)."""
        self.seeds = seeds
        self._environment = {**os.environ, **(environment or {}), "DATA_DIR": str(data_dir)}
        self.warm: Callable[[], None] = lambda: None
        self._turns = {"index": asyncio.Lock(), "rank": asyncio.Lock()}

    async def index(self) -> bool:
        """Brings the index up to date; False if the child failed, which is logged."""
        return await self._run("index", "--quiet")

    async def rank(self, story: str, article: str | None, method: str) -> None:
        """Ranks the passages of a story, or of one of its articles, by a method."""
        await self._run("rank", story, *([article] if article else []), "--method", method)

    async def keep_current(self) -> None:
        """Indexes now, and again whenever a file of the folder has changed, until it is cancelled."""
        seen: Fingerprint | None = None
        await self._warm()
        while True:
            now = await asyncio.to_thread(fingerprint, self.seeds)
            if now != seen:
                await self.index()
                await self._warm()
                seen = now
            await asyncio.sleep(WATCH)

    async def _warm(self) -> None:
        try:
            await asyncio.to_thread(self.warm)
        except sqlite3.Error as error:
            log.warning("the index could not be read ahead: %s", error)

    async def _run(self, verb: str, *arguments: str) -> bool:
        """Whether the child ended well; it is ended if the task that waits for it is."""
        async with self._turns[verb]:
            command = (sys.executable, "-m", "briefing", verb, *arguments, "--seeds", str(self.seeds))
            child = await asyncio.create_subprocess_exec(
                *command, env=self._environment, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
            )
            try:
                _, told = await child.communicate()
            except asyncio.CancelledError:
                child.terminate()
                await child.wait()
                raise
            if child.returncode:
                log.error("`briefing %s` failed: %s", verb, told.decode(errors="replace").strip()[-2000:])
            return child.returncode == 0


def fingerprint(folder: Path) -> Fingerprint:
    """Names, sizes and times of all files of a folder; another tuple means that something has changed."""
    return tuple(sorted(_files(folder)))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for directory, _, names in os.walk(folder):
        for name in names:
            path = Path(directory, name)
            try:
                stat = path.stat()
            except OSError:  # just removed
                continue
            yield str(path), stat.st_size, stat.st_mtime_ns
