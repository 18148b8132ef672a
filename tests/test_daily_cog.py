"""/briefing on a simulated server: its commands, its posts, and a clock that the test moves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial

import discord
import pytest
import sqlalchemy as sa
from newsroom import harbour

from bot.card_view import TEXT
from bot.client import UNSEEN, BriefingBot
from bot.daily_cog import DailyCog
from bot.ledger import Ledger
from bot.schedule import Schedule, Timing
from briefing.card import Question
from briefing.index import Progress

DAY = 86_400
CALM = Timing(heartbeat=timedelta(hours=3))  # so that few beats pass in a simulated day; what is due is still on time
NEWS = """---
title: Levy is agreed
outlet: The Courier
published: 2031-03-20
---
“The levy is fair,” said Tom Bell. Tom Bell backs the levy now.
"""


@pytest.fixture
def room(tmp_path):
    return harbour(tmp_path)


class Server:
    """A server with a channel, a moderator and a member."""

    def __init__(self, env, bot):
        self.env, self.bot = env, bot
        self.guild = env.create_guild("Newsroom")
        self.news = self.guild.create_text_channel("news")
        manages = self.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        self.editor = self.guild.add_member(env.create_user("editor"), roles=[manages])
        self.reader = self.guild.add_member(env.create_user("reader"))

    @property
    def cog(self):
        return self.bot.get_cog("DailyCog")

    async def ask(self, name, member=None, **options):
        """The text of a command's answer, which only its asker sees."""
        result = await (member or self.editor).slash(self.news, f"briefing {name}", **options)
        answers = [*([result.response] if result.response else []), *result.followups]
        assert all(answer.ephemeral for answer in answers)
        return "\n".join(text_of(answer.components) for answer in answers)

    async def schedule(self, **options):
        wish = {"channel": self.news, "time": "7:00", "timezone": "Europe/Berlin"} | options
        return await self.ask("schedule", **wish)

    async def forget(self, member=None):
        """Asks to forget and presses the button; the question and what became of the message."""
        asked = await self.editor.slash(self.news, "briefing forget")
        question = text_of(asked.response.components)
        pressed = await (member or self.editor).click(asked.response, label="Forget")
        return question, text_of(pressed.response.components) or pressed.response.content

    def posts(self, channel=None):
        own = (m for m in (channel or self.news).history() if m.author.id == self.bot.user.id)
        return [message for message in own if message.type is discord.MessageType.default]


def briefing_bot(room, tmp_path):
    return BriefingBot(room.index(), [partial(DailyCog, data_dir=tmp_path, timing=CALM)])


@pytest.fixture
def simcord_bot(room, tmp_path):
    return briefing_bot(room, tmp_path)


@pytest.fixture
async def server(simcord_env, simcord_bot):
    server = Server(simcord_env, simcord_bot)
    yield server
    await server.cog.cog_unload()  # simcord cancels a bot's tasks without closing it


def text_of(components):
    """All texts of a message's components, as the API has them or as discord.py gives them."""
    found = []
    for part in components:
        raw = part if isinstance(part, dict) else part.to_dict()
        if raw["type"] == 10:
            found.append(raw["content"])
        found.append(text_of(raw.get("components") or []))
    return "\n".join(filter(None, found))


async def test_scheduling_answers_with_the_next_three_runs_as_timestamps(server):
    told = await server.schedule()

    runs = re.findall(r"<t:(\d+):F>", told)
    hours = [datetime.fromtimestamp(int(run), UTC).isoformat() for run in runs]
    assert hours == [f"2026-01-0{day}T06:00:00+00:00" for day in (1, 2, 3)]
    assert "Daylight" not in told


async def test_a_city_and_a_named_time_are_understood(server):
    told = await server.schedule(time="noon", timezone="berlin")

    assert "every day at 12:00 Europe/Berlin\nNext, in your own time:" in told


