"""The bot on Discord, and what an operator does there."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

import discord

from bot.client import PERMISSIONS
from bot.doors import bot_of, indexing
from bot.settings import Settings

SCOPES = ("bot", "applications.commands")
WHY = {
    "view_channel": "to see the channels it is to post in",
    "send_messages": "to answer, and to post the daily briefing",
    "send_messages_in_threads": "to answer in threads",
    "create_public_threads": "to put a long briefing into a thread, where that was chosen",
    "embed_links": "to lay its answers out",
    "attach_files": "to show the picture of positions",
    "read_message_history": "to make sure that no briefing is posted twice",
}
"""Each permission of the invitation, and what it is for."""


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
    asked = (f"  {name.replace('_', ' ').capitalize()}: {why}." for name, why in WHY.items())
    return "\n".join((link, "", "It asks for these permissions only:", *asked))
