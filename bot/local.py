"""The same bot in a browser page on loopback, without an account.

A thin adapter over simcord, which plays Discord's part for the unchanged client, and over its preview, which draws the
channel. Everything here that simcord does not document is in `_Stage`.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Self

import discord
import simcord
from simcord.preview import Preview

from bot.card_view import view_of
from bot.client import BriefingBot
from bot.doors import bot_of, indexing
from bot.settings import Settings
from bot.welcome import is_read, reading, sample, welcome
from briefing.card import Card

SERVER, CHANNEL, MEMBER = "Newsroom", "briefings", "you"
LOOPBACK = "127.0.0.1"  # where simcord serves
TICK = 1.0  # seconds between two looks at the clock and the index
SETTLE = 120.0  # seconds that simcord gives the bot to answer; sumy's rankings take their time


async def serve(
    settings: Settings, opened: Callable[[str], None], *, port: int = 0, at: datetime | None = None
) -> None:
    """Serves the page until it is ended there or the task is cancelled.

    Args:
        opened: Told the page's link when it can be opened.
        at: The time at which the page's clock starts; None: now.
    """
    index_process = indexing(settings)
    bot = bot_of(settings, index_process, remembers=False)
    current = asyncio.create_task(index_process.keep_current())
    try:
        async with _Stage(bot, at or datetime.now(UTC)) as stage:
            await stage.play(opened, port)
    finally:
        current.cancel()
        with suppress(asyncio.CancelledError):
            await current


def is_free(port: int) -> bool:
    """Whether the page can be served at a port of this machine."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        try:
            tried.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


class _Stage:
    """One server with one channel, one member who may do everything, and the page that shows it."""

    def __init__(self, bot: BriefingBot, at: datetime) -> None:
        self.bot = bot
        self.env = simcord.Env(bot, check_errors=False, settle_timeout=SETTLE)
        self.env.backend.bot_user.name = "Briefing"
        self.env.backend.clock._epoch = at  # else 2026-01-01, for ever
        bot.clock = self.env.now
        self._last = time.monotonic()
        self._welcomed = False
        self._reading: discord.Message | None = None
        self._told: Card | None = None

    async def __aenter__(self) -> Self:
        await self.env.start()
        server = self.env.create_guild(SERVER)
        self.channel = server.create_text_channel(CHANNEL)
        role = server.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        self.member = server.add_member(self.env.create_user(MEMBER), roles=[role])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.env.shutdown()

    async def play(self, opened: Callable[[str], None], port: int) -> None:
        """Shows the page until it is ended there; its clock runs, and its messages say how far the reading is."""
        await self._greet()  # first, for the page opens at the newest message that there is
        page = self.env.preview(self.channel, viewers=[self.member], layout="channel", port=port or None)
        async with page:
            opened(page.url)
            newest = _Newest(page)
            turn = _one_at_a_time(page, newest)
            ended = asyncio.ensure_future(page.wait_closed())
            while not (await asyncio.wait({ended}, timeout=TICK))[0]:
                async with turn:
                    requests = len(self.env.http_requests)
                    await self.env.advance_time(self._elapsed())
                    await self._greet()
                    if len(self.env.http_requests) > requests:
                        newest.show()
                        await page.refresh()

    def _elapsed(self) -> float:
        """Seconds since it was last asked."""
        now = time.monotonic()
        elapsed, self._last = now - self._last, now
        return elapsed

    async def _greet(self) -> None:
        """While the articles are read, a message says how far that is; then come a first answer and the welcome."""
        index = self.bot.index
        if not self._welcomed and is_read(index):
            first = sample(index)
            if first:
                await self.member.slash(self.channel, first.command, **dict(first.options))
            await self._post(welcome(index))
            self._welcomed = True
        card = reading(index)
        if self._reading is None and not self._welcomed:
            self._reading = await self._post(card)
        elif self._reading and card != self._told:
            await self._reading.edit(view=view_of(card, self.bot.long_questions))
        self._told = card

    async def _post(self, card: Card) -> discord.Message:
        channel = self.bot.get_partial_messageable(self.channel.id)
        return await channel.send(view=view_of(card, self.bot.long_questions))


class _Newest:
    """Brings each message that comes into view, its beginning first; simcord leaves a page where it was opened."""

    def __init__(self, page: Preview) -> None:
        self.page = page
        self.shown = 0

    def show(self) -> bool:
        """Whether there is a message newer than the last one shown; then every page is to show it when published."""
        channel = self.page.channel.id
        newest = self.page._initial_target(self.page.viewers[0], channel) or 0
        if newest <= self.shown:
            return False
        self.shown = newest
        for opened in self.page._pages.values():
            opened.target_id = newest
            opened.window_end_id = None  # the latest there is
        return True


def _one_at_a_time(page: Preview, newest: _Newest) -> asyncio.Lock:
    """Makes the reader's presses wait for the lock: simcord gives up a press that comes while the clock is moving."""
    lock, act = asyncio.Lock(), page._action

    async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with lock:
            receipt = await act(context_id, body)
            if newest.show():
                await page.refresh()
            return receipt

    page._action = act_in_turn  # type: ignore[method-assign]
    return lock
