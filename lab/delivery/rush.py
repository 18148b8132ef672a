"""Many channels due at one minute: `python -m lab.delivery.rush --channels 1000 [--processes 1] [--database sqlite]`.

Processes with the bot's own timing deliver to the loopback stub, which answers after a delay as Discord does. Printed
are the first and the last post's time after the minute, the busiest second, and what was doubled or lost.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from discord_stub import Stub, World
from discord_stub.postman import a_schedule

from bot.ledger import Ledger
from bot.schedule import Timing
from lab.delivery.__main__ import database, processes
from lab.delivery.child import FIRST_DAY, deliver_until_killed

ANSWER = 0.15  # seconds until the stub answers
HEAD_START = 4.0  # seconds before the minute at which the processes are started


async def rush(kind: str, channels: int, count: int) -> int:
    """Prints one run's line; returns 1 if a briefing was doubled or lost."""
    world = World()
    world.add_guild(1, range(1001, 1001 + channels))
    with database(kind) as url:
        async with Stub(world) as stub:
            stub.delay = ANSWER
            ledger = await Ledger.open(url)
            for channel in world.channels:
                await ledger.put_schedule(a_schedule(channel, FIRST_DAY - timedelta(hours=1)))
            minute = time.time() + HEAD_START
            ahead = time.monotonic() + HEAD_START
            work = (stub.base, url, 0, minute, Timing())
            children = [processes().Process(target=deliver_until_killed, args=work, daemon=True) for _ in range(count)]
            for child in children:
                child.start()
            await stub.until(lambda: len(stub.messages()) >= channels, 180)
            while (await ledger.counts()).get("sent", 0) < channels:
                await asyncio.sleep(0.1)
            for child in children:
                child.kill()
            await ledger.close()
    return told(stub, kind, channels, count, ahead)


def told(stub: Stub, kind: str, channels: int, count: int, minute: float) -> int:
    posts = sorted(call.at - minute for call in stub.calls if call.path.endswith("/messages"))
    got = Counter(message.channel_id for message in stub.messages())
    busiest = max(sum(at <= other < at + 1 for other in posts[n : n + 200]) for n, at in enumerate(posts))
    doubled, lost = sum(got.values()) - len(got), channels - len(got)
    print(
        f"{datetime.now(UTC):%Y-%m-%d} {kind} processes={count} channels={channels} first={posts[0]:.1f} s "
        f"last={posts[-1]:.1f} s busiest second={busiest} requests={len(posts)} doubled={doubled} lost={lost}"
    )
    return int(bool(doubled or lost))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m lab.delivery.rush", description=__doc__.splitlines()[0])
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    wish = parser.parse_args()
    return asyncio.run(rush(wish.database, wish.channels, wish.processes))


if __name__ == "__main__":
    sys.exit(main())
