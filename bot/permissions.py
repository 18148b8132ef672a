"""The permissions that the bot asks for, and what each is for."""

from __future__ import annotations

from collections.abc import Iterable

import discord

WHY = {
    "view_channel": "to see the channels it is to post in",
    "send_messages": "to answer, and to post the daily briefing",
    "send_messages_in_threads": "to answer and to post in threads",
    "create_public_threads": "to put a long briefing into a thread, where that was chosen",
    "embed_links": "to lay its answers out",
    "attach_files": "to show the picture of positions",
    "read_message_history": "to make sure that no briefing is posted twice",
}
"""Each permission by discord.py's name, and what it is for."""

PERMISSIONS = discord.Permissions(**dict.fromkeys(WHY, True))
"""What the bot asks for when it is invited, and no more."""


def permission_name(name: str) -> str:
    """As Discord's settings call it."""
    return {"send_messages_in_threads": "Send Messages in Threads"}.get(name, name.replace("_", " ").title())


def missing_words(names: Iterable[str]) -> str:
    return ", ".join(permission_name(name) for name in names)
