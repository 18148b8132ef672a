"""The analysing half as a child process: the bot itself never loads a language model."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

log = logging.getLogger(__name__)

WATCH = 20.0  # seconds between two looks at the folder
AHEAD = "rank ahead"  # the turn of rankings that nobody waits for
LONGEST = 600.0  # seconds until a run that failed is tried again, at most
Fingerprint = tuple[tuple[str, int, int], ...]


class IndexProcess:
    """Keeps the index of a folder up to date by running `briefing`, one child for each verb at a time.

    Rankings that nobody has asked for are made by a child beside.

    Attributes:
        warm: Makes whoever reads the index ready for its next questions; called in a thread, first and after each run.
    """

    def __init__(self, seeds: Path, data_dir: Path, environment: Mapping[str, str] | None = None) -> None:
        """Takes the folder; `environment` is added to the child's (SPACY_MODEL)."""
        self.seeds = seeds
        self._environment = {**os.environ, **(environment or {}), "DATA_DIR": str(data_dir)}
        self.warm: Callable[[], None] = lambda: None
        self._turns = {"index": asyncio.Lock(), "rank": asyncio.Lock(), AHEAD: asyncio.Lock()}

    async def index(self) -> bool:
        """Brings the index up to date; False if the child failed, which is logged."""
        return await self._run("index", "--quiet")

    async def rank(self, story: str, article: str | None, method: str) -> None:
        """Ranks the passages of a story, or of one of its articles, by a method."""
        await self._run("rank", story, *([article] if article else []), "--method", method)

    async def rank_ahead(self) -> None:
        """Ranks what has not been ranked, so that no reader need wait for it; one who asks meanwhile goes first."""
        await self._run("rank", "--all", turn=AHEAD)

    async def keep_current(self) -> None:
        """Indexes now, and whenever a file of the folder has changed, until it is cancelled.

        A run that failed is tried again after pauses that grow, or when a file has changed.
        """
        clock = asyncio.get_running_loop().time
        tried: Fingerprint | None = None
        failures, again_at = 0, math.inf
        ahead: asyncio.Task[None] | None = None
        await self._warm()
        try:
            while True:
                now = await asyncio.to_thread(fingerprint, self.seeds)
                if now != tried or clock() >= again_at:
                    await _ended(ahead)
                    failures = 0 if await self.index() else failures + 1
                    tried, again_at = now, clock() + pause_after(failures)
                    await self._warm()
                    if not failures:
                        ahead = asyncio.create_task(self.rank_ahead())
                await asyncio.sleep(WATCH)
        finally:
            await _ended(ahead)

    async def _warm(self) -> None:
        try:
            await asyncio.to_thread(self.warm)
        except sqlite3.Error as error:
            log.warning("the index could not be read ahead: %s", error)

    async def _run(self, verb: str, *arguments: str, turn: str = "") -> bool:
        """Whether the child ended well; it is ended if the task that waits for it is.

        Args:
            turn: Whose turn it waits for, if not that of the verb's other children.
        """
        async with self._turns[turn or verb]:
            command = (sys.executable, "-m", "briefing", verb, *arguments, "--seeds", str(self.seeds))
            try:
                child = await asyncio.create_subprocess_exec(
                    *command, env=self._environment, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
                )
            except (OSError, RuntimeError) as error:  # no memory, no process; no thread to wait for the child with
                log.error("`briefing %s` could not be started: %s", verb, error)
                return False
            try:
                _, told = await child.communicate()
            except asyncio.CancelledError:
                child.terminate()
                await child.wait()
                raise
            if child.returncode:
                log.error("`briefing %s` failed: %s", verb, _reason(child.returncode, told))
            return child.returncode == 0


async def _ended(task: asyncio.Task[None] | None) -> None:
    """Ends a task, if there is one, and waits until it has ended."""
    if task:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def pause_after(failures: int) -> float:
    """Seconds until a run that failed so many times on end is tried again; without end if it did not fail."""
    return min(WATCH * 2 ** min(failures, 10), LONGEST) if failures else math.inf


def _reason(status: int, told: bytes) -> str:
    """What a child said last; one that was killed (out of memory, say) said nothing."""
    return told.decode(errors="replace").strip()[-2000:] or (f"signal {-status}" if status < 0 else f"status {status}")


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
