"""When a channel's briefing is due: decisions without a clock, a database or a network.

A schedule is a wall-clock time in an IANA zone. Its run on a local date is one instant:

- where the clocks jump over that time (a gap), the first instant after the jump, be it past midnight;
- where that time comes twice (a fold), the first of the two;
- where the zone has no such date at all (a change over the date line), there is no run.

Within `Timing.catch_up` of its instant a missed run is still owed; of several, only the last one is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule import Schedule, Timing

FARTHEST_NEXT = timedelta(days=9)
"""A next run further ahead than a weekly schedule's can be was worked out by a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Run:
    """One date's run: `at` is an instant in UTC."""

    date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What a schedule owes at an instant.

    Attributes:
        run: The run to deliver now, if any.
        missed: How many earlier runs are given up.
        last_missed: The last of them.
        next: The run after all these.
    """

    run: Run | None
    missed: int
    last_missed: Run | None
    next: Run


def run_on(day: date, at: time, zone: ZoneInfo) -> Run | None:
    """The run of a local date, or None where the zone skips the whole date."""
    local = datetime.combine(day, at, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return Run(day, instant)
    instant = _first_instant_after_gap(local, zone)
    skips_whole_date = (instant - timedelta(seconds=1)).astimezone(zone).date() < day < instant.astimezone(zone).date()
    return None if skips_whole_date else Run(day, instant)


def _first_instant_after_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of the jump that a local time falls into.

    PEP 495: fold 0 reads such a time by the old offset, fold 1 by the new one; the jump lies between the two readings.
    """
    before = local.replace(fold=1).astimezone(UTC)
    after = local.replace(fold=0).astimezone(UTC)
    offset_after = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) // 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset_after:
            after = middle
        else:
            before = middle
    return after


def runs_after(schedule: Schedule, instant: datetime) -> Iterator[Run]:
    """The schedule's runs strictly after an instant, without end."""
    zone = ZoneInfo(schedule.zone)
    day = instant.astimezone(zone).date() - timedelta(days=1)
    while True:
        run = _run(schedule, day, zone)
        if run is not None and run.at > instant:
            yield run
        day += timedelta(days=1)


def next_run(schedule: Schedule, instant: datetime) -> Run:
    """The first run strictly after an instant."""
    return next(runs_after(schedule, instant))


def due(schedule: Schedule, now: datetime, timing: Timing) -> Due:
    """What is owed at `now`, given that everything before `next_at` has been dealt with.

    Raises ZoneInfoNotFoundError for a zone that this machine does not know, or no longer does.

    A `next_at` further off than any two runs of this schedule can be was worked out by a clock that has been set back
    since; it is worked out again, and the dates already dealt with are known to the ledger by their keys. A `since`
    that is still to come is by such a clock too, and holds nothing back.
    """
    following = next_run(schedule, now)
    start = schedule.next_at
    if start is None or start > now:
        return Due(None, 0, None, following)
    if schedule.since <= now:
        start = max(start, schedule.since)
    last, missed = _last_run_in(schedule, start, now)
    if last is None:
        return Due(None, 0, None, following)
    if now - last.at <= timing.catch_up:
        before = _last_run_in(schedule, start, last.at - timedelta(microseconds=1))[0]
        return Due(last, missed - 1, before, following)
    return Due(None, missed, last, following)


def _last_run_in(schedule: Schedule, start: datetime, end: datetime) -> tuple[Run | None, int]:
    """The last run in [start, end] and how many runs there are in it."""
    zone = ZoneInfo(schedule.zone)
    first, day = start.astimezone(zone).date() - timedelta(days=1), end.astimezone(zone).date()
    while day >= first:
        run = _run(schedule, day, zone)
        if run is not None and start <= run.at <= end:
            return run, _count_runs(schedule, first, run, start)
        day -= timedelta(days=1)
    return None, 0


def _count_runs(schedule: Schedule, first: date, last: Run, start: datetime) -> int:
    """How many runs from `start` on there are on the dates from `first` to the last run's.

    Only the first week and the rest of the last are looked at day by day, so that a clock which is years ahead costs
    no time; a date that a zone leaves out in between counts.
    """
    zone, dates = ZoneInfo(schedule.zone), (last.date - first).days + 1
    weeks = max(0, (dates - 14) // 7)
    looked_at = [*range(min(7, dates)), *range(7 + 7 * weeks, dates)]
    runs = (_run(schedule, first + timedelta(days=n), zone) for n in looked_at)
    return weeks * len(schedule.days) + sum(run is not None and start <= run.at <= last.at for run in runs)


def _run(schedule: Schedule, day: date, zone: ZoneInfo) -> Run | None:
    return run_on(day, schedule.at, zone) if day.weekday() in schedule.days else None


def is_late(due_at: datetime, now: datetime, timing: Timing) -> bool:
    return now - due_at > timing.late_after


@dataclass(frozen=True, slots=True)
class ClockChange:
    """How daylight saving touches a run.

    Attributes:
        kind: "gap": that time does not exist that day; "fold": it comes twice; "shift": the clocks change since the
            run before, and the wall-clock time stays.
    """

    run: Run
    kind: Literal["gap", "fold", "shift"]


def clock_changes(schedule: Schedule, now: datetime, count: int = 3) -> list[ClockChange]:
    """Where daylight saving touches the next `count` runs."""
    zone = ZoneInfo(schedule.zone)
    found, before = [], now.astimezone(zone).utcoffset()
    for run, _ in zip(runs_after(schedule, now), range(count), strict=False):
        local = run.at.astimezone(zone)
        wished = datetime.combine(run.date, schedule.at, zone)
        if local.time() != schedule.at:
            found.append(ClockChange(run, "gap"))
        elif wished.utcoffset() != wished.replace(fold=1).utcoffset():
            found.append(ClockChange(run, "fold"))
        elif local.utcoffset() != before:
            found.append(ClockChange(run, "shift"))
        before = wished.replace(fold=1).utcoffset() if wished.utcoffset() == before else local.utcoffset()
    return found


def next_runs(schedule: Schedule, now: datetime, count: int = 3) -> list[Run]:
    return [run for run, _ in zip(runs_after(schedule, now), range(count), strict=False)]


def rescheduled(schedule: Schedule, now: datetime) -> Schedule:
    """The schedule as it goes on from now: what was due before is not owed."""
    return replace(schedule, since=now, next_at=next_run(schedule, now).at, paused=None)
