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
from simcord.preview._pages import _Page

from bot.card_view import view_of
from bot.client import BriefingBot
from bot.doors import bot_of, indexing
from bot.local_script import changing
from bot.settings import Settings
from bot.welcome import TO_BEGIN, is_read, reading, welcome
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
        self._greeting: discord.Message | None = None
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
        """Shows the page until it is ended there; its clock runs, and its first message says how far the reading is."""
        await self._greet()  # first, for the page opens at the newest message that there is
        page = self.env.preview(self.channel, viewers=[self.member], layout="channel", port=port or None)
        page._server._static = changing(page._server._static)  # type: ignore[method-assign,assignment]
        async with page:
            _publish_at_newest(page)
            opened(page.url)
            turn = self._one_at_a_time(page)
            ended = asyncio.ensure_future(page.wait_closed())
            while not (await asyncio.wait({ended}, timeout=TICK))[0]:
                async with turn:
                    requests = len(self.env.http_requests)
                    await self.env.advance_time(self._elapsed())
                    await self._greet()
                    if len(self.env.http_requests) > requests:
                        await page.refresh()

    def _elapsed(self) -> float:
        """Seconds since it was last asked."""
        now = time.monotonic()
        elapsed, self._last = now - self._last, now
        return elapsed

    async def _greet(self) -> None:
        """One message says how far the reading of the articles is, and then what to ask them."""
        index = self.bot.index
        self._welcomed = self._welcomed or is_read(index)
        card = welcome(index) if self._welcomed else reading(index)
        if card == self._told:
            return
        if self._greeting is None:
            self._greeting = await self._channel.send(view=view_of(card, self.bot.long_questions))
        else:
            await self._greeting.edit(view=view_of(card, self.bot.long_questions))
        self._told = card

    @property
    def _channel(self) -> discord.PartialMessageable:
        return self.bot.get_partial_messageable(self.channel.id)

    def _one_at_a_time(self, page: Preview) -> asyncio.Lock:
        """Makes the reader's presses wait for the lock: simcord gives up one that comes while the clock is moving."""
        lock, act = asyncio.Lock(), page._action

        async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with lock:
                receipt = await act(context_id, body)
                if body.get("kind") == "send_message":  # which the bot is not told of: it only reads commands
                    await self._channel.send(TO_BEGIN)
                    await page.refresh()
                return receipt

        page._action = act_in_turn  # type: ignore[method-assign]
        return lock


def _publish_at_newest(page: Preview) -> None:
    """Makes every publication bring the newest message into view, its beginning first, when it is a new one.

    simcord leaves a page where it was opened. It also draws one for its caller in Python, which nobody looks at.
    """
    publish = page._publish
    shown: dict[str, int] = {}

    def publish_at_newest(opened: _Page, *, reason: str = "action") -> None:
        if opened is page._python:
            return
        newest = page._initial_target(opened.viewer, opened.channel_id) or 0
        if newest > shown.get(opened.id, 0):
            shown[opened.id] = opened.target_id = newest
            opened.window_end_id = None  # the latest there is
        publish(opened, reason=reason)  # type: ignore[arg-type]  # one of the reasons that it takes

    page._publish = publish_at_newest  # type: ignore[method-assign,assignment]
