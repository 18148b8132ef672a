"""When a briefing is due: every zone, daylight saving, clocks that jump, days that are missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import daily
from bot.daily import due, next_runs, run_on
from bot.schedule import Schedule, Timing

TIMING = Timing()
START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 3 * 365 + 1  # 2028 is a leap year


def schedule(zone="Europe/Berlin", at=time(7), since=START, **wishes):
    wished = Schedule(1, "key", 1, 2, None, at, zone, since, **wishes)
    return daily.rescheduled(wished, since)


@cache
def zones_by_rules():
    """One name for each set of rules: zones that are links of one another need no second look."""
    places = [*map(Path, TZPATH), Path(str(files("tzdata") / "zoneinfo"))]
    by_rules = {}
    for name in sorted(available_timezones()):
        file = next((path / name for path in places if (path / name).is_file()), None)
        by_rules.setdefault(file.read_bytes() if file else name, name)
    return sorted(by_rules.values())


def hour_of_trouble(zone):
    """A time of day that the zone's clocks skip or repeat in these years, else 07:00."""
    known = ZoneInfo(zone)
    for hours in range(0, DAYS * 24, 24):
        before = (START + timedelta(hours=hours)).astimezone(known)
        after = (START + timedelta(hours=hours + 24)).astimezone(known)
        if before.utcoffset() != after.utcoffset():
            for minutes in range(24 * 60):
                moment = (before.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(known)
                if moment.utcoffset() != before.utcoffset():
                    return (datetime.combine(date(2026, 1, 1), moment.time()) - timedelta(minutes=20)).time()
    return time(7)


def test_in_every_zone_each_day_of_three_years_is_posted_exactly_once():
    for zone in zones_by_rules():
        runs = next_runs(schedule(zone, hour_of_trouble(zone)), START, DAYS)

        assert [run.date for run in runs] == [runs[0].date + timedelta(days=n) for n in range(DAYS)], zone
        assert all(before.at < after.at for before, after in pairwise(runs)), zone


def test_in_every_zone_what_is_due_is_the_run_and_nothing_else():
    for zone in zones_by_rules()[::12]:
        wished = schedule(zone, hour_of_trouble(zone))
        for run in next_runs(wished, START, 400):
            waiting = replace(wished, next_at=run.at)
            assert due(waiting, run.at - timedelta(seconds=1), TIMING).run is None
            assert due(waiting, run.at, TIMING).run == run


@pytest.mark.parametrize(
    ("zone", "day", "at", "posted"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30:00+02:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(7), "2026-03-29T07:00:00+02:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-04T02:30:00+11:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-24T01:00:00+03:00"),
        ("America/Nuuk", date(2026, 3, 28), time(23, 40), "2026-03-29T00:00:00-01:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0), "2018-11-04T01:00:00-02:00"),
    ],
)
def test_a_gap_posts_at_the_first_valid_instant_and_a_fold_at_the_first(zone, day, at, posted):
    known = ZoneInfo(zone)

    assert run_on(day, at, known).at.astimezone(known).isoformat() == posted


def test_a_date_that_a_zone_leaves_out_is_skipped():
    samoa = schedule("Pacific/Apia", since=datetime(2011, 12, 29, tzinfo=UTC))

    dates = [run.date.day for run in next_runs(samoa, samoa.since, 3)]

    assert run_on(date(2011, 12, 30), time(7), ZoneInfo("Pacific/Apia")) is None
    assert dates == [29, 31, 1]


def test_a_schedule_made_by_a_clock_that_was_ahead_is_owed_its_runs_before_that():
    ahead = schedule("UTC", since=START + timedelta(days=20))
    worked_out_again = replace(ahead, next_at=due(ahead, START, TIMING).next.at)

    owed = due(worked_out_again, START + timedelta(hours=7), TIMING)

    assert owed.run is not None
    assert owed.run.date == START.date()


def test_due_while_down_for_three_hours_is_owed_and_late():
    wished = schedule(zone="UTC")
    now = wished.next_at + timedelta(hours=3)

    owed = due(wished, now, TIMING)

    assert owed.run.at == wished.next_at
    assert daily.is_late(owed.run.at, now, TIMING)
    assert owed.missed == 0


def test_due_while_down_for_three_days_is_at_most_one_briefing_and_the_rest_is_counted():
    wished = schedule(zone="UTC")

    within = due(wished, wished.next_at + timedelta(days=3, hours=1), TIMING)
    beyond = due(wished, wished.next_at + timedelta(days=3, hours=7), TIMING)

    assert (within.run.date, within.missed) == (date(2026, 1, 4), 3)
    assert (beyond.run, beyond.missed) == (None, 4)
    assert beyond.last_missed.date == date(2026, 1, 4)


def test_only_the_chosen_days_are_posted_and_counted():
    wished = schedule(zone="UTC", days=frozenset({0, 4}))  # Mondays and Fridays; 1 January 2026 is a Thursday

    assert [f"{run.date:%a %d}" for run in next_runs(wished, START, 3)] == ["Fri 02", "Mon 05", "Fri 09"]
    assert due(wished, START + timedelta(days=15, hours=20), TIMING).missed == 5


def test_a_clock_that_is_years_ahead_is_answered_at_once():
    wished = schedule(zone="UTC")

    assert due(wished, START + timedelta(days=365 * 900, hours=20), TIMING).missed == 365 * 900 + 1


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(zones_by_rules()),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    pauses=st.lists(st.timedeltas(timedelta(seconds=1), timedelta(days=6)), max_size=20),
)
def test_whenever_one_looks_each_day_is_owed_once_or_counted_as_missed(zone, at, pauses):
    wished, now, delivered, missed = schedule(zone, at), START, [], 0
    for pause in pauses:
        now += pause
        owed = due(wished, now, TIMING)
        missed += owed.missed
        if owed.run:
            assert timedelta(0) <= now - owed.run.at <= TIMING.catch_up
            delivered.append(owed.run.date)
        wished = replace(wished, next_at=owed.next.at)

    passed = [run for run in next_runs(schedule(zone, at), START, 150) if run.at <= now]
    assert len(set(delivered)) == len(delivered)
    assert len(delivered) + missed == len(passed)


@pytest.mark.parametrize(
    ("now", "at", "kinds"),
    [
        (datetime(2026, 3, 27, 12, tzinfo=UTC), time(2, 30), ["gap"]),
        (datetime(2026, 3, 27, 12, tzinfo=UTC), time(7), ["shift"]),
        (datetime(2026, 10, 23, 12, tzinfo=UTC), time(2, 30), ["fold"]),
        (datetime(2026, 6, 1, tzinfo=UTC), time(7), []),
    ],
)
def test_daylight_saving_is_said_where_it_touches_one_of_the_next_runs(now, at, kinds):
    assert [change.kind for change in daily.clock_changes(schedule(at=at, since=now), now)] == kinds
