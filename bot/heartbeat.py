"""The heartbeat of the daily briefing: asks the ledger what is due, and sleeps until there is something to do."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from discord.ext import tasks

from bot.delivery import Courier
from bot.refusal import NO_SERVER

if TYPE_CHECKING:
    from bot.client import BriefingBot

log = logging.getLogger(__name__)

SOON = timedelta(milliseconds=200)  # the shortest pause between two looks at the table
TIDY = timedelta(hours=1)  # how often servers that were left long ago are looked for


class Heartbeat:
    """Beats from `start` to `stop`, first when the gateway is ready.

    It starts with the cog, not with the gateway's readiness: that happens again after each reconnect.
    """

    def __init__(self, bot: BriefingBot, courier: Courier) -> None:
        self.bot = bot
        self.courier = courier
        self.ledger = courier.ledger
        self._beating = asyncio.Lock()
        self._tidied: datetime | None = None

    def start(self) -> None:
        self.hasten()
        self.beat.start()

    async def stop(self) -> None:
        """Waits for the beat that is under way; nothing is claimed after it."""
        self.courier.is_closing = True
        async with self._beating:  # cancelled in the middle of a query, it would leave its connection open
            self.beat.cancel()

    def hasten(self) -> None:
        """Lets the heart beat at once: there may be something new in the table."""
        self.beat.change_interval(seconds=SOON.total_seconds())

    @tasks.loop(seconds=15)
    async def beat(self) -> None:
        async with self._beating:
            self.beat.change_interval(seconds=(await self._send_what_is_due()).total_seconds())

    @beat.before_loop
    async def _before_first(self) -> None:
        """Waits for the servers' channels and permissions; an error here would end the heart."""
        await self.bot.wait_until_ready()

    async def _send_what_is_due(self) -> timedelta:
        """Returns how long there is nothing to do; never long, as another process may put something in the table."""
        pause, clock = self.ledger.timing.heartbeat, self.bot.clock
        try:
            await self._tidy()
            wake = await self.ledger.next_instant(clock())
            if wake is not None and wake <= clock():
                await self.courier.round()
                wake = await self.ledger.next_instant(clock())
            if wake is not None:
                pause = min(max(wake - clock(), SOON), pause)
        except Exception:
            log.exception("the daily briefing's heartbeat missed a beat")
        return pause

    async def _note_departures(self) -> None:
        present = {guild.id for guild in self.bot.guilds}
        for guild_id in await self.ledger.guilds() - await self.ledger.departed() - present:
            await self.ledger.left(guild_id, self.bot.clock(), NO_SERVER)
        for guild_id in await self.ledger.departed() & present:
            await self.ledger.came_back(guild_id)

    async def _tidy(self) -> None:
        now = self.bot.clock()
        if self._tidied is None:
            await self._note_departures()
        if self._tidied is None or not timedelta(0) <= now - self._tidied < TIDY:
            await self.ledger.forget_departed(now)
            self._tidied = now
