"""The daily briefing's commands, and the heartbeat that delivers it."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands, ui
from discord.app_commands import Choice
from discord.ext import commands, tasks

from bot import daily_words as words
from bot.client import completion
from bot.daily import days_of, is_zone, rescheduled, time_of, zones_like
from bot.daily_card import LENGTH, SHOW, compose, page_of, story_of
from bot.delivery import Briefing, Courier, Door
from bot.markdown import escaped
from bot.permissions import missing_words
from bot.refusal import NO_PERMISSION, NO_SERVER, NO_SUCH_CHANNEL, NOT_TEXT, NotDeliverable, Refusal
from bot.schedule import Claim, Schedule, Timing
from briefing.brief import briefing_since, complete
from briefing.brief.options import option
from briefing.card import Card, Question

if TYPE_CHECKING:
    from bot.client import BriefingBot
    from bot.ledger import Ledger

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
Place = discord.TextChannel | discord.Thread

IN_TERMINAL = ("briefing preview", "briefing now")  # the commands whose answer needs no server

MOST = 25  # schedules of one server: as many as a completion can offer
SHOWN = 15  # deliveries in /briefing status
SOON = timedelta(milliseconds=200)  # the shortest pause between two looks at the table
TIDY = timedelta(hours=1)  # how often servers that were left long ago are looked for
HAS_THREAD = 160004  # Discord's code for a message that has its thread already

LENGTHS = [Choice(name=name, value=name) for name in ("short", "medium", "long")]
QUIET = [Choice(name="post one line", value="post"), Choice(name="skip", value="skip")]
WHICH = "Which schedule; can be left out where there is only one"
ONLY_HERE = "There is more than one schedule; choose which. /briefing list shows them."
NONE_YET = "Nothing is scheduled in this server. /briefing schedule starts a daily briefing."


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class DailyCog(commands.GroupCog, group_name="briefing", group_description="The daily briefing of this server"):
    """A channel's briefing at its own hour.

    The heartbeat starts with the cog, not when the gateway is ready: that happens again after each reconnect.
    """

    def __init__(
        self, bot: BriefingBot, data_dir: Path | None, url: str | None = None, timing: Timing | None = None
    ) -> None:
        """Opens nothing yet: the ledger is opened when the cog is loaded.

        Args:
            data_dir: The folder of the ledger's SQLite file; None: it is kept in memory.
            url: The address of another database instead (`DATABASE_URL`).
        """
        self.bot = bot
        self.data_dir = data_dir
        self.url = url
        self.timing = timing or Timing()
        self.ledger: Ledger
        self.courier: Courier
        self._beating = asyncio.Lock()
        self._tidied: datetime | None = None
        bot.answerers |= dict.fromkeys((*IN_TERMINAL, SHOW), self.answer)
        bot.completers["briefing"] = self.complete

    async def cog_load(self) -> None:
        if self.bot.user is None:  # a terminal: nobody is logged in, and nothing is delivered
            return
        from bot.database import database_url  # SQLAlchemy, which the terminal does without
        from bot.ledger import Ledger

        self.ledger = await Ledger.open(database_url(self.data_dir, self.url), self.timing)
        self.courier = Courier(self.ledger, self.door, self.compose, self.tell, self.bot.clock)
        self.heartbeat.change_interval(seconds=SOON.total_seconds())
        self.heartbeat.start()

    async def cog_unload(self) -> None:
        if self.bot.user is None:
            return
        self.courier.is_closing = True
        async with self._beating:  # cancelled in the middle of a query, the heartbeat would leave its connection open
            self.heartbeat.cancel()
        await self.courier.close()
        await self.ledger.close()

    # The heartbeat

    @tasks.loop(seconds=15)
    async def heartbeat(self) -> None:
        """Asks the table what is due, and sleeps until there is something to do, though never long."""
        async with self._beating:
            self.heartbeat.change_interval(seconds=(await self._beat()).total_seconds())

    async def _beat(self) -> timedelta:
        """Sends what is due; returns how long there is nothing to do."""
        pause = self.timing.heartbeat
        try:
            wake = await self.ledger.next_instant(self.bot.clock())
            if wake is not None and wake <= self.bot.clock():
                await self.courier.round()
                wake = await self.ledger.next_instant(self.bot.clock())
            await self._tidy()
            if wake is not None:
                pause = min(max(wake - self.bot.clock(), SOON), pause)
        except Exception:
            log.exception("the daily briefing's heartbeat missed a beat")
        return pause

    @heartbeat.before_loop
    async def _before_heartbeat(self) -> None:
        """Waits for the servers' channels and permissions; notes which servers were left meanwhile."""
        await self.bot.wait_until_ready()
        async with self._beating:
            await self._note_departures()

    async def _note_departures(self) -> None:
        present = {guild.id for guild in self.bot.guilds}
        for guild_id in await self.ledger.guilds() - await self.ledger.departed() - present:
            await self.ledger.left(guild_id, self.bot.clock(), NO_SERVER)
        for guild_id in await self.ledger.departed() & present:
            await self.ledger.came_back(guild_id)

    async def _tidy(self) -> None:
        now = self.bot.clock()
        if self._tidied is None or not timedelta(0) <= now - self._tidied < TIDY:
            self._tidied = now
            await self.ledger.forget_departed(now)

    def _hasten(self) -> None:
        """Lets the heart beat at once: there may be something new in the table."""
        self.heartbeat.change_interval(seconds=SOON.total_seconds())

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self.ledger.left(guild.id, self.bot.clock(), NO_SERVER)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.ledger.came_back(guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._pause_in(channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        await self._pause_in(event.thread_id)

    async def _pause_in(self, channel_id: int) -> None:
        for schedule in await self.ledger.schedules_in(channel_id):
            await self.ledger.pause(schedule.id, NO_SUCH_CHANNEL)

    # What the courier asks for

    async def door(self, claim: Claim) -> Door:
        """The channel of a claim, after a look at what the bot may do there."""
        schedule, delivery = claim.schedule, claim.delivery
        guild = self.bot.get_guild(schedule.guild_id)
        if guild is None:
            raise NotDeliverable(Refusal("pause", NO_SERVER))
        if guild.unavailable:
            raise NotDeliverable(Refusal("wait", "Discord says that the server is not available. It is tried again."))
        if delivery.part:
            channel = await self._thread_of(claim, guild)
        else:
            found = guild.get_channel_or_thread(schedule.channel_id)
            channel = found or await self._fetched(guild, schedule.channel_id)
        if not isinstance(channel, discord.TextChannel | discord.Thread):
            raise NotDeliverable(Refusal("pause", NOT_TEXT))
        missing = [name for name in self.missing(channel) if name in ("view_channel", sending(channel))]
        if missing:
            raise NotDeliverable(Refusal("pause", f"{missing_words(missing)}: {NO_PERMISSION}"))
        return Door(channel, channel.permissions_for(guild.me).read_message_history)

    async def _fetched(self, guild: discord.Guild, channel_id: int) -> discord.abc.GuildChannel | discord.Thread:
        """A channel that is not in the cache: an archived thread, or none at all."""
        await self.courier.turn()
        return await guild.fetch_channel(channel_id)

    async def _thread_of(
        self, claim: Claim, guild: discord.Guild
    ) -> discord.abc.GuildChannel | discord.Thread:
        """The thread under a briefing's message, which has the message's own id; made where it is missing."""
        thread = guild.get_thread(claim.delivery.channel_id)
        if thread is not None:
            return thread
        parent = guild.get_channel(claim.schedule.channel_id)
        if claim.delivery.part == 1 and isinstance(parent, discord.TextChannel):
            title = f"{claim.schedule.story or 'Briefing'} {claim.delivery.local_date.isoformat()}"[-100:]
            await self.courier.turn()
            try:
                message = parent.get_partial_message(claim.delivery.channel_id)
                return await message.create_thread(name=title, auto_archive_duration=1440)  # minutes: a day
            except discord.HTTPException as error:
                if error.code != HAS_THREAD:
                    raise
        return await self._fetched(guild, claim.delivery.channel_id)

    def compose(self, claim: Claim, posted: frozenset[str], late_by: timedelta | None) -> Briefing:
        mention = claim.schedule.mention if claim.delivery.part == 0 else None
        guild = self.bot.get_guild(claim.schedule.guild_id)
        role = guild.get_role(mention) if guild and mention else None
        channel = guild.get_channel_or_thread(claim.schedule.channel_id) if guild else None
        allowed = role is not None and channel is not None and may_mention(role, channel)
        return compose(
            self.bot.index, self.bot.long_questions, claim, posted, late_by, mention if allowed else None
        )

    async def tell(self, schedule: Schedule, reason: str) -> None:
        """Writes to the member who made the schedule; whether they take messages is theirs to say."""
        if self.bot.get_guild(schedule.guild_id) is None:
            return
        await self.courier.turn()
        conversation = await self.bot.create_dm(discord.Object(schedule.created_by))
        await conversation.send(f"The daily briefing in <#{schedule.channel_id}>: {reason}")

    def missing(self, channel: Place, *, threaded: bool = False) -> list[str]:
        """The permissions that the bot lacks in a channel."""
        mine = channel.permissions_for(channel.guild.me)
        needed = ["view_channel", sending(channel), "embed_links", "attach_files", "read_message_history"]
        needed += ["create_public_threads", "send_messages_in_threads"] if threaded else []
        return [name for name in needed if not getattr(mine, name)]

    # Cards, for buttons and the terminal

    async def answer(self, question: Question) -> Card:
        """The card behind a briefing's button, or a preview for the terminal."""
        if question.command == SHOW:
            return await self._shown(question)
        schedule_id = option(question, "schedule")
        if schedule_id and self.bot.user is not None:
            return await self._ahead(question, int(schedule_id))
        return self._whole(question)

    async def _shown(self, question: Question) -> Card:
        delivery = await self.ledger.delivery(int(option(question, "delivery") or 0))
        schedule = await self.ledger.schedule(delivery.schedule_id) if delivery else None
        story = story_of(self.bot.index, schedule) if schedule else None
        if delivery is None or schedule is None or story is None:
            return Card("This briefing is no longer kept", question)
        return page_of(self.bot.index, story, delivery, schedule, delivery.articles or (), question.page)

    async def _ahead(self, question: Question, schedule_id: int) -> Card:
        """What a schedule's channel would get now."""
        schedule = await self.ledger.schedule(schedule_id)
        story = story_of(self.bot.index, schedule) if schedule else None
        if schedule is None or story is None:
            return Card("There are no articles of this story", question)
        had = await self.ledger.posted(schedule.id)
        return self._since(question, story, had, schedule.length, ZoneInfo(schedule.zone))

    def _whole(self, question: Question) -> Card:
        """The briefing as a channel would get it that has had nothing yet."""
        names = [story.name for story in self.bot.index.stories()]
        asked = option(question, "story")
        story = next((name for name in names if not asked or asked.casefold() == name.casefold()), None)
        if story is None:
            return Card(f"There is no story called “{asked[:80]}”" if asked else "There are no articles yet", question)
        return self._since(question, story, frozenset(), option(question, "length"), ZoneInfo("UTC"))

    def _since(
        self, question: Question, story: str, had: frozenset[str], length: str | None, zone: ZoneInfo
    ) -> Card:
        today = self.bot.clock().astimezone(zone).date()
        return briefing_since(self.bot.index, story, had, today=today, question=question, length=length or LENGTH)

    def complete(self, command: str, option: str, typed: str, others: dict[str, str]) -> list[tuple[str, str]]:
        match option:
            case "story" | "length":
                return complete(self.bot.index, command, option, typed, others)
            case "timezone":
                return [(words.zone_named(name, self.bot.clock()), name) for name in zones_like(typed)]
            case "time":
                return [(time, time) for time in times_like(typed)]
            case "days":
                known = ["every day", "weekdays", "weekends", "mon wed fri", "tue thu", "mon", "fri", "sat", "sun"]
                return [(days, days) for days in ([typed] if typed and days_of(typed) else []) + known if typed in days]
        return []

    # Commands

    @app_commands.command(name="schedule", description="Post a briefing in a channel every day at its own hour")
    @app_commands.rename(zone="timezone", when_quiet="when-nothing-new")
    @app_commands.describe(
        channel="Where to post",
        time="When, by that zone's clocks: 07:00, 7 am",
        zone="The time zone; type a city",
        story="Which story; left out: the one with the newest articles",
        days="On which days; left out: every day",
        length="How much",
        mention="A role to mention",
        when_quiet="What to do on a day without news",
        thread="Put all but the first view into a thread",
    )
    @app_commands.autocomplete(
        time=completion("time"), zone=completion("timezone"), story=completion("story"), days=completion("days")
    )
    @app_commands.choices(length=LENGTHS, when_quiet=QUIET)
    async def schedule(
        self,
        interaction: Interaction,
        channel: Place,
        time: str,
        zone: str,
        story: str | None = None,
        days: str | None = None,
        length: str | None = None,
        mention: discord.Role | None = None,
        when_quiet: str = "post",
        thread: bool = False,
    ) -> None:
        at, on, now = time_of(time), days_of(days or ""), self.bot.clock()
        known = {one.name.casefold(): one.name for one in self.bot.index.stories()}
        wrong = wrong_with(channel, at, time, zone, on, days, mention, thread)
        if story and story.casefold() not in known:
            wrong = f"There is no story called “{shown(story)}”. The names complete as you type."
        if wrong or at is None or on is None:
            await say(interaction, [wrong or ""])
            return
        wished = Schedule(
            id=0,
            key="",
            guild_id=channel.guild.id,
            channel_id=channel.id,
            story=known[story.casefold()] if story else None,
            at=at,
            zone=zone,
            since=now,
            days=on,
            length=length,
            mention=mention.id if mention else None,
            when_quiet="skip" if when_quiet == "skip" else "post",
            threaded=thread,
            created_by=interaction.user.id,
        )
        if await self._is_full(wished):
            await say(interaction, [f"A server can have {MOST} schedules. /briefing remove makes room."])
            return
        kept = await self.ledger.put_schedule(rescheduled(wished, now))
        missing = self.missing(channel, threaded=thread)
        notes = [f"**Missing in the channel: {missing_words(missing)}.** See /briefing check."] if missing else []
        await say(interaction, words.scheduled(kept, now, notes))
        self._hasten()

    async def _is_full(self, wished: Schedule) -> bool:
        """Whether a schedule would be one too many; one that takes another's place never is."""
        kept = await self.ledger.schedules_of(wished.guild_id)
        others = [one for one in kept if (one.channel_id, one.story) != (wished.channel_id, wished.story)]
        return len(others) >= MOST

    @app_commands.command(name="list", description="The schedules of this server")
    async def list_(self, interaction: Interaction) -> None:
        await say(interaction, words.listed(await self.ledger.schedules_of(guild_id(interaction))))

    @app_commands.command(description="Stop a schedule for now")
    @app_commands.describe(schedule=WHICH)
    async def pause(self, interaction: Interaction, schedule: str | None = None) -> None:
        if chosen := await self._chosen(interaction, schedule):
            await self.ledger.pause(chosen.id, f"{interaction.user.display_name} paused it. /briefing resume goes on.")
            await say(interaction, [f"Paused. {words.told_of(chosen)}", "/briefing resume goes on with it."])

    @app_commands.command(description="Go on with a paused schedule")
    @app_commands.describe(schedule=WHICH)
    async def resume(self, interaction: Interaction, schedule: str | None = None) -> None:
        if chosen := await self._chosen(interaction, schedule):
            going = await self.ledger.resume(chosen.id, self.bot.clock())
            await say(interaction, words.scheduled(going or chosen, self.bot.clock()))
            self._hasten()

    @app_commands.command(description="Delete a schedule and what is remembered for it")
    @app_commands.describe(schedule=WHICH)
    async def remove(self, interaction: Interaction, schedule: str | None = None) -> None:
        if chosen := await self._chosen(interaction, schedule):
            await self.ledger.remove(chosen.id)
            await say(interaction, [f"Removed. {words.told_of(chosen)}"])

    @app_commands.command(description="Post a briefing now")
    @app_commands.describe(schedule=WHICH, story="Without a schedule: which story")
    @app_commands.autocomplete(story=completion("story"))
    async def now(self, interaction: Interaction, schedule: str | None = None, story: str | None = None) -> None:
        if not await self.ledger.schedules_of(guild_id(interaction)):
            await self.bot.reply(interaction, asking("briefing now", story), private=False)
        elif chosen := await self._chosen(interaction, schedule):
            await interaction.response.defer(ephemeral=True, thinking=True)
            now = self.bot.clock()
            day, occasion = now.astimezone(ZoneInfo(chosen.zone)).date(), str(interaction.id)
            await self.ledger.ask_for(chosen, day, occasion, now)
            await self.courier.round()
            await self.courier.finish()
            made = await self.ledger.asked_for(occasion)
            await say(interaction, [words.delivered(made, chosen)] if made else ["The schedule was removed meanwhile."])

    @app_commands.command(description="See, alone, what a channel would get now")
    @app_commands.describe(schedule=WHICH, story="Without a schedule: which story")
    @app_commands.autocomplete(story=completion("story"))
    async def preview(self, interaction: Interaction, schedule: str | None = None, story: str | None = None) -> None:
        if story or not await self.ledger.schedules_of(guild_id(interaction)):
            await self.bot.reply(interaction, asking("briefing preview", story), private=True)
        elif chosen := await self._chosen(interaction, schedule):
            question = Question("briefing preview", (("schedule", str(chosen.id)),))
            await self.bot.reply(interaction, question, private=True)

    @app_commands.command(description="What was delivered, what was not, and what to do")
    async def status(self, interaction: Interaction) -> None:
        here = guild_id(interaction)
        told = words.status(await self.ledger.schedules_of(here), await self.ledger.deliveries_of(here, SHOWN))
        await say(interaction, told)

    @app_commands.command(description="Which permissions the bot lacks, channel by channel")
    async def check(self, interaction: Interaction) -> None:
        schedules = await self.ledger.schedules_of(guild_id(interaction))
        missing: dict[int, list[str]] = {}
        for schedule in schedules:
            assert interaction.guild is not None
            found = await self._missing_for(schedule, interaction.guild)
            missing[schedule.channel_id] = sorted({*missing.get(schedule.channel_id, []), *found})
        if not schedules and isinstance(interaction.channel, Place):
            missing[interaction.channel.id] = self.missing(interaction.channel)
        await say(interaction, words.checked(missing))

    async def _missing_for(self, schedule: Schedule, guild: discord.Guild) -> list[str]:
        """The permissions that a schedule lacks; "gone" where its channel is no longer there."""
        try:
            found = guild.get_channel_or_thread(schedule.channel_id)
            channel = found or await self._fetched(guild, schedule.channel_id)
        except discord.Forbidden:
            return ["view_channel"]
        except discord.NotFound:
            return ["gone"]
        return self.missing(channel, threaded=schedule.threaded) if isinstance(channel, Place) else ["gone"]

    @app_commands.command(description="Remove everything that is kept about this server, at once")
    async def forget(self, interaction: Interaction) -> None:
        count = await self.ledger.forget(guild_id(interaction))
        told = f"{count} schedule{'s' * (count != 1)}, with all deliveries and what was posted"
        await say(interaction, [f"Forgotten: {told}. Messages that were posted stay; delete them in Discord."])

    async def _chosen(self, interaction: Interaction, typed: str | None) -> Schedule | None:
        """The schedule that is meant; else the member is told why none is."""
        schedules = await self.ledger.schedules_of(guild_id(interaction))
        found = [one for one in schedules if typed is None or typed == str(one.id)]
        if len(found) == 1:
            return found[0]
        await say(interaction, [ONLY_HERE if schedules else NONE_YET])
        return None

    @pause.autocomplete("schedule")
    @resume.autocomplete("schedule")
    @remove.autocomplete("schedule")
    @now.autocomplete("schedule")
    @preview.autocomplete("schedule")
    async def _schedules(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        found = []
        for schedule in await self.ledger.schedules_of(guild_id(interaction)):
            assert interaction.guild is not None
            channel = interaction.guild.get_channel_or_thread(schedule.channel_id)
            name = words.named(schedule, channel.name if channel else "gone")
            if typed.casefold() in name.casefold():
                found.append(Choice(name=name, value=str(schedule.id)))
        return found[:MOST]


async def say(interaction: Interaction, lines: list[str]) -> None:
    """An answer that only the member sees."""
    view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(words.fitting(lines)))
    quiet = discord.AllowedMentions.none()
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=quiet)
    else:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=quiet)