async def test_it_says_when_daylight_saving_touches_a_run(server):
    server.env.backend.clock.advance((datetime(2026, 3, 27, 12, tzinfo=UTC) - server.env.now()).total_seconds())

    assert "the clocks skip 02:30; the briefing comes at 03:00" in await server.schedule(time="02:30")
    assert "the clocks change before 29 March" in await server.schedule(time="7 am")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"time": "soon"}, "is no time of day"),
        ({"timezone": "Mars"}, "is no time zone"),
        ({"days": "someday"}, "are no days"),
        ({"story": "no such"}, "There is no story called"),
    ],
)
async def test_what_cannot_be_scheduled_is_said_and_not_kept(server, options, told):
    assert told in await server.schedule(**options)
    assert "Nothing is scheduled" in await server.ask("list")


async def test_the_day_brings_one_post_with_its_mark_and_the_next_day_one_line(server):
    await server.schedule(story="harbour")

    await server.env.advance_time(DAY)
    [post] = server.posts()
    assert "Council splits over the harbour" in text_of(post.components)
    assert re.search(r"-# harbour · 2026-01-01 · [a-z2-7]{10}$", text_of(post.components))
    await server.env.advance_time(DAY)

    assert "nothing new since the last briefing" in text_of(server.posts()[1].components)
    assert len(server.posts()) == 2


async def test_scheduling_again_after_todays_promises_tomorrows(server):
    await server.schedule(timezone="UTC")
    await server.env.advance_time(DAY / 2)

    told = await server.schedule(time="18:00", timezone="UTC")

    assert "Today's has been posted already" in told
    assert datetime.fromtimestamp(int(re.findall(r"<t:(\d+):F>", told)[0]), UTC) == datetime(2026, 1, 2, 18, tzinfo=UTC)
    await server.env.advance_time(1.5 * DAY)
    assert len(server.posts()) == 2


async def test_scheduling_again_after_todays_failed_brings_it_today(server):
    await server.schedule(timezone="UTC")
    await deny(server, send_messages=False)
    await server.env.advance_time(DAY / 2)
    await deny(server, send_messages=True)

    await server.schedule(time="18:00", timezone="UTC")
    await server.env.advance_time(DAY / 2)

    assert len(server.posts()) == 1


async def test_silence_was_chosen_for_days_without_news(server):
    await server.schedule(**{"when-nothing-new": "skip"})

    await server.env.advance_time(3 * DAY)

    assert len(server.posts()) == 1
    assert "skipped. Nothing new" in await server.ask("status")


async def test_only_what_is_new_is_told(server, room):
    await server.schedule()
    await server.env.advance_time(DAY)
    room.write("harbour/3-levy.txt", NEWS)
    room.refresh()

    await server.env.advance_time(DAY)

    told = text_of(server.posts()[1].components)
    assert "Levy is agreed" in told
    assert "Council splits" not in told


async def restarted(server, room, tmp_path):
    """The server with the bot started anew."""
    again = briefing_bot(room, tmp_path)
    await server.cog.cog_unload()
    await server.env.restart_bot(again)
    server.bot = again


async def test_a_restart_repeats_nothing_and_the_buttons_go_on_working(server, room, tmp_path):
    await server.schedule()
    await server.env.advance_time(DAY)

    await restarted(server, room, tmp_path)
    await server.env.advance_time(60)

    [post] = server.posts()
    pager = [c for c in all_components(post.components) if str(c.get("custom_id", "")).startswith("turn")]
    if pager:
        await server.reader.click(post, custom_id=pager[-1]["custom_id"])
    card = await server.bot.answer(Question("briefing show", (("delivery", "1"),)))
    assert card.entries


def all_components(components):
    for part in components:
        raw = part if isinstance(part, dict) else part.to_dict()
        yield raw
        yield from all_components(raw.get("components") or [])


async def test_the_buttons_of_a_forgotten_briefing_say_so(server):
    await server.schedule()
    await server.env.advance_time(DAY)
    await server.forget()

    card = await server.bot.answer(Question("briefing show", (("delivery", "1"),)))

    assert card.title == "This briefing is no longer kept"


