"""The ledger's promises, on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa
from discord_stub import postgres
from sqlalchemy.ext.asyncio import create_async_engine

from bot import database, migrations
from bot.daily import rescheduled
from bot.database import DatabaseError, connect, database_url, trouble_with
from bot.ledger import Ledger
from bot.ledger_tables import metadata
from bot.schedule import LONG_AGO, Schedule, Timing

BEFORE = datetime(2026, 3, 2, 6, tzinfo=UTC)
DUE = BEFORE + timedelta(hours=1)
TIMING = Timing()


@pytest.fixture(scope="module")
def postgres_url():
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    return database_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
async def ledger(url):
    ledger = await Ledger.open(url, TIMING)
    try:
        yield ledger
    finally:
        for guild_id in await ledger.guilds() | await ledger.departed():
            await ledger.forget(guild_id)
        async with ledger._write() as db:
            await db.execute(sa.text("DELETE FROM metronome"))
        await ledger.close()


def wish(channel_id=10, guild_id=1, **wishes):
    return rescheduled(Schedule(0, "", guild_id, channel_id, "harbour", time(7), "UTC", BEFORE, **wishes), BEFORE)


async def one_claim(ledger, now=DUE):
    await ledger.plan(now)
    [claim] = await ledger.claim(now, "me")
    return claim


async def the_row(ledger):
    [row] = await ledger.deliveries_of(1)
    return row


async def test_a_schedule_comes_back_as_it_was_kept(ledger):
    wished = wish(days=frozenset({0, 4}), length="long", mention=5, when_quiet="skip", threaded=True, created_by=7)

    kept = await ledger.put_schedule(wished)

    assert replace(kept, id=0, key="") == wished
    assert await ledger.schedules_of(1) == [kept]


async def test_scheduling_the_same_story_in_a_channel_again_keeps_its_memory(ledger):
    first = await ledger.put_schedule(wish())
    await ledger.sent(await begun(ledger), 99, DUE)

    again = await ledger.put_schedule(replace(wish(), at=time(9)))

    assert (again.id, again.key) == (first.id, first.key)
    assert await ledger.posted(again.id) == {"a", "b"}


@pytest.mark.parametrize(
    ("state", "next_day"),
    [("planned", 2), ("skipped", 2), ("failed", 2), ("claimed", 3), ("uncertain", 3), ("sent", 3)],
)
async def test_scheduling_again_gives_a_date_its_briefing_unless_it_may_have_had_one(ledger, state, next_day):
    await ledger.put_schedule(wish())
    await ledger.plan(DUE)
    if state != "planned":
        claim = await begun(ledger)
    if state == "sent":
        await ledger.sent(claim, 99, DUE)
    elif state == "skipped":
        await ledger.postpone(claim, DUE, "slow mode", answered=True)
        await ledger.settle(await one_claim(ledger), "skipped", "nothing new")
    elif state in ("failed", "uncertain"):
        await ledger.settle(claim, state, "no permission")

    later = replace(wish(), at=time(9))
    kept = await ledger.put_schedule(rescheduled(later, DUE + timedelta(minutes=5)))

    assert kept.next_at == datetime(2026, 3, next_day, 9, tzinfo=UTC)
    assert await ledger.schedules_of(1) == [kept]
    assert await ledger.plan(kept.next_at) == 1


async def test_a_date_that_is_planned_already_does_not_count_as_planned_again(ledger):
    kept = await ledger.put_schedule(wish())
    await ledger.plan(DUE)
    await ledger.resume(kept.id, BEFORE)

    assert await ledger.plan(DUE) == 0


async def begun(ledger, now=DUE):
    claim = await one_claim(ledger, now)
    assert await ledger.begin(claim, now, ["a", "b"])
    return claim


async def test_a_date_is_planned_once_however_often_and_by_whom_it_is_asked(ledger):
    await ledger.put_schedule(wish())

    planned = await asyncio.gather(*(ledger.plan(DUE) for _ in range(4)))

    assert sum(planned) == 1
    assert len(await ledger.deliveries_of(1)) == 1


async def test_a_clock_set_back_a_day_plans_nothing_twice(ledger):
    await ledger.put_schedule(wish())
    await ledger.sent(await begun(ledger), 99, DUE)

    for now in (DUE - timedelta(days=1), DUE - timedelta(hours=1), DUE):
        await ledger.plan(now)
        assert await ledger.claim(now, "me") == []


async def test_a_clock_that_was_years_ahead_does_not_silence_a_channel(ledger):
    await ledger.put_schedule(wish())
    await ledger.plan(DUE + timedelta(days=365 * 4))

    assert await ledger.next_instant(DUE) == DUE
    await ledger.plan(DUE - timedelta(minutes=1))
    await ledger.plan(DUE)

    assert date(2026, 3, 2) in {row.local_date for row in await ledger.deliveries_of(1)}


async def test_a_claim_is_one_holders_alone_until_its_lease_runs_out(ledger):
    await ledger.put_schedule(wish())
    first = await one_claim(ledger)

    assert await ledger.claim(DUE + timedelta(seconds=59), "another") == []
    [second] = await ledger.claim(DUE + timedelta(seconds=61), "another")

    assert second.delivery.id == first.delivery.id
    assert second.delivery.attempts == 2
    assert not await ledger.begin(first, DUE, ["a"])
    assert await ledger.begin(second, DUE, ["a"])


async def test_a_claim_that_its_own_holder_has_taken_again_no_longer_holds(ledger):
    await ledger.put_schedule(wish())
    first = await one_claim(ledger)
    later = DUE + timedelta(seconds=61)

    [second] = await ledger.claim(later, "me")

    assert not await ledger.begin(first, later, ["a"])
    assert not await ledger.settle(first, "failed", "too late")
    assert await ledger.begin(second, later, ["a"])


async def test_of_a_schedules_briefings_one_is_under_way_at_a_time_the_oldest_first(ledger):
    kept = await ledger.put_schedule(wish())
    await ledger.put_schedule(wish(11))
    await ledger.plan(DUE)
    for occasion in ("first", "second"):
        await ledger.ask_for(kept, DUE.date(), occasion, DUE)

    daily, elsewhere = await ledger.claim(DUE, "me")
    assert (daily.delivery.occasion, elsewhere.schedule.channel_id) == ("", 11)
    assert await ledger.claim(DUE, "another") == []
    assert await ledger.next_instant(DUE) == DUE + TIMING.lease

    await ledger.begin(daily, DUE, ["a"])
    await ledger.sent(daily, 5, DUE)
    [first] = await ledger.claim(DUE, "another")
    assert first.delivery.occasion == "first"


async def test_a_briefing_that_may_have_been_posted_is_settled_before_the_next(ledger):
    kept = await ledger.put_schedule(wish())
    await ledger.postpone(await begun(ledger), DUE + timedelta(minutes=5), "no answer", answered=False)
    await ledger.ask_for(kept, DUE.date(), "by hand", DUE - timedelta(minutes=1))

    assert await ledger.claim(DUE, "me") == []
    [claim] = await ledger.claim(DUE + timedelta(minutes=5), "me")

    assert claim.delivery.occasion == ""


async def test_the_pages_of_a_thread_do_not_wait_for_the_next_briefing(ledger):
    kept = await ledger.put_schedule(wish(threaded=True))
    await ledger.sent(await begun(ledger), 99, DUE, thread_part=1)
    await ledger.ask_for(kept, DUE.date(), "by hand", DUE)

    claims = await ledger.claim(DUE, "me")

    assert sorted(claim.delivery.part for claim in claims) == [0, 1]


async def test_claims_of_several_processes_never_overlap(ledger):
    for channel in range(60):
        await ledger.put_schedule(wish(channel))
    await ledger.plan(DUE)

    taken = await asyncio.gather(*(ledger.claim(DUE, f"holder{n}") for n in range(4)))

    ids = [claim.delivery.id for claims in taken for claim in claims]
    assert len(ids) == len(set(ids)) == 60
    every = [claim for claims in taken for claim in claims]
    times = sorted(await asyncio.gather(*(ledger.begin(claim, DUE, ["a"]) for claim in every)))
    assert min(after - before for before, after in pairwise(times)) >= timedelta(seconds=1 / 37)


async def test_the_time_of_the_first_unanswered_try_is_kept_by_the_next(ledger):
    await ledger.put_schedule(wish())
    await begun(ledger)
    later = DUE + timedelta(seconds=61)
    [claim] = await ledger.claim(later, "another")

    assert claim.delivery.attempted_at == DUE
    await ledger.begin(claim, later, ["a"])
    assert (await the_row(ledger)).attempted_at == DUE
    await ledger.begin(claim, later, ["a"], afresh=True)
    assert (await the_row(ledger)).attempted_at == later


async def test_an_answered_refusal_leaves_nothing_behind_an_unanswered_one_does(ledger):
    await ledger.put_schedule(wish())
    claim = await begun(ledger)
    await ledger.postpone(claim, DUE + timedelta(minutes=1), "slow mode", answered=True)
    assert ((await the_row(ledger)).state, (await the_row(ledger)).attempted_at) == ("planned", None)

    claim = await begun(ledger, DUE + timedelta(minutes=2))
    await ledger.postpone(claim, DUE + timedelta(minutes=3), "no answer", answered=False)
    row = await the_row(ledger)

    assert (row.state, row.attempted_at, row.articles) == ("claimed", DUE + timedelta(minutes=2), ("a", "b"))


async def test_a_clock_set_back_makes_unanswered_tries_old(ledger):
    await ledger.put_schedule(wish())
    await begun(ledger)
    earlier = DUE - timedelta(hours=1)

    assert await ledger.next_instant(earlier) == earlier
    assert await ledger.claim(earlier, "me") == []
    [claim] = await ledger.claim(earlier + TIMING.lease, "me")

    assert claim.delivery.attempted_at == LONG_AGO


async def test_what_was_sent_stays_sent(ledger):
    await ledger.put_schedule(wish())
    claim = await begun(ledger)
    await ledger.sent(claim, 99, DUE)

    await ledger.sent(claim, 100, DUE)
    assert not await ledger.settle(claim, "failed", "too late")

    assert ((await the_row(ledger)).state, (await the_row(ledger)).message_id) == ("sent", 99)


async def test_the_next_page_of_a_thread_is_planned_with_the_record_of_the_one_before(ledger):
    await ledger.put_schedule(wish(threaded=True))
    await ledger.sent(await begun(ledger), 99, DUE, thread_part=1)

    [page] = await ledger.claim(DUE, "me")

    assert (page.delivery.part, page.delivery.channel_id, page.delivery.articles) == (1, 99, ("a", "b"))
    assert len(await ledger.deliveries_of(1)) == 1


async def test_pausing_skips_what_is_planned_and_resuming_owes_nothing_from_before(ledger):
    kept = await ledger.put_schedule(wish())
    await ledger.plan(DUE)

    assert await ledger.pause(kept.id, "no permission")
    assert not await ledger.pause(kept.id, "again")
    assert await ledger.claim(DUE, "me") == []
    going = await ledger.resume(kept.id, DUE + timedelta(hours=2))

    assert (await the_row(ledger)).state == "skipped"
    assert going.next_at == DUE + timedelta(days=1)
    assert await ledger.plan(DUE + timedelta(hours=2)) == 0


async def test_days_missed_are_counted_in_one_row(ledger):
    await ledger.put_schedule(wish())

    await ledger.plan(DUE + timedelta(days=3, hours=1))
    latest, missed = await ledger.deliveries_of(1)

    assert (latest.state, latest.local_date) == ("planned", date(2026, 3, 5))
    assert (missed.state, missed.local_date, missed.days_missed) == ("skipped", date(2026, 3, 4), 3)


async def test_a_zone_that_is_no_longer_known_pauses_its_schedule_alone(ledger):
    await ledger.put_schedule(replace(wish(10), zone="Mars/Olympus"))
    await ledger.put_schedule(wish(11))

    assert await ledger.plan(DUE) == 1
    assert "Mars/Olympus" in (await ledger.schedules_of(1))[0].paused


async def test_leaving_a_server_pauses_and_after_thirty_days_forgets(ledger):
    await ledger.put_schedule(wish())
    await ledger.left(1, DUE, "the bot was removed")

    await ledger.forget_departed(DUE + timedelta(days=29))
    [kept] = await ledger.schedules_of(1)
    assert kept.paused == "the bot was removed"
    assert await ledger.forget_departed(DUE + timedelta(days=30)) == 1

    assert await ledger.guilds() == frozenset()


async def test_coming_back_in_time_keeps_everything(ledger):
    await ledger.put_schedule(wish())
    await ledger.left(1, DUE, "the bot was removed")
    await ledger.came_back(1)

    assert await ledger.forget_departed(DUE + timedelta(days=90)) == 0
    assert len(await ledger.schedules_of(1)) == 1


async def test_forgetting_a_server_leaves_nothing_of_it_and_all_of_the_others(ledger):
    kept = await ledger.put_schedule(wish(10, guild_id=1))
    await ledger.put_schedule(wish(20, guild_id=2))
    await ledger.plan(DUE)
    for claim in await ledger.claim(DUE, "me"):
        await ledger.begin(claim, DUE, ["a"])
        await ledger.sent(claim, 5, DUE)

    assert await ledger.forget(1) == 1

    assert await ledger.deliveries_of(1) == []
    assert await ledger.posted(kept.id) == frozenset()
    assert len(await ledger.deliveries_of(2)) == 1


async def test_the_migrations_make_the_tables_that_the_code_uses(url):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    ledger = await Ledger.open(url)
    await ledger.close()
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
        version = await connection.run_sync(migrations.version)
    await engine.dispose()

    assert found == []
    assert version == migrations.HEAD


def test_the_newest_migration_is_the_one_that_the_code_knows():
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head() == migrations.HEAD


class Contested:
    """A connection to a new file whose journal others are changing."""

    def __init__(self, times):
        self.times = times

    def execute(self, statement):
        self.times -= 1
        if self.times >= 0:
            raise sqlite3.OperationalError("database is locked")


def test_a_new_file_that_others_open_too_is_waited_for(monkeypatch):
    monkeypatch.setattr(database, "SHORTLY", 0)
    connection = Contested(times=2)

    database._write_ahead(connection, until=monotonic() + 60)

    assert connection.times == -1


def test_a_file_that_stays_locked_is_told_of_in_the_end(monkeypatch):
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        database._write_ahead(Contested(times=9), until=monotonic() - 1)


async def test_processes_that_start_together_migrate_once(tmp_path):
    opened = await asyncio.gather(*(Ledger.open(database_url(tmp_path)) for _ in range(3)))

    for ledger in opened:
        assert await ledger.schedules_of(1) == []
        await ledger.close()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql://h/d", "postgresql+asyncpg://h/d"),
        ("sqlite:////tmp/x.db", "sqlite+aiosqlite:////tmp/x.db"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
    ],
)
def test_a_database_is_named_as_people_write_it(written, read):
    assert database_url(Path("data"), written) == read


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("harbour", "is no address of a database"),
        ("mysql://bot:s3cret@localhost/x", "does not know"),
        ("postgres://bot:s3cret@localhost:port/x", "cannot be read as an address"),
        ("postgres://bot:s3cret@127.0.0.1:1/x", "The database 127.0.0.1/x of DATABASE_URL cannot be used: "),
        ("sqlite:////nowhere/x.db", "The schedules' file /nowhere/x.db cannot be used: "),
        ("postgres://bot:p@s3cret@127.0.0.1:1/x", "Write each one of the user or password as %40"),
        ("postgres://bot:p@s3cret/w@127.0.0.1:1/x", "Write each one of the user or password as %40"),
        ("postgres://bot:p@s3cret?w@127.0.0.1:1/x", "Write each one of the user or password as %40"),
        ("postgres://bot@work:p%40s3cret@127.0.0.1:1/x", "The database 127.0.0.1/x of DATABASE_URL cannot be used: "),
    ],
)
async def test_a_database_that_cannot_be_used_is_told_in_one_line_without_its_password(written, told):
    with pytest.raises(DatabaseError) as refused:
        await Ledger.open(database_url(None, written))

    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "s3cret" not in str(refused.value)


async def test_tables_of_a_newer_version_are_left_alone_and_told_of_in_one_line(url):
    ledger = await Ledger.open(url)
    await ledger.close()
    await set_version(url, "9999")
    try:
        with pytest.raises(DatabaseError, match=r"^[^\n]* was written by a newer bot\. Update this one, or change D"):
            await Ledger.open(url)
    finally:  # other tests use that database too
        await set_version(url, migrations.HEAD)


async def set_version(url, number):
    engine = create_async_engine(url)
    async with engine.begin() as db:
        await db.execute(sa.text("UPDATE alembic_version SET version_num = :number"), {"number": number})
    await engine.dispose()


async def test_a_database_that_postgresql_does_not_have_is_told_in_its_words(postgres_url):
    with pytest.raises(DatabaseError, match='database "nowhere" does not exist'):
        await Ledger.open(postgres_url.replace("@/postgres", "@/nowhere"))


async def test_a_user_who_may_not_make_tables_is_told_so(postgres_url):
    engine = await connect(postgres_url)
    async with engine.begin() as db:
        await db.execute(sa.text("CREATE USER reader"))
    await engine.dispose()

    with pytest.raises(DatabaseError, match="permission denied"):
        await Ledger.open(postgres_url.replace("postgres@", "reader@"))


async def test_without_its_driver_a_postgresql_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "asyncpg", None)

    assert "pip install 'briefing-bot[postgres]'" in (await trouble_with("postgresql://localhost/x") or "")
