"""What a moderator types into the options of `/briefing schedule`: what completes it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot import daily_words as words
from bot.channels import Place, may_mention
from bot.daily_typed import days_of, is_zone, time_of, zones_like
from bot.markdown import escaped
from bot.schedule import Schedule
from briefing.typed_names import CHOICE

DAYS = ("every day", "weekdays", "weekends", "mon wed fri", "tue thu", "mon", "fri", "sat", "sun")


def completions(option: str, typed: str, now: datetime) -> list[tuple[str, str]]:
    """What an option can become, each as it is shown and as it is sent."""
    match option:
        case "timezone":
            return [(words.zone_named(name, now), name) for name in zones_like(typed)]
        case "time":
            return [(time, time) for time in times_like(typed)]
        case "days":
            whole = [typed] if typed.strip() and len(typed) <= CHOICE and days_of(typed) else []
            return [(days, days) for days in dict.fromkeys([*whole, *DAYS]) if typed.lower() in days.lower()]
    return []


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
            f"The bot may not mention {escaped(mention.name)}. Make the role mentionable by anyone, or give the bot"
            " Mention Everyone there. @everyone itself is never mentioned."
        )
    return None


def not_chosen(schedules: Sequence[Schedule], typed: str | None) -> str:
    """Why none of a server's schedules is the one that is meant, and what to do."""
    if not schedules:
        return words.NONE_YET
    if typed is not None:
        return f"There is no schedule “{shown(typed)}”. Choose one of those that appear, or see /briefing list."
    return "There is more than one schedule; choose which. /briefing list shows them."


def shown(typed: str) -> str:
    """What a member typed, repeated to them."""
    return escaped(typed[:80])


def times_like(typed: str) -> list[str]:
    """Times of day that fit what is typed."""
    exact = time_of(typed)
    hours = [f"{hour:02}:{minute:02}" for hour in (*range(6, 24), *range(6)) for minute in (0, 30)]
    fitting = [time for time in hours if typed in time]
    return list(dict.fromkeys([*([f"{exact:%H:%M}"] if exact else []), *fitting]))[:25]
