"""The daily briefing's commands, and the cog that holds its parts together."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import app_commands, ui
from discord.app_commands import Choice
from discord.ext import commands

from bot import daily_forget
from bot import daily_words as words
from bot.channels import Channels, Place, missing
from bot.client import completion
from bot.daily import rescheduled
from bot.daily_answers import DailyAnswers
from bot.daily_card import SHOW, compose
from bot.daily_options import completions, not_chosen, shown, wrong_with
from bot.daily_typed import days_of, time_of, zone_of
from bot.delivery import Briefing, Courier
from bot.heartbeat import Heartbeat
from bot.markdown import escaped
from bot.permissions import missing_words
from bot.refusal import NO_SERVER, NO_SUCH_CHANNEL
from bot.schedule import Claim, Schedule, Timing
from briefing.brief import complete
from briefing.card import Question

if TYPE_CHECKING:
    from bot.client import BriefingBot
    from bot.ledger import Ledger

Interaction = discord.Interaction[Any]

IN_TERMINAL = ("briefing preview", "briefing now")  # the commands whose answer needs no server

MOST = 25  # schedules of one server: as many as a completion can offer
SHOWN = 15  # deliveries in /briefing status

LENGTHS = [Choice(name=name, value=name) for name in ("short", "medium", "long")]
QUIET = [Choice(name="post one line", value="post"), Choice(name="skip", value="skip")]
WHICH = "Which schedule; can be left out where there is only one"
POSTED_ALREADY = "Today's has been posted already."


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class DailyCog(commands.GroupCog, group_name="briefing", group_description="The daily briefing of this server"):
    """A channel's briefing at its own hour."""

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
        self.answers = DailyAnswers(bot)
        self.channels = Channels(bot, lambda: self.courier.turn())
        self.ledger: Ledger
        self.courier: Courier
        self.heartbeat: Heartbeat
        bot.answerers |= dict.fromkeys((*IN_TERMINAL, SHOW), self.answers.answer)
        bot.completers["briefing"] = self.complete

    async def cog_load(self) -> None:
        if self.bot.user is None:  # a terminal: nobody is logged in, and nothing is delivered
            return
        from bot.database import database_url  # SQLAlchemy, which the terminal does without
        from bot.ledger import Ledger

        self.bot.add_dynamic_items(daily_forget.ForgetButton)
        self.ledger = self.answers.ledger = await Ledger.open(database_url(self.data_dir, self.url), self.timing)
        doors, clock = self.channels, self.bot.clock
        self.courier = Courier(self.ledger, doors.door, self.compose, doors.tell, clock, self.bot.http)
        self.heartbeat = Heartbeat(self.bot, self.courier)
        self.heartbeat.start()

    async def cog_unload(self) -> None:
        if self.bot.user is None:
            return
        await self.heartbeat.stop()
        await self.courier.close()
        await self.ledger.close()

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

    def compose(self, claim: Claim, posted: frozenset[str], late_by: timedelta | None) -> Briefing:
        mention = self.channels.mention_in(claim)
        with self.bot.index.snapshot():
            return compose(self.bot.index, self.bot.long_questions, claim, posted, late_by, mention)

    def complete(self, command: str, option: str, typed: str, others: dict[str, str]) -> list[tuple[str, str]]:
        if option in ("story", "length"):
            return complete(self.bot.index, command, option, typed, others)
        return completions(option, typed, self.bot.clock())

    # Commands

    @app_commands.command(name="schedule", description="Post a briefing in a channel every day at its own hour")
    @app_commands.rename(zone="timezone", when_quiet="when-nothing-new")
    @app_commands.describe(
        channel="Where to post",
        time="When, by that zone's clocks: 07:00, 7 am, noon",
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
        at, zone, on, now = time_of(time), zone_of(zone), days_of(days or ""), self.bot.clock()
        called = self.bot.index.stories_by_name().called(story) if story else []
        wrong = wrong_with(channel, at, time, zone, on, days, mention, thread)
        if story and not called:
            wrong = f"There is no story called “{shown(story)}”. The names complete as you type."
        if wrong or at is None or on is None:
            await say(interaction, [wrong or ""])
            return
        wished = Schedule(
            id=0,
            key="",
            guild_id=channel.guild.id,
            channel_id=channel.id,
            story=called[0].name if called else None,
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
        going = rescheduled(wished, now)
        kept = await self.ledger.put_schedule(going)
        first_is_taken = kept.next_at != going.next_at
        lacking = missing(channel, threaded=thread)
        notes = [POSTED_ALREADY] if first_is_taken else []
        notes += [f"**Missing in the channel: {missing_words(lacking)}.** See /briefing check."] if lacking else []
        after = going.next_at if first_is_taken and going.next_at else now
        await say(interaction, words.scheduled(kept, after, notes))
        self.heartbeat.hasten()

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
            member = escaped(interaction.user.display_name)
            await self.ledger.pause(chosen.id, f"{member} paused it. /briefing resume goes on.")
            await say(interaction, [f"Paused. {words.told_of(chosen)}", "/briefing resume goes on with it."])

    @app_commands.command(description="Go on with a paused schedule")
    @app_commands.describe(schedule=WHICH)
    async def resume(self, interaction: Interaction, schedule: str | None = None) -> None:
        if chosen := await self._chosen(interaction, schedule):
            going = await self.ledger.resume(chosen.id, self.bot.clock())
            await say(interaction, words.scheduled(going or chosen, self.bot.clock()))
            self.heartbeat.hasten()

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
        if (story and not schedule) or not await self.ledger.schedules_of(guild_id(interaction)):
            await self.bot.reply(interaction, asking("briefing now", story), private=False)
        elif chosen := await self._chosen(interaction, schedule):
            await interaction.response.defer(ephemeral=True, thinking=True)
            now = self.bot.clock()
            day, occasion = now.astimezone(ZoneInfo(chosen.zone)).date(), str(interaction.id)
            await self.ledger.ask_for(chosen, day, occasion, now)
            await self.courier.at_once(occasion)
            self.heartbeat.hasten()
            made = await self.ledger.asked_for(occasion)
            await say(interaction, [words.delivered(made, chosen)] if made else ["The schedule was removed meanwhile."])

    @app_commands.command(description="See, alone, what a channel would get now")
    @app_commands.describe(schedule=WHICH, story="Without a schedule: which story")
    @app_commands.autocomplete(story=completion("story"))
    async def preview(self, interaction: Interaction, schedule: str | None = None, story: str | None = None) -> None:
        if (story and not schedule) or not await self.ledger.schedules_of(guild_id(interaction)):
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
        lacking: dict[int, list[str]] = {}
        for schedule in schedules:
            assert interaction.guild is not None
            found = await self.channels.missing_for(schedule, interaction.guild)
            lacking[schedule.channel_id] = sorted({*lacking.get(schedule.channel_id, []), *found})
        if not schedules and isinstance(interaction.channel, Place):
            lacking[interaction.channel.id] = missing(interaction.channel)
        await say(interaction, words.checked(lacking))

    @app_commands.command(description="Remove everything that is kept about this server; asks first")
    async def forget(self, interaction: Interaction) -> None:
        count = len(await self.ledger.schedules_of(guild_id(interaction)))
        if count:
            view = daily_forget.question(count, interaction.user.id)
            await interaction.response.send_message(view=view, ephemeral=True)
        else:
            await say(interaction, [daily_forget.NOTHING])

    async def _chosen(self, interaction: Interaction, typed: str | None) -> Schedule | None:
        """The schedule that is meant; else the member is told why none is."""
        schedules = await self.ledger.schedules_of(guild_id(interaction))
        found = [one for one in schedules if typed is None or typed == str(one.id)]
        if len(found) == 1:
            return found[0]
        await say(interaction, [not_chosen(schedules, typed)])
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