async def test_pausing_stops_and_resuming_goes_on_without_what_was_missed(server):
    await server.schedule()
    assert "Paused" in await server.ask("pause")
    await server.env.advance_time(2 * DAY)
    assert server.posts() == []
    assert "editor paused it" in await server.ask("list")

    await server.ask("resume")
    await server.env.advance_time(DAY)

    assert len(server.posts()) == 1


async def test_names_are_shown_as_they_stand_wherever_they_come_from(server, room):
    room.write("[free](http/x.txt", NEWS)
    room.refresh()
    role = server.guild.create_role("**Loud** [x](https://e.vil)")
    moderator = server.guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    evil = server.guild.add_member(server.env.create_user("x"), roles=[moderator], nick="[nitro](https://e.vil) # x")
    await deny(server, mention_everyone=False)
    refused = await server.schedule(mention=role)
    await server.schedule()
    await server.ask("pause", member=evil)
    await server.schedule(story="[free](http")

    assert r"\*\*Loud\*\* \[x\](https\://e.vil)" in refused
    listed = await server.ask("list")
    assert r"\[nitro\](https\://e.vil) # x paused it" in listed
    assert r"\[free\](http" in listed


async def test_removing_ends_it(server):
    await server.schedule()

    assert "Removed" in await server.ask("remove")
    await server.env.advance_time(DAY)

    assert server.posts() == []


async def test_of_several_schedules_one_is_chosen_by_a_completed_name(server):
    other = server.guild.create_text_channel("other")
    await server.schedule()
    await server.schedule(channel=other, time="8:30")

    assert "choose which" in await server.ask("pause")
    offered = await server.editor.autocomplete(server.news, "briefing pause", "schedule", "other")
    assert [choice["name"] for choice in offered] == ["#other · 08:30 Europe/Berlin · newest story"]
    await server.ask("pause", schedule=offered[0]["value"])

    kept = await server.cog.ledger.schedules_of(server.guild.id)
    assert [schedule.channel_id for schedule in kept if schedule.paused] == [other.id]


async def test_a_schedule_that_is_typed_and_is_none_is_said_to_be_none(server):
    await server.schedule()

    assert "There is no schedule “news”" in await server.ask("pause", schedule="news")


async def test_zones_times_days_and_stories_complete(server):
    async def offered(option, typed):
        found = await server.editor.autocomplete(server.news, "briefing schedule", option, typed)
        assert len(found) <= 25
        assert all(len(choice["name"]) <= 100 for choice in found)
        return [choice["value"] for choice in found]

    assert await offered("timezone", "berl") == ["Europe/Berlin"]
    assert (await offered("time", "7"))[0] == "07:00"
    assert (await offered("days", "week"))[0] == "weekdays"
    assert (await offered("days", "Wee"))[0] == "weekdays"
    assert (await offered("days", "mon "))[0] == "mon "
    assert await offered("days", "mon " * 30) == []
    assert " " not in await offered("days", " ")
    assert await offered("story", "har") == ["harbour"]


async def test_now_posts_at_once_and_the_day_later_tells_only_the_rest(server):
    await server.schedule()

    told = await server.ask("now")
    await server.env.advance_time(DAY)

    first, second = server.posts()
    assert f"{server.news.id}/{first.id}" in told
    assert "nothing new" in text_of(second.components)


async def test_now_without_a_schedule_answers_in_the_channel(server):
    result = await server.editor.slash(server.news, "briefing now", story="harbour")

    assert not result.response.ephemeral
    assert "Council splits" in text_of(result.response.components)


async def test_a_story_is_told_of_beside_a_schedule_of_another(server, room):
    room.write("old-tunnel/1.txt", NEWS.replace("2031-03-20", "2025-12-30"))
    room.refresh()
    await server.schedule(story="harbour")

    result = await server.editor.slash(server.news, "briefing now", story="old-tunnel")

    assert text_of(result.response.components).startswith("## Old tunnel")


