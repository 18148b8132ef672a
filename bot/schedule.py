"""A channel's wish to be briefed, its deliveries, and how these are timed: what the daily briefing deals in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

WhenQuiet = Literal["post", "skip"]
"""What a channel wants on a day without news: one line, or silence."""

State = Literal["planned", "claimed", "sent", "skipped", "failed", "uncertain"]

EVERY_DAY = frozenset(range(7))

MISSED = "Missed: the bot was not running, and it was too late to catch up."

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for the time of an unanswered try that is no longer known."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How the deliveries are timed; tests shorten them.

    Attributes:
        heartbeat: The longest pause between two looks at the table; the table's next instant shortens it.
        lease: How long a claim is its holder's alone. Longer than `attempt`.
        attempt: How long one try at sending may take before it is given up as unanswered.
        nonce_window: How long after the first try the same nonce is trusted not to make a second message. Discord
            documents "the past few minutes" (resources/message, `enforce_nonce`); two are counted on.
        retry: The pause before another try, doubled each time up to `retry_most`.
        catch_up: How long after its instant a run is still owed.
        late_after: From how much delay on a post says that it is late.
        rate: Requests a second, over all processes on one database. Discord's global limit is 50.
        batch: How many deliveries a process claims at once.
        leave_after: How long after the bot has left a server its data is kept.
    """

    heartbeat: timedelta = timedelta(seconds=15)
    lease: timedelta = timedelta(seconds=60)
    attempt: timedelta = timedelta(seconds=45)
    nonce_window: timedelta = timedelta(seconds=120)
    retry: timedelta = timedelta(seconds=15)
    retry_most: timedelta = timedelta(minutes=15)
    catch_up: timedelta = timedelta(hours=6)
    late_after: timedelta = timedelta(minutes=10)
    rate: float = 35.0
    batch: int = 20
    leave_after: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Schedule:
    """One channel's wish to be briefed.

    Attributes:
        key: Random; with the server and the date it makes the nonces, so that no later schedule can repeat one.
        story: The story's name, or None for whichever has the newest articles.
        at: Wall-clock time in `zone`, to the minute.
        days: Weekdays on which to post, Monday is 0.
        mention: The role to mention, or None.
        threaded: Whether everything after the first view goes into a thread.
        created_by: The member to tell when something is wrong.
        since: Runs at or before this instant are not owed (it was made, or resumed, then).
        next_at: The next run's instant as last worked out; None while paused.
        paused: Why it is paused, or None.
    """

    id: int
    key: str
    guild_id: int
    channel_id: int
    story: str | None
    at: time
    zone: str
    since: datetime
    days: frozenset[int] = EVERY_DAY
    length: str | None = None
    mention: int | None = None
    when_quiet: WhenQuiet = "post"
    threaded: bool = False
    created_by: int = 0
    next_at: datetime | None = None
    paused: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the ledger.

    Attributes:
        local_date: The date of the run in the schedule's zone.
        occasion: "" for the daily run; for a briefing asked for by hand, the interaction's id.
        part: 0 is the briefing itself; 1 and on are its further pages in its thread, whose id is then `channel_id`.
        due_at: The run's instant.
        attempted_at: When the first try began whose answer is not known; None if nothing can have been stored.
        articles: What the message reports on, settled before the first try.
        days_missed: For a skipped row: how many runs it stands for, of which it is the last.
        reason: Why it is not sent, in words for a moderator.
    """

    id: int
    schedule_id: int
    guild_id: int
    channel_id: int
    local_date: date
    occasion: str
    part: int
    due_at: datetime
    state: State
    nonce: str
    attempts: int = 0
    attempted_at: datetime | None = None
    articles: tuple[str, ...] | None = None
    message_id: int | None = None
    sent_at: datetime | None = None
    late: bool = False
    days_missed: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that is its holder's alone until its lease runs out."""

    delivery: Delivery
    schedule: Schedule
    holder: str
