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
        discord.ConnectionClosed: The gateway refuses the token.
        discord.PrivilegedIntentsRequired: The gateway refuses the intents.
        DatabaseError: The schedules cannot be opened.
        aiohttp.ClientError: Discord cannot be reached.
    """
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it does not speak
    index_process = indexing(settings)
    async with bot_of(settings, index_process) as bot:
        _close_on_signals(bot)
        await bot.login(token)
        current = asyncio.create_task(index_process.keep_current())
        try:
            await bot.connect()
        finally:
            current.cancel()
            await asyncio.gather(current, return_exceptions=True)


def _close_on_signals(bot: discord.Client) -> None:
    """Closes the bot in good order when the process is told to end."""
    loop = asyncio.get_running_loop()
    closing: set[asyncio.Task[None]] = set()  # the loop itself holds its tasks weakly
    with suppress(NotImplementedError):  # Windows has no such signals
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, lambda: closing.add(loop.create_task(bot.close())))


async def sync(settings: Settings, token: str, guild: int | None, *, remove: bool = False) -> str:
    """Tells Discord of the commands; returns what Discord knows now.

    Args:
        guild: The server that gets copies of its own, which it shows beside those for everywhere; None: everywhere.
        remove: Whether the server's copies are taken away instead.

    Raises:
        discord.LoginFailure: Discord refuses the token.
        discord.HTTPException: Discord refuses the commands, or the bot is not on that server.
        DatabaseError: The schedules cannot be opened.
        aiohttp.ClientError: Discord cannot be reached.
    """
    async with bot_of(settings, indexing(settings), syncs=False) as bot:
        await bot.login(token)
        server = discord.Object(guild) if guild is not None else None
        if server and not remove:
            bot.tree.copy_global_to(guild=server)
        known = await bot.tree.sync(guild=server)
        where = "everywhere" if server is None else f"on server {guild} alone"
        if not known:
            return f"Discord knows no commands {where}."
        return f"Discord knows {len(known)} commands {where}: {', '.join(f'/{command.name}' for command in known)}"


async def invitation(token: str) -> str:
    """The link that adds the token's application to a server, and why it asks for what.

    Raises:
        discord.LoginFailure: Discord refuses the token.
        discord.HTTPException: Discord refuses to tell of the application.
        aiohttp.ClientError: Discord cannot be reached.
    """
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        assert client.application_id
        link = discord.utils.oauth_url(client.application_id, permissions=PERMISSIONS, scopes=SCOPES)
    asked = (f"  {permission_name(name)}: {why}." for name, why in WHY.items())
    return "\n".join((link, "", "It asks for these permissions only:", *asked))
