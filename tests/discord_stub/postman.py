"""The smallest bot that delivers: discord.py's HTTP client, the ledger and the courier, with a text of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta

import discord

from bot.delivery import Briefing, Courier, Door
from bot.ledger import Ledger
from bot.schedule import Claim, Schedule, Timing
from discord_stub.server import TOKEN
from discord_stub.start import point_at

STORY = "harbour"


def a_schedule(channel_id: int, now: datetime, *, guild_id: int = 1, at: time = time(7), **wishes: object) -> Schedule:
    """A channel's schedule for 07:00 UTC whose first run is the next one after `now`."""
    from bot.daily import rescheduled

    wished = Schedule(0, "", guild_id, channel_id, STORY, at, "UTC", now, **wishes)  # type: ignore[arg-type]
    return rescheduled(wished, now)


def compose(claim: Claim, posted: frozenset[str], late_by: timedelta | None) -> Briefing:
    """A line or two, and news each time: an article named for how many there were before."""
    new = claim.delivery.articles or (f"article {len(posted)}",)
    late = " (late)" if late_by else ""

    def part(number: int) -> Callable[[str], dict[str, str]]:
        return lambda mark: {"content": f"Part {number}{late}: {', '.join(new)}\n-# {mark}"}

    return Briefing(STORY, (part(0), part(1), part(2)), new)


class Postman:
    """A courier over a client that is logged in to REST only.

    Attributes:
        told: What moderators were told.
        can_read: Whether channels' histories can be read.
        fetches: Whether channels are asked for first, as the bot does with one that is in no cache.
    """

    def __init__(self, client: discord.Client, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self.client = client
        self.ledger = ledger
        self.clock = clock
        self.told: list[str] = []
        self.can_read = True
        self.fetches = False
        self.courier = Courier(ledger, self.door, compose, self.tell, clock, client.http)

    async def door(self, claim: Claim) -> Door:
        channel_id = claim.delivery.channel_id
        if claim.delivery.part == 1:
            parent, http = claim.schedule.channel_id, self.client.http
            try:
                await http.start_thread_with_message(parent, channel_id, name="Briefing", auto_archive_duration=1440)
            except discord.HTTPException as error:
                if error.code != 160004:
                    raise
        if self.fetches:
            found = await self.client.fetch_channel(channel_id)
            assert isinstance(found, discord.abc.Messageable)
            return Door(found, self.can_read)
        return Door(self.client.get_partial_messageable(channel_id), self.can_read)

    async def tell(self, schedule: Schedule, reason: str) -> None:
        self.told.append(reason)

    async def round(self) -> int:
        """Sends what is due and waits for the answers."""
        claimed = await self.courier.round()
        await self.courier.finish()
        return claimed


@asynccontextmanager
async def postman(
    base: str, url: str, clock: Callable[[], datetime], timing: Timing | None = None
) -> AsyncIterator[Postman]:
    """A postman that is logged in to the stub at `base`, with its ledger at `url`."""
    point_at(base)
    ledger = await Ledger.open(url, timing)
    try:
        async with discord.Client(intents=discord.Intents(guilds=True), max_ratelimit_timeout=30) as client:
            await client.login(TOKEN)
            yield Postman(client, ledger, clock)
    finally:
        await ledger.close()


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.combine(date(2026, 3, 2), time(6), UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)
