"""What a moderator reads about schedules and deliveries.

Times are Discord's own timestamps, which each reader sees in their own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import discord

from bot.daily import ClockChange, clock_changes, next_runs
from bot.daily_typed import days_in_words
from bot.markdown import escaped
from bot.permissions import WHY, permission_name
from bot.schedule import Delivery, Schedule
from briefing.brief.stories import story_title

NONE_YET = "Nothing is scheduled in this server. /briefing schedule starts a daily briefing."
TEXT = 3_800  # characters of one answer; Discord's limit is 4,000


def stamp(instant: datetime, style: str = "F") -> str:
    return discord.utils.format_dt(instant, style)  # type: ignore[arg-type]  # "F", "f" or "R"


def link(guild_id: int, channel_id: int, message_id: int) -> str:
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"


def told_of(schedule: Schedule) -> str:
    """A schedule on one line."""
    story = escaped(story_title(schedule.story)) if schedule.story else "the newest story"
    wishes = [
        f"<@&{schedule.mention}> mentioned" if schedule.mention else "",
        "in a thread" if schedule.threaded else "",
        "silent when nothing is new" if schedule.when_quiet == "skip" else "",
        schedule.length or "",
    ]
    when = f"{days_in_words(schedule.days)} at {schedule.at:%H:%M} {schedule.zone}"
    return f"<#{schedule.channel_id}>: {'; '.join([f'{story}, {when}', *filter(None, wishes)])}"


def named(schedule: Schedule, channel: str) -> str:
    """A schedule as a choice, at most 100 characters."""
    story = story_title(schedule.story) if schedule.story else "newest story"
    paused = " (paused)" if schedule.paused else ""
    return f"#{channel[:30]} · {schedule.at:%H:%M} {schedule.zone[:25]} · {story}"[: 100 - len(paused)] + paused


def zone_named(zone: str, now: datetime) -> str:
    """A time zone as a choice, with its time."""
    return f"{zone.replace('_', ' ')} · now {now.astimezone(ZoneInfo(zone)):%H:%M}"


def scheduled(schedule: Schedule, now: datetime, notes: Sequence[str] = ()) -> list[str]:
    """The answer to a new schedule: what was understood, the next three runs, and what to know."""
    runs = next_runs(schedule, now)
    return [
        f"Scheduled. {told_of(schedule)}",
        "Next, in your own time:",
        *(f"- {stamp(run.at)} ({stamp(run.at, 'R')})" for run in runs),
        *(clock_change(change, schedule) for change in clock_changes(schedule, now)),
        *notes,
    ]


def clock_change(change: ClockChange, schedule: Schedule) -> str:
    """How daylight saving touches a run."""
    day, at = f"{change.run.date.day} {change.run.date:%B}", f"{schedule.at:%H:%M}"
    match change.kind:
        case "gap":
            local = change.run.at.astimezone(ZoneInfo(schedule.zone))
            return f"-# Daylight saving: on {day} the clocks skip {at}; the briefing comes at {local:%H:%M}."
        case "fold":
            return f"-# Daylight saving: on {day} {at} comes twice; the briefing comes once, at the first."
        case "shift":
            return f"-# Daylight saving: the clocks change before {day}; the briefing stays at {at} local time."


def listed(schedules: Sequence[Schedule]) -> list[str]:
    if not schedules:
        return [NONE_YET]
    lines = []
    for schedule in schedules:
        lines.append(f"- {told_of(schedule)}")
        if schedule.paused:
            lines.append(f"  Paused: {schedule.paused}")
        elif schedule.next_at:
            lines.append(f"  Next, in your own time: {stamp(schedule.next_at)}")
    return lines


def delivered(delivery: Delivery, schedule: Schedule | None) -> str:
    """One delivery for `/briefing status`: due, sent at and where; or why not, and what to do."""
    channel = schedule.channel_id if schedule else delivery.channel_id
    asked = " (asked for)" if delivery.occasion else ""
    part = f" (page {delivery.part + 1}, in the thread)" if delivery.part else ""
    head = f"- <#{channel}> {stamp(delivery.due_at, 'f')}{asked}{part}: "
    if delivery.state == "sent" and delivery.message_id and delivery.sent_at:
        late = ", late" if delivery.late else ""
        where = link(delivery.guild_id, delivery.channel_id, delivery.message_id)
        return f"{head}sent {stamp(delivery.sent_at, 'R')}{late}, {where}"
    if delivery.state in ("planned", "claimed"):
        return f"{head}under way" + (f". {delivery.reason}" if delivery.reason else "")
    if delivery.days_missed > 1:
        return f"{head}skipped, with {delivery.days_missed - 1} before it. {delivery.reason}"
    return f"{head}{delivery.state}. {delivery.reason}"


def status(schedules: Sequence[Schedule], deliveries: Sequence[Delivery]) -> list[str]:
    if not deliveries:
        return [*listed(schedules), "", "Nothing was due yet."]
    by_id = {schedule.id: schedule for schedule in schedules}
    return [delivered(delivery, by_id.get(delivery.schedule_id)) for delivery in deliveries]


def checked(missing: Mapping[int, Sequence[str]]) -> list[str]:
    """The permissions that are missing, channel by channel.

    Args:
        missing: By channel id; no names: nothing is missing; `gone`: there is no such channel. Empty: nothing is
            scheduled, and what was looked at instead takes no briefing.
    """
    if not missing:
        return ["Nothing is scheduled in this server, and no briefing goes here. Ask in a text channel or a thread."]
    lines = []
    for channel_id, names in missing.items():
        if "gone" in names:
            lines.append(f"- <#{channel_id}>: no longer there. /briefing remove, or schedule another channel.")
        elif names:
            lines.append(f"- <#{channel_id}>: missing")
            lines += [f"  - **{permission_name(name)}**, {WHY[name]}" for name in names]
        else:
            lines.append(f"- <#{channel_id}>: all permissions are there.")
    return lines


def fitting(lines: Iterable[str], limit: int = TEXT) -> str:
    """As many whole lines as fit into one answer; the last says how many more there are."""
    lines = list(lines)
    for kept in range(len(lines), 0, -1):
        rest = [] if kept == len(lines) else [f"… and {len(lines) - kept} more lines."]
        text = "\n".join([*lines[:kept], *rest])
        if len(text) <= limit:
            return text
    return lines[0][:limit]


