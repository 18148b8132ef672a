"""The bot on Discord, and what an operator does there."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

import discord

from bot.doors import bot_of, indexing
from bot.permissions import PERMISSIONS, WHY, permission_name
from bot.settings import Settings

SCOPES = ("bot", "applications.commands")


async def serve(settings: Settings, token: str) -> None:
    """Runs until it is told to stop.

    Raises:
        discord.LoginFailure: Discord refuses the token.
    """
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it does not speak
    index_process = indexing(settings)
    async with bot_of(settings, index_process) as bot:
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):  # Windows has no such signals
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, lambda: asyncio.ensure_future(bot.close()))
        await bot.login(token)
        current = asyncio.create_task(index_process.keep_current())
        try:
            await bot.connect()
        finally:
            current.cancel()
            await asyncio.gather(current, return_exceptions=True)


async def sync(settings: Settings, token: str, guild: int | None) -> str:
    """Tells Discord of the commands, everywhere or on one server; returns what Discord knows now."""
    async with bot_of(settings, indexing(settings), syncs=False) as bot:
        await bot.login(token)
        server = discord.Object(guild) if guild else None
        if server:
            bot.tree.copy_global_to(guild=server)
        known = await bot.tree.sync(guild=server)
        return f"Discord knows {len(known)} commands: {', '.join(f'/{command.name}' for command in known)}"


async def invitation(token: str) -> str:
    """The link that adds the token's application to a server, and why it asks for what."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        assert client.application_id
        link = discord.utils.oauth_url(client.application_id, permissions=PERMISSIONS, scopes=SCOPES)
    asked = (f"  {permission_name(name)}: {why}." for name, why in WHY.items())
    return "\n".join((link, "", "It asks for these permissions only:", *asked))