@pytest.mark.parametrize("typed", ["old tunnel", "Old Tunnel", "old-tunnel"])
async def test_a_story_is_scheduled_by_its_title(server, room, typed):
    room.write("old-tunnel/1.txt", NEWS)
    room.refresh()

    assert ": Old tunnel, every day" in await server.schedule(story=typed)


async def test_a_preview_is_private_and_leaves_no_trace(server):
    await server.schedule()

    told = await server.ask("preview")
    await server.env.advance_time(DAY)

    assert "Council splits" in told
    assert "Council splits" in text_of(server.posts()[0].components)


async def test_status_tells_what_was_sent_with_a_link_and_what_was_missed(server):
    await server.schedule()
    assert "Nothing was due yet" in await server.ask("status")
    await server.env.advance_time(DAY)

    told = await server.ask("status")

    assert "sent" in told
    assert f"/{server.news.id}/{server.posts()[0].id}" in told


async def test_a_lost_permission_pauses_with_its_reason_and_tells_the_moderator(server):
    await server.schedule()
    await deny(server, send_messages=False)

    await server.env.advance_time(DAY)

    assert "Send Messages" in await server.ask("list")
    assert "failed" in await server.ask("status")
    [letter] = server.editor.user.dm_channel.history()
    assert "Send Messages" in letter.content


async def deny(server, **permissions):
    """Takes permissions from the bot in the channel, as a moderator does."""
    channel = server.bot.get_channel(server.news.id)
    await channel.set_permissions(channel.guild.me, **permissions)
    await server.env.settle()


async def test_check_lists_what_is_missing_channel_by_channel(server):
    await server.schedule(thread=True)
    assert "all permissions are there" in await server.ask("check")
    await deny(server, read_message_history=False, create_public_threads=False)

    told = await server.ask("check")

    assert "**Read Message History**, to make sure that no briefing is posted twice" in told
    assert "**Create Public Threads**" in told


async def test_check_where_nothing_is_scheduled_looks_at_the_channel_that_it_is_asked_in(server):
    assert "all permissions are there" in await server.ask("check")

    server.news = server.guild.create_voice_channel("talk")

    assert "Ask in a text channel or a thread" in await server.ask("check")


async def test_a_deleted_channel_pauses_its_schedule(server):
    doomed = server.guild.create_text_channel("doomed")
    await server.schedule(channel=doomed)

    await server.bot.get_channel(doomed.id).delete()
    await server.env.settle()

    assert "no longer exists" in await server.ask("list")


async def test_a_role_is_mentioned_only_if_it_was_asked_for_and_may_be(server):
    quiet = server.guild.create_role("Quiet")
    loud = server.guild.create_role("Loud", mentionable=True)

    await deny(server, mention_everyone=False)
    assert "may not mention Quiet" in await server.schedule(mention=quiet)
    await server.schedule(mention=loud)
    await server.env.advance_time(DAY)

    [post] = server.posts()
    assert text_of(post.components).startswith(f"<@&{loud.id}>\n## ")
    request = [r for r in server.env.http_requests if r.method == "POST" and r.path.endswith("/messages")][-1]
    assert request.json["allowed_mentions"]["roles"] == [loud.id]
    assert "everyone" not in request.json["allowed_mentions"]["parse"]


async def test_a_plain_member_does_not_see_the_commands(server):
    with pytest.raises(Exception, match="default-member-permissions"):
        await server.ask("list", member=server.reader)


async def test_leaving_a_server_pauses_and_forget_removes(server):
    await server.schedule()

    await server.cog.on_guild_remove(server.bot.get_guild(server.guild.id))
    assert "no longer in the server" in await server.ask("list")

    question, told = await server.forget()
    assert question.startswith("Forget 1 schedule, with all deliveries")
    assert told.startswith("Forgotten: 1 schedule, with all deliveries")
    assert "Nothing is scheduled" in await server.ask("list")
    assert await server.ask("forget") == "Nothing is kept about this server."


