"""How a delivery is tried: how soon, how often and how long, under which nonce, and by which mark it is found again.

Like `bot.daily`, decisions without a clock, a database or a network.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from datetime import date, datetime, timedelta

from bot.schedule import Timing

LONGEST_QUEUE = timedelta(minutes=1)
"""No process lets more requests wait for their turn than go out in this time."""


def next_slot(free: datetime, now: datetime, timing: Timing) -> tuple[datetime, datetime]:
    """When the next request may be sent, and when the one after it.

    Args:
        free: What this said last. One that is further off than any queue can be comes from a clock that was set back.
    """
    at = now if free - now > LONGEST_QUEUE else max(free, now)
    return at, at + timedelta(seconds=1 / timing.rate)


def pause_before(attempts: int, timing: Timing) -> timedelta:
    """How long to wait after so many tries."""
    doublings = min(max(attempts - 1, 0), 10)
    return min(timing.retry * (1 << doublings), timing.retry_most)


def may_resend(attempted_at: datetime | None, now: datetime, timing: Timing) -> timedelta | None:
    """How long a try that starts now may take, or None if the channel has to be read first.

    `attempted_at` is when the first unanswered try began; its message, if it was stored, was stored later, so the
    nonce still covers it until the window after that instant has passed.
    """
    if attempted_at is None:
        return timing.attempt
    left = attempted_at + timing.nonce_window - now
    return min(timing.attempt, left) if left > timing.nonce_window / 10 else None


def nonce(guild_id: int, schedule_key: str, day: date, occasion: str = "", part: int = 0) -> str:
    """25 characters (Discord's limit) that are the same whoever works them out, and whenever."""
    name = f"{guild_id}/{schedule_key}/{day.isoformat()}/{occasion}/{part}"
    return "b" + b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()[:24]


def short_id(of_nonce: str) -> str:
    """Ten characters to find a briefing by in its channel."""
    return of_nonce[1:11]


def mark(story: str, day: date, of_nonce: str) -> str:
    """The small line at a briefing's foot; `short_id` in it says which delivery this is."""
    return f"{story} · {day.isoformat()} · {short_id(of_nonce)}"
