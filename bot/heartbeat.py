"""The heartbeat of the daily briefing: asks the ledger what is due, and sleeps until there is something to do."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.delivery import Courier
from bot.refusal import NO_SERVER

if TYPE_CHECKING:
    from bot.client import BriefingBot

log = logging.getLogger(__name__)

HASTENED = "briefing_hastened"  # an event of our own: simcord tells a wait for an event from work under way
SOON = timedelta(milliseconds=200)  # the shortest pause between two looks at the table
TIDY = timedelta(hours=1)  # how often servers that were left or came back are looked for


class Heartbeat:
    """Beats from `start` to `stop`, first when the gateway is ready.

    It starts with the cog, not with the gateway's readiness: that happens again after each reconnect. Its pauses are
    measured on the event loop's clock, which nobody sets.
    """

    def __init__(self, bot: BriefingBot, courier: Courier) -> None:
        self.bot = bot
        self.courier = courier
        self.ledger = courier.ledger
        self._beating = asyncio.Lock()
        self._tidied: datetime | None = None
        self._is_hurried = False

    def start(self) -> None:
        self._life = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """Waits for the beat that is under way; nothing is claimed after it."""
        self.courier.is_closing = True
        async with self._beating:  # cancelled in the middle of a query, it would leave its connection open
            self._life.cancel()
            await asyncio.wait([self._life])

    def hasten(self) -> None:
        """Lets the heart beat at once: there may be something new in the table."""
        self._is_hurried = True  # should it be beating now, it will not pause
        self.bot.dispatch(HASTENED)

    async def _live(self) -> None:
        await self.bot.wait_until_ready()  # for the servers' channels and permissions
        while not self.courier.is_closing:
            async with self._beating:
                pause = await self._beat()
            await self._pause(pause)

    async def _pause(self, pause: timedelta) -> None:
        if not self._is_hurried:
            with suppress(TimeoutError):
                await self.bot.wait_for(HASTENED, timeout=pause.total_seconds())
        self._is_hurried = False

    async def _beat(self) -> timedelta:
        """Returns how long to pause."""
        try:
            await self._tidy()
            return await self._send_what_is_due()
        except Exception:
            log.exception("the daily briefing's heartbeat missed a beat")
            return self.ledger.timing.heartbeat

    async def _send_what_is_due(self) -> timedelta:
        """Returns how long there is nothing to do; never long, as another process may put something in the table."""
        pause, clock = self.ledger.timing.heartbeat, self.bot.clock
        wake = await self.ledger.next_instant(clock())
        if wake is not None and wake <= clock():
            await self.courier.round()
            wake = await self.ledger.next_instant(clock())
        return pause if wake is None else min(max(wake - clock(), SOON), pause)

    async def _note_departures(self) -> None:
        known, departed = await self.ledger.guilds(), await self.ledger.departed()
        present = {guild.id for guild in self.bot.guilds}
        for guild_id in known - departed - present:
            await self.ledger.left(guild_id, self.bot.clock(), NO_SERVER)
        for guild_id in departed & present:
            await self.ledger.came_back(guild_id)

    async def _tidy(self) -> None:
        """Forgets the servers that were left long ago; Discord does not tell of those that came back meanwhile."""
        now = self.bot.clock()
        if self._tidied is None or not timedelta(0) <= now - self._tidied < TIDY:
            await self._note_departures()
            await self.ledger.forget_departed(now)
            self._tidied = now