async def test_nothing_is_forgotten_before_the_button_is_pressed(server):
    await server.schedule()

    await server.ask("forget")

    assert "every day at 07:00" in await server.ask("list")


async def test_a_button_to_forget_is_that_moderators_alone(server):
    from bot.daily_forget import NOT_YOURS, question

    await server.schedule()
    channel = server.bot.get_channel(server.news.id)
    await channel.send(view=question(1, server.editor.id))

    pressed = await server.reader.click(server.news.last_message, label="Forget")

    assert pressed.response.content == NOT_YOURS
    assert "every day at 07:00" in await server.ask("list")


async def test_a_server_that_came_back_unnoticed_keeps_its_schedules(server):
    await server.schedule()
    await server.cog.ledger.left(server.guild.id, server.env.now() - timedelta(days=31), "removed")
    await server.ask("resume")

    await server.env.advance_time(DAY)

    assert len(server.posts()) == 1
    assert await server.cog.ledger.departed() == frozenset()


async def test_a_server_that_was_left_unnoticed_has_its_schedules_paused(server):
    kept = await server.cog.ledger.put_schedule(Schedule(0, "", 5, 6, None, time(7), "UTC", server.env.now()))

    await server.env.advance_time(DAY)

    assert "no longer in the server" in (await server.cog.ledger.schedule(kept.id)).paused


async def test_answers_stay_within_discords_text_limit(server):
    for number in range(25):
        channel = server.guild.create_text_channel(f"channel-with-a-long-name-{number}")
        await server.schedule(channel=channel, timezone="America/Argentina/ComodRivadavia", days="mon-sat")

    told = await server.ask("list")

    assert len(told) <= TEXT
    assert "can have 25 schedules" in await server.schedule()
    assert "Scheduled" in await server.schedule(channel=channel, time="9:00")


async def test_in_a_terminal_the_preview_is_answered_and_nothing_is_opened(room, tmp_path):
    bot = BriefingBot(room.index(), [partial(DailyCog, data_dir=tmp_path / "none")])
    await bot.load_cogs()

    card = await bot.answer(Question("briefing preview", (("story", "harbour"),)))

    assert card.entries
    assert not (tmp_path / "none").exists()
    with pytest.raises(LookupError):
        await bot.answer(Question("briefing schedule"))
    await bot.close()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"story": "harb"}, "Harbour: briefing of"),
        ({"story": "harbuor"}, "No story called “harbuor” in the articles"),
        ({"schedule": "harbour"}, "There is no schedule “harbour”"),
    ],
)
async def test_in_a_terminal_a_briefings_story_is_found_as_in_every_answer(room, options, told):
    bot = BriefingBot(room.index(), [partial(DailyCog, data_dir=None)])
    await bot.load_cogs()

    card = await bot.answer(Question("briefing preview", tuple(options.items())))

    assert card.title.startswith(told)
    await bot.close()


async def test_the_pages_of_a_briefing_go_into_its_thread_if_that_was_chosen(server, room):
    many_articles(room)
    await server.schedule(thread=True, length="long")

    await server.env.advance_time(DAY)

    [post] = server.posts()
    [thread] = server.news.threads
    pages = server.posts(thread)
    assert thread.id == post.id
    assert "More in the thread below" in text_of(post.components)
    assert len(pages) >= 1
    assert len({text_of(page.components).splitlines()[-1] for page in [post, *pages]}) == 1 + len(pages)
    assert not any(str(part.get("custom_id", "")).startswith("turn") for part in all_components(post.components))


async def turn(server, post, label):
    """What the post shows after a press of its "Back" or "Next"."""
    await server.reader.click(post, label=label)
    return text_of(server.posts()[0].components)


