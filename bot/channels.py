"""The channels that briefings go to: finding them, opening their threads, and what the bot may do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.delivery import Door
from bot.permissions import missing_words
from bot.refusal import NO_PERMISSION, NO_SERVER, NOT_TEXT, NotDeliverable, Refusal
from bot.schedule import Claim, Schedule

if TYPE_CHECKING:
    from bot.client import BriefingBot

Place = discord.TextChannel | discord.Thread
"""What a briefing can be posted in."""

HAS_THREAD = 160004  # Discord's code for a message that has its thread already
UNAVAILABLE = "Discord says that the server is not available. It is tried again."


class Channels:
    """What the courier asks of Discord besides the message itself.

    Args:
        turn: Waits until one request more fits into the rate.
    """

    def __init__(self, bot: BriefingBot, turn: Callable[[], Awaitable[None]]) -> None:
        self.bot = bot
        self._turn = turn

    async def door(self, claim: Claim) -> Door:
        """The channel of a claim, after a look at what the bot may do there."""
        schedule, delivery = claim.schedule, claim.delivery
        guild = self.bot.get_guild(schedule.guild_id)
        if guild is None:
            raise NotDeliverable(Refusal("pause", NO_SERVER))
        if guild.unavailable:
            raise NotDeliverable(Refusal("wait", UNAVAILABLE))
        channel = await (self._thread_of(claim, guild) if delivery.part else self.find(guild, schedule.channel_id))
        if not isinstance(channel, Place):
            raise NotDeliverable(Refusal("pause", NOT_TEXT))
        lacking = [name for name in missing(channel) if name in ("view_channel", sending(channel))]
        if lacking:
            raise NotDeliverable(Refusal("pause", f"{missing_words(lacking)}: {NO_PERMISSION}"))
        return Door(channel, channel.permissions_for(guild.me).read_message_history)

    async def find(self, guild: discord.Guild, channel_id: int) -> discord.abc.GuildChannel | discord.Thread:
        """A server's channel; one that is not in the cache (an archived thread) is asked for."""
        return guild.get_channel_or_thread(channel_id) or await self._fetched(guild, channel_id)

    async def _fetched(self, guild: discord.Guild, channel_id: int) -> discord.abc.GuildChannel | discord.Thread:
        await self._turn()
        return await guild.fetch_channel(channel_id)

    async def _thread_of(self, claim: Claim, guild: discord.Guild) -> discord.abc.GuildChannel | discord.Thread:
        """The thread under a briefing's message, which has the message's own id; made where it is missing."""
        thread = guild.get_thread(claim.delivery.channel_id)
        if thread is not None:
            return thread
        parent = guild.get_channel(claim.schedule.channel_id)
        if claim.delivery.part == 1 and isinstance(parent, discord.TextChannel):
            title = f"{claim.schedule.story or 'Briefing'} {claim.delivery.local_date.isoformat()}"[-100:]
            await self._turn()
            try:
                message = parent.get_partial_message(claim.delivery.channel_id)
                return await message.create_thread(name=title, auto_archive_duration=1440)  # minutes: a day
            except discord.HTTPException as error:
                if error.code != HAS_THREAD:
                    raise
        return await self._fetched(guild, claim.delivery.channel_id)

    def mention_in(self, claim: Claim) -> int | None:
        """The role that a delivery mentions, if one was asked for and the bot may."""
        schedule = claim.schedule
        guild = self.bot.get_guild(schedule.guild_id)
        if guild is None or schedule.mention is None or claim.delivery.part:
            return None
        role, channel = guild.get_role(schedule.mention), guild.get_channel_or_thread(schedule.channel_id)
        return role.id if role and channel and may_mention(role, channel) else None

    async def missing_for(self, schedule: Schedule, guild: discord.Guild) -> list[str]:
        """The permissions that a schedule lacks; "gone" where its channel is no longer there."""
        try:
            channel = await self.find(guild, schedule.channel_id)
        except discord.Forbidden:
            return ["view_channel"]
        except discord.NotFound:
            return ["gone"]
        return missing(channel, threaded=schedule.threaded) if isinstance(channel, Place) else ["gone"]

    async def tell(self, schedule: Schedule, reason: str) -> None:
        """Writes to the member who made the schedule; whether they take messages is theirs to say."""
        if self.bot.get_guild(schedule.guild_id) is None:
            return
        await self._turn()
        conversation = await self.bot.create_dm(discord.Object(schedule.created_by))
        await conversation.send(f"The daily briefing in <#{schedule.channel_id}>: {reason}")


def missing(channel: Place, *, threaded: bool = False) -> list[str]:
    """The permissions that the bot lacks in a channel."""
    mine = channel.permissions_for(channel.guild.me)
    needed = ["view_channel", sending(channel), "embed_links", "attach_files", "read_message_history"]
    needed += ["create_public_threads", "send_messages_in_threads"] if threaded else []
    return [name for name in needed if not getattr(mine, name)]


def sending(channel: Place) -> str:
    """The permission that it takes to post there."""
    return "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"


def may_mention(role: discord.Role, channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    return not role.is_default() and (
        role.mentionable or channel.permissions_for(channel.guild.me).mention_everyone
    )
