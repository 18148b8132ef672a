"""Kills a delivering bot at random moments and counts what its channels got: `python -m lab.delivery --kills 1000`.

Each cycle starts a process that runs the real ledger, courier and discord.py HTTP client against the loopback stub,
and kills it (SIGKILL) at a random moment; the next one finds what it left. When a day's deliveries are all done, the
clock goes on to the next day. At the end every channel must have each day's briefing exactly once.

Leases and windows are shortened, the stub's nonce window with them, so that the restarts fall on all sides of them.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import sys
import tempfile
import time as real_time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from discord_stub import Stub, World
from discord_stub import postgres as private_postgres
from discord_stub.postman import a_schedule

from bot.database import database_url
from bot.ledger import Ledger
from lab.delivery.child import FIRST_DAY, NONCE_WINDOW, TIMING, DayClock, deliver_until_killed

CHANNELS = 25
LONGEST_WORK = 0.3  # seconds from a process's log-in until it is killed, at most
EARLY = 0.15  # of the kills fall before the log-in
LONGEST_PAUSE = 1.5  # seconds until the next is started, now and then: longer than the nonce's window


class Massacre:
    """One run over one database.

    Attributes:
        kills: How many processes were killed before their day's work was done.
    """

    def __init__(self, stub: Stub, url: str, chance: random.Random) -> None:
        self.stub = stub
        self.url = url
        self.chance = chance
        self.kills = 0
        self.days = 0
        self._context = processes()

    async def run(self, kills: int) -> None:
        ledger = await Ledger.open(self.url, TIMING)
        before = FIRST_DAY - timedelta(hours=1)
        for channel in self.stub.world.channels:
            await ledger.put_schedule(a_schedule(channel, before))
        while self.kills < kills:
            await self._day(ledger)
            self.days += 1
        await ledger.close()

    async def _day(self, ledger: Ledger) -> None:
        started = real_time.time()
        clock = DayClock(self.days, started)
        while not await self._is_done(ledger, clock):
            await self._kill_one(started)
            self.kills += not await self._is_done(ledger, clock)
            if self.chance.random() < 0.1:
                await asyncio.sleep(self.chance.uniform(0, LONGEST_PAUSE))

    async def _kill_one(self, started: float) -> None:
        """Starts a process and kills it at a random moment: before its log-in, or a random time after it."""
        before = len(self.stub.calls)
        child = self._start(started)
        if self.chance.random() >= EARLY:
            await self.stub.until(lambda: any(call.path == "/users/@me" for call in self.stub.calls[before:]))
        await asyncio.sleep(self.chance.uniform(0, LONGEST_WORK))
        child.kill()
        await asyncio.to_thread(child.join)

    async def _is_done(self, ledger: Ledger, clock: DayClock) -> bool:
        wake = await ledger.next_instant(clock())
        return wake is not None and wake > clock() + timedelta(hours=1)

    def _start(self, started: float) -> ForkServerProcess:
        child = self._context.Process(
            target=deliver_until_killed, args=(self.stub.base, self.url, self.days, started), daemon=True
        )
        child.start()
        return child

    def outcome(self) -> tuple[int, int]:
        """How many briefings were doubled, and how many lost."""
        got = Counter((message.channel_id, message.nonce) for message in self.stub.messages())
        doubled = sum(count - 1 for count in got.values())
        return doubled, len(self.stub.world.channels) * self.days - len(got)


def processes() -> ForkServerContext:
    """Processes forked from one that has everything loaded already: a start costs milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["lab.delivery.child"])
    return context


@contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "postgresql":
        with private_postgres.server() as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield database_url(Path(folder))


async def massacre(kind: str, kills: int, seed: int) -> tuple[int, int]:
    """Prints one database's line; returns how many briefings were doubled and lost."""
    world = World(nonce_window=NONCE_WINDOW)
    world.add_guild(1, range(1001, 1001 + CHANNELS))
    with database(kind) as url:
        async with Stub(world) as stub:
            stub.delay = 0.004
            run, began = Massacre(stub, url, random.Random(seed)), real_time.monotonic()
            await run.run(kills)
            doubled, lost = run.outcome()
            repeats = stub.count("POST", "messages$") - len(stub.messages())
            reads = stub.count("GET", "messages$")
            took = real_time.monotonic() - began
            print(
                f"{kind:11s} kills={run.kills} days={run.days} channels={CHANNELS} briefings={run.days * CHANNELS} "
                f"doubled={doubled} lost={lost}  (repeats the nonce caught: {repeats}, channels read: {reads}; "
                f"{took:.0f} s)",
                flush=True,
            )
            return doubled, lost


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.delivery", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000, help="over all databases together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    wish = parser.parse_args()
    databases = [kind for kind in wish.databases if kind != "postgresql" or private_postgres.why_not() is None]
    if databases != wish.databases:
        print(f"postgresql is left out: {private_postgres.why_not()}")
    outcomes = [asyncio.run(massacre(kind, -(-wish.kills // len(databases)), wish.seed)) for kind in databases]
    return int(any(doubled or lost for doubled, lost in outcomes))


if __name__ == "__main__":
    sys.exit(main())