async def test_whoever_turns_a_posts_pages_leaves_its_mark_and_its_lateness(server, room, tmp_path):
    many_articles(room)
    await server.schedule(length="long")
    await server.cog.cog_unload()
    server.env.backend.clock.advance(9 * 3600)
    again = briefing_bot(room, tmp_path)
    await server.env.restart_bot(again)
    server.bot = again
    await server.env.advance_time(60)
    [post] = server.posts()
    first = text_of(post.components)

    second = await turn(server, post, "Next ›")

    assert second != first
    assert second.splitlines()[-2:] == first.splitlines()[-2:]
    assert "This briefing is late by 3 h" in second
    assert await turn(server, post, "‹ Back") == first


async def test_a_post_of_the_newest_story_is_still_of_that_story_when_another_is_newer(server, room):
    many_articles(room)
    await server.schedule(length="long")
    await server.env.advance_time(DAY)
    [post] = server.posts()
    room.write("tunnel/1.txt", NEWS.replace("2031-03-20", "2031-04-20"))
    room.refresh()

    assert (await turn(server, post, "Next ›")).startswith("## Harbour: briefing of 1 Jan 2026\n")


async def test_the_newest_story_is_none_of_the_days_to_come(server, room):
    room.write("tunnel/1.txt", NEWS.replace("2031-03-20", "2025-12-30"))
    room.refresh()
    assert (await server.ask("preview")).startswith("## Tunnel")
    await server.schedule()
    assert (await server.ask("preview")).startswith("## Tunnel")

    await server.env.advance_time(DAY)

    assert text_of(server.posts()[0].components).startswith("## Tunnel: briefing of 1 Jan 2026\n")


async def test_a_post_whose_articles_are_gone_keeps_its_mark(server, room):
    many_articles(room)
    await server.schedule(length="long")
    await server.env.advance_time(DAY)
    [post] = server.posts()
    mark = text_of(post.components).splitlines()[-1].split()[-1]
    for path in (room.seeds / "harbour").iterdir():
        path.unlink()
    room.refresh()

    told = await turn(server, post, "Next ›")

    assert "no longer there" in told
    assert told.endswith(mark)


def many_articles(room):
    """So many that a briefing has pages."""
    for number in range(12):
        room.write(f"harbour/9-{number}.txt", NEWS.replace("Levy is agreed", f"Levy {number} is agreed"))
    room.refresh()


async def test_a_late_briefing_says_so(server, room, tmp_path):
    await server.schedule()
    await server.cog.cog_unload()
    server.env.backend.clock.advance(9 * 3600)  # nothing runs meanwhile
    again = briefing_bot(room, tmp_path)
    await server.env.restart_bot(again)
    server.bot = again
    await server.env.advance_time(60)

    [post] = server.posts()
    assert "This briefing is late by 3 h" in text_of(post.components)
    assert ", late," in await server.ask("status")


async def test_a_database_that_fails_once_at_the_start_stops_nothing(server, room, tmp_path, monkeypatch):
    await server.schedule()
    guilds = Ledger.guilds
    errors = [sa.exc.OperationalError("select", {}, Exception("the server closed the connection"))]

    async def failing_once(ledger):
        if errors:
            raise errors.pop()
        return await guilds(ledger)

    monkeypatch.setattr(Ledger, "guilds", failing_once)
    await restarted(server, room, tmp_path)

    await server.env.advance_time(DAY)

    assert errors == []
    assert len(server.posts()) == 1


async def test_a_schedule_whose_hour_is_near_wakes_the_heart(server):
    await server.env.advance_time(60)

    await server.schedule(time="0:30", timezone="UTC")
    await server.env.advance_time(3600)

    assert len(server.posts()) == 1


def set_wall_clock(server, monkeypatch, days):
    """Sets the machine's clock; the time that passes is another."""
    now = server.env.now
    monkeypatch.setattr(server.env, "now", lambda: now() + timedelta(days=days))


async def test_a_wall_clock_that_is_set_back_does_not_stop_the_heart(server, monkeypatch):
    await server.schedule()
    await server.env.advance_time(DAY)
    set_wall_clock(server, monkeypatch, days=-20)

    await server.env.advance_time(2 * DAY)

    assert len(server.posts()) == 3


