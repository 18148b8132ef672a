"""The process that is killed: it delivers until then."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from discord_stub.postman import postman

from bot.schedule import Timing

NONCE_WINDOW = 0.8  # seconds in the stub; the bot counts on less
TIMING = Timing(
    lease=timedelta(seconds=0.35),
    attempt=timedelta(seconds=0.25),
    nonce_window=timedelta(seconds=0.7),
    retry=timedelta(seconds=0.05),
    retry_most=timedelta(seconds=0.2),
    rate=150.0,
    batch=10,
)
FIRST_DAY = datetime(2026, 3, 2, 7, tzinfo=UTC)


class DayClock:
    """Real time, moved to a given day's hour."""

    def __init__(self, day: int, started: float) -> None:
        self._begin = FIRST_DAY + timedelta(days=day) - timedelta(seconds=started)

    def __call__(self) -> datetime:
        return self._begin + timedelta(seconds=time.time())


def deliver_until_killed(base: str, url: str, day: int, started: float, timing: Timing = TIMING) -> None:
    """Does what is due, and looks again, until it is killed."""

    async def run() -> None:
        async with postman(base, url, DayClock(day, started), timing) as post:
            while True:
                await post.courier.round()
                await asyncio.sleep(0.01)

    asyncio.run(run())