def guild_id(interaction: Interaction) -> int:
    assert interaction.guild_id is not None  # the commands are for servers only
    return interaction.guild_id


def asking(command: str, story: str | None) -> Question:
    return Question(command, (("story", story),) if story else ())


def sending(channel: object) -> str:
    """The permission that it takes to post there."""
    return "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"


def may_mention(role: discord.Role, channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    return not role.is_default() and (
        role.mentionable or channel.permissions_for(channel.guild.me).mention_everyone
    )


def wrong_with(
    channel: Place,
    at: object,
    time: str,
    zone: str,
    on: object,
    days: str | None,
    mention: discord.Role | None,
    thread: bool,
) -> str | None:
    """What cannot be scheduled like this, and what to do; None if it can."""
    if at is None:
        return f"“{shown(time)}” is no time of day. Write it like 07:00 or 7 pm."
    if not is_zone(zone):
        return f"“{shown(zone)}” is no time zone. Type a city and choose one of the names that appear."
    if on is None:
        return f"“{shown(days or '')}” are no days. Write them like: weekdays, mon wed fri, fri-sun."
    if thread and isinstance(channel, discord.Thread):
        return "A thread cannot hold another thread. Choose the channel instead, or leave `thread` out."
    if mention and not may_mention(mention, channel):
        return (
            f"The bot may not mention {mention.name}. Make the role mentionable by anyone, or give the bot"
            " Mention Everyone there. @everyone itself is never mentioned."
        )
    return None


def shown(typed: str) -> str:
    """What a member typed, repeated to them."""
    return escaped(typed[:80])


def times_like(typed: str) -> list[str]:
    """Times of day that fit what is typed."""
    exact = time_of(typed)
    hours = [f"{hour:02}:{minute:02}" for hour in (*range(6, 24), *range(6)) for minute in (0, 30)]
    fitting = [time for time in hours if typed in time]
    return list(dict.fromkeys([*([f"{exact:%H:%M}"] if exact else []), *fitting]))[:25]