async def test_a_wall_clock_that_is_set_ahead_does_not_hurry_the_heart(server, monkeypatch):
    beats = []
    tidy = server.cog.heartbeat._tidy

    async def counted():
        beats.append(server.env.now())
        await tidy()

    monkeypatch.setattr(server.cog.heartbeat, "_tidy", counted)
    set_wall_clock(server, monkeypatch, days=20)

    await server.env.advance_time(DAY)

    assert len(beats) == timedelta(days=1) / CALM.heartbeat


async def test_an_archived_thread_is_opened_for_its_briefing(server):
    parent = server.bot.get_channel(server.news.id)
    thread = await parent.create_thread(name="desk", type=discord.ChannelType.public_thread)
    await server.env.settle()
    [handle] = server.news.threads
    await server.schedule(channel=handle)
    await thread.edit(archived=True)

    await server.env.advance_time(DAY)

    assert "sent" in await server.ask("status")
    assert len(server.posts(handle)) == 1


@pytest.mark.simcord(check_errors=False)
async def test_a_channel_that_the_bot_cannot_see_is_said_to_be_unseen(server):
    parent = server.bot.get_channel(server.news.id)
    thread = await parent.create_thread(name="desk", type=discord.ChannelType.public_thread)
    await server.env.settle()
    [handle] = server.news.threads
    await thread.edit(archived=True)
    await server.env.settle()

    result = await server.editor.slash(
        server.news, "briefing schedule", channel=handle, time="7:00", timezone="Europe/Berlin"
    )

    assert result.response.content == UNSEEN
    assert result.response.ephemeral


async def test_a_server_that_is_not_available_is_waited_for(server):
    await server.schedule()
    guild = server.bot.get_guild(server.guild.id)
    guild.unavailable = True
    await server.env.advance_time(7 * 3600)
    assert "under way. Discord says that the server is not available" in await server.ask("status")

    guild.unavailable = False
    await server.env.advance_time(DAY / 2)

    assert len(server.posts()) == 1


async def test_while_there_are_no_articles_it_is_tried_again(server, room):
    kept = {path: path.read_text() for path in (room.seeds / "harbour").iterdir()}
    await server.schedule(story="harbour")
    for path in kept:
        path.unlink()
    room.refresh()
    await server.env.advance_time(7 * 3600)
    assert "There are no articles of this story" in await server.ask("status")

    for path, text in kept.items():
        path.write_text(text)
    room.refresh()
    await server.env.advance_time(3600)

    assert len(server.posts()) == 1


async def test_articles_that_are_still_being_read_are_waited_for_ten_minutes(server, monkeypatch):
    await server.schedule()
    monkeypatch.setattr(type(server.bot.index), "progress", lambda _: Progress(1, 9, running=True, started=True))
    await server.env.advance_time(6 * 3600 + 300)
    assert "still being read" in await server.ask("status")
    assert server.posts() == []

    await server.env.advance_time(900)

    assert len(server.posts()) == 1


async def test_a_briefing_that_cannot_be_written_holds_up_no_other(server, monkeypatch):
    other = server.guild.create_text_channel("other")
    await server.schedule()
    await server.schedule(channel=other)
    written = server.cog.courier._compose

    def broken(claim, *rest):
        if claim.schedule.channel_id == server.news.id:
            raise RuntimeError("a fault of ours")
        return written(claim, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(server.cog.courier, "_compose", broken)
        await server.env.advance_time(7 * 3600)
        assert (len(server.posts()), len(server.posts(other))) == (0, 1)
    await server.env.advance_time(3600)

    assert len(server.posts()) == 1


async def test_a_channel_that_takes_no_messages_pauses_with_its_reason(server):
    await server.schedule()
    forum = server.guild.create_forum_channel("forum")
    [kept] = await server.cog.ledger.schedules_of(server.guild.id)
    await server.cog.ledger.remove(kept.id)
    await server.cog.ledger.put_schedule(replace(kept, channel_id=forum.id))

    await server.env.advance_time(DAY)

    assert "takes no plain messages" in await server.ask("list")
