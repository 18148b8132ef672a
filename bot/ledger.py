"""What is scheduled and what was delivered: the only memory of the daily briefing.

SQLite in a file of its own, or PostgreSQL for several processes. Every change is one transaction that is on the disk
before the method returns; nothing here asks what time it is.

A delivery is keyed by (channel, schedule, local date), so no date is delivered twice whatever the clock does. Its
states:

    planned ──> claimed ──> sent            claimed: one holder's alone until its lease runs out
       │           ├──────> failed          Discord refused, and said so
       │           ├──────> uncertain       no answer came, and the channel cannot be read
       └───────────┴──────> skipped         nothing new, paused, or missed for too long
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.daily import FARTHEST_NEXT, due, next_run, runs_after
from bot.database import connect, unusable
from bot.ledger_tables import Instant, deliveries, departures, metronome, posted, schedules
from bot.schedule import EVERY_DAY, LONG_AGO, MISSED, Claim, Delivery, Schedule, State, Timing
from bot.tries import next_slot, nonce

SET_BACK = timedelta(seconds=5)  # a clock this far behind the latest time seen has been set back; less is drift
PLANNED_AT_ONCE = 250


class Ledger:
    """The ledger's tables behind the questions that are asked of them."""

    def __init__(self, engine: AsyncEngine, timing: Timing) -> None:
        self.timing = timing
        self._engine = engine
        self._one_writer = engine.dialect.name == "sqlite"
        self._one_connection = isinstance(engine.pool, sa.StaticPool)  # a database in memory
        self._turn = asyncio.Lock()  # waiting here is cheaper than in SQLite's busy handler

    @classmethod
    async def open(cls, url: str, timing: Timing | None = None) -> Ledger:
        """Opens the database at an address of `database_url`'s and brings its tables up to date.

        Raises:
            DatabaseError: It cannot be used.
        """
        from bot.migrations import bring_up_to_date

        engine = await connect(url)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(bring_up_to_date)
        except sa.exc.DBAPIError as error:  # a user who may not create tables, a file that is no database
            await engine.dispose()
            raise unusable(engine.url, error) from error
        return cls(engine, timing or Timing())

    async def close(self) -> None:
        await self._engine.dispose()

    # Schedules

    async def put_schedule(self, wished: Schedule) -> Schedule:
        """Keeps a schedule; the channel's schedule for the same story is replaced and keeps its id and its memory.

        Returns:
            The schedule; its `next_at` is a later run than was wished if that one's date has had its briefing.
        """
        values = _row_of(wished)
        async with self._write() as db:
            same = sa.and_(schedules.c.channel_id == wished.channel_id, schedules.c.story == values["story"])
            query = sa.select(schedules.c.id, schedules.c.key).where(same)
            found = (await db.execute(query.with_for_update())).first()
            if found is not None:
                kept = replace(wished, id=found.id, key=found.key)
                kept = replace(kept, next_at=await self._free_run(db, kept))
                await db.execute(schedules.update().where(same).values({**_row_of(kept), "key": found.key}))
                return kept
            key = secrets.token_hex(8)
            made = await db.execute(schedules.insert().values({**values, "key": key}).returning(schedules.c.id))
            return replace(wished, id=made.scalar_one(), key=key)

    async def _free_run(self, db: AsyncConnection, schedule: Schedule) -> datetime | None:
        """When a replaced schedule runs next; dates of which nothing was or may have been posted are free again."""
        if schedule.next_at is None:
            return None
        runs = runs_after(schedule, schedule.next_at - timedelta(microseconds=1))
        first = next(runs)
        its_days = sa.and_(
            deliveries.c.schedule_id == schedule.id,
            deliveries.c.local_date >= first.date,
            deliveries.c.occasion == "",
            deliveries.c.part == 0,
        )
        is_untried = sa.and_(deliveries.c.attempted_at.is_(None), deliveries.c.message_id.is_(None))
        is_over = deliveries.c.state.in_(["planned", "skipped", "failed"])
        await db.execute(deliveries.delete().where(its_days, is_over, is_untried))
        taken = set((await db.execute(sa.select(deliveries.c.local_date).where(its_days))).scalars())
        return next(run.at for run in chain([first], runs) if run.date not in taken)

    async def schedules_of(self, guild_id: int) -> list[Schedule]:
        return await self._schedules(schedules.c.guild_id == guild_id)

    async def schedules_in(self, channel_id: int) -> list[Schedule]:
        return await self._schedules(schedules.c.channel_id == channel_id)

    async def schedule(self, schedule_id: int) -> Schedule | None:
        found = await self._schedules(schedules.c.id == schedule_id)
        return found[0] if found else None

    async def pause(self, schedule_id: int, reason: str) -> bool:
        """Pauses a schedule that is not paused yet; what was planned and never tried is skipped."""
        async with self._write() as db:
            done = await db.execute(
                schedules.update()
                .where(schedules.c.id == schedule_id, schedules.c.paused.is_(None))
                .values(paused=reason[:500], next_at=None)
            )
            await db.execute(
                deliveries.update()
                .where(deliveries.c.schedule_id == schedule_id, deliveries.c.state == "planned")
                .values(state="skipped", wake_at=None, reason=f"Paused: {reason}"[:500])
            )
            return bool(done.rowcount)

    async def resume(self, schedule_id: int, now: datetime) -> Schedule | None:
        """Lets a schedule go on from now; what was due in the meantime is not owed."""
        schedule = await self.schedule(schedule_id)
        if schedule is None:
            return None
        going = replace(schedule, paused=None, since=now, next_at=next_run(schedule, now).at)
        async with self._write() as db:
            await db.execute(
                schedules.update()
                .where(schedules.c.id == schedule_id)
                .values(paused=None, since=now, next_at=going.next_at)
            )
        return going

    async def remove(self, schedule_id: int) -> None:
        async with self._write() as db:
            await _delete(db, schedules.c.id == schedule_id)

    async def posted(self, schedule_id: int) -> frozenset[str]:
        """The articles that this schedule's channel has had."""
        async with self._read() as db:
            rows = await db.execute(sa.select(posted.c.article).where(posted.c.schedule_id == schedule_id))
            return frozenset(rows.scalars())

    # Deliveries

    async def plan(self, now: datetime) -> int:
        """Puts down what has become due, and works out when each of these schedules is due next.

        Returns:
            How many deliveries were planned.
        """
        planned = 0
        while True:
            looked_at, put_down = await self._plan_some(now)
            planned += put_down
            if looked_at < PLANNED_AT_ONCE:
                return planned

    async def _plan_some(self, now: datetime) -> tuple[int, int]:
        is_due = sa.or_(schedules.c.next_at <= now, schedules.c.next_at > now + FARTHEST_NEXT)
        query = sa.select(schedules).where(schedules.c.paused.is_(None), is_due)
        query = query.order_by(schedules.c.next_at, schedules.c.id).limit(PLANNED_AT_ONCE)
        async with self._write() as db:
            found = [_schedule(row) for row in await db.execute(query.with_for_update(skip_locked=True))]
            rows = [row for schedule in found for row in await self._owed(db, schedule, now)]
            made = await self._insert_new(db, deliveries, rows) if rows else []
            return len(found), sum(row.state == "planned" for row in made)

    async def _owed(self, db: AsyncConnection, schedule: Schedule, now: datetime) -> list[dict[str, Any]]:
        """The rows of what a schedule owes; moves the schedule on to its next run."""
        this = schedules.c.id == schedule.id
        try:
            owed = due(schedule, now, self.timing)
        except (ZoneInfoNotFoundError, ValueError):
            unknown = f"The time zone {schedule.zone} is not known on this machine; schedule it again with another."
            await db.execute(schedules.update().where(this).values(next_at=None, paused=unknown))
            return []
        await db.execute(schedules.update().where(this).values(next_at=owed.next.at))
        rows = []
        if owed.last_missed is not None and owed.missed:
            given_up = {"state": "skipped", "wake_at": None, "days_missed": owed.missed, "reason": MISSED}
            rows.append(_delivery_row(schedule, owed.last_missed.date, owed.last_missed.at, now) | given_up)
        if owed.run is not None:
            rows.append(_delivery_row(schedule, owed.run.date, owed.run.at, now))
        return rows

    async def ask_for(self, schedule: Schedule, day: date, occasion: str, now: datetime) -> None:
        """Plans a briefing that was asked for by hand; the same occasion plans one only."""
        async with self._write() as db:
            await self._insert_new(db, deliveries, [_delivery_row(schedule, day, now, now, occasion)])

    async def claim(self, now: datetime, holder: str, occasion: str | None = None) -> list[Claim]:
        """Takes deliveries whose holder's lease ran out, and those that are ready; oldest first.

        Of a schedule's briefings one at a time, so that none tells the news of another that is under way.

        Args:
            occasion: Only what was asked for by hand on it.
        """
        is_ready = sa.and_(deliveries.c.state.in_(["planned", "claimed"]), deliveries.c.wake_at <= now)
        query = sa.select(deliveries).join(schedules, schedules.c.id == deliveries.c.schedule_id)
        query = query.where(is_ready, ~_is_held_up(now))
        if occasion is not None:
            query = query.where(deliveries.c.occasion == occasion)
        query = query.order_by(deliveries.c.state, deliveries.c.due_at, deliveries.c.id).limit(self.timing.batch)
        query = query.with_for_update(skip_locked=True, of=deliveries)
        async with self._write() as db:
            await self._look_at_clock(db, now)  # locks the metronome: processes claim one after another
            found = _one_of_each([_delivery(row) for row in await db.execute(query)])
            if not found:
                return []
            taken = {"state": "claimed", "holder": holder, "wake_at": now + self.timing.lease}
            these = deliveries.c.id.in_([one.id for one in found])
            await db.execute(deliveries.update().where(these).values(**taken, attempts=deliveries.c.attempts + 1))
            wanted = sa.select(schedules).where(schedules.c.id.in_({one.schedule_id for one in found}))
            owners = {row.id: _schedule(row) for row in await db.execute(wanted)}
            return [
                Claim(replace(one, state="claimed", attempts=one.attempts + 1), owners[one.schedule_id], holder)
                for one in found
            ]

    async def slot(self, now: datetime) -> datetime:
        """When one request more may be sent, by the rate of all processes on this database; takes that place."""
        async with self._write() as db:
            return await self._take_slot(db, now)

    async def _take_slot(self, db: AsyncConnection, now: datetime) -> datetime:
        at, free = next_slot(await self._look_at_clock(db, now), now, self.timing)
        await db.execute(metronome.update().values(free=free))
        return at

    async def _look_at_clock(self, db: AsyncConnection, now: datetime) -> datetime:
        """When the next request may be sent.

        If the clock has been set back since it was last looked at, how long ago a try was made is no longer known:
        unanswered tries count as old, and what waits for a later hour is woken.
        """
        locked = sa.select(metronome).with_for_update()
        row = (await db.execute(locked)).first()
        if row is None:
            await self._insert_new(db, metronome, [{"id": 1, "seen": now, "free": now}])
            row = (await db.execute(locked)).one()
        if now >= row.seen - SET_BACK:
            if now > row.seen:
                await db.execute(metronome.update().values(seen=now))
            free: datetime = row.free
            return free
        await db.execute(metronome.update().values(seen=now, free=now))
        open_rows = deliveries.update().where(deliveries.c.state.in_(["planned", "claimed"]))
        await db.execute(open_rows.where(deliveries.c.attempted_at.is_not(None)).values(attempted_at=LONG_AGO))
        await db.execute(
            open_rows.where(deliveries.c.wake_at > now + self.timing.lease).values(wake_at=now + self.timing.lease)
        )
        return now

    async def begin(
        self, claim: Claim, now: datetime, articles: Sequence[str], *, afresh: bool = False
    ) -> datetime | None:
        """Notes that a try at sending begins and what it reports on; the last step before the request.

        Args:
            afresh: The channel was read, and no earlier try left a message there.

        Returns:
            When to send; None if the claim no longer holds: another has taken it over, and nothing may be sent.
        """
        first = sa.literal(now, Instant) if afresh else sa.func.coalesce(deliveries.c.attempted_at, now)
        async with self._write() as db:
            at = await self._take_slot(db, now)
            values = {"attempted_at": first, "articles": list(articles), "wake_at": at + self.timing.lease}
            done = await db.execute(deliveries.update().where(_mine(claim)).values(values))
            return at if done.rowcount else None

    async def sent(
        self, claim: Claim, message_id: int, now: datetime, *, late: bool = False, thread_part: int | None = None
    ) -> None:
        """Records a message, and that the channel has had its articles.

        It holds whoever has the claim by now: the nonce, or the reading, made it the only one.

        Args:
            thread_part: The page that follows in the thread under the briefing's message, if any.
        """
        done = claim.delivery
        values = {"state": "sent", "message_id": message_id, "sent_at": now, "late": late}
        values |= {"wake_at": None, "holder": None, "attempted_at": None, "reason": None}
        async with self._write() as db:
            this = sa.and_(deliveries.c.id == done.id, deliveries.c.state != "sent")
            found = await db.execute(deliveries.update().where(this).values(values).returning(deliveries.c.articles))
            row = found.first()
            if row is None:
                return
            if done.part == 0 and row.articles:
                had = [{"schedule_id": done.schedule_id, "article": name, "posted_at": now} for name in row.articles]
                await self._insert_new(db, posted, had)
            if thread_part is not None:
                thread = done.channel_id if done.part else message_id
                page = _delivery_row(claim.schedule, done.local_date, done.due_at, now, done.occasion, thread_part)
                await self._insert_new(db, deliveries, [page | {"channel_id": thread, "articles": row.articles}])

    async def postpone(self, claim: Claim, until: datetime, reason: str, *, answered: bool) -> None:
        """Lets a delivery be tried again later.

        Args:
            answered: Discord answered every request of this try, and it stored nothing.
        """
        values: dict[str, Any] = {"wake_at": until, "reason": reason[:500], "holder": None}
        if answered and claim.delivery.attempted_at is None:
            values |= {"state": "planned", "attempted_at": None, "articles": sa.null()}
        await self._update_claim(claim, values)

    async def settle(self, claim: Claim, state: State, reason: str) -> bool:
        """Ends a delivery as skipped, failed (nothing of it is in the channel) or uncertain."""
        values = {"state": state, "reason": reason[:500], "wake_at": None, "holder": None}
        values |= {"attempted_at": None} if state == "failed" else {}
        return await self._update_claim(claim, values)

    async def _update_claim(self, claim: Claim, values: dict[str, Any]) -> bool:
        async with self._write() as db:
            return bool((await db.execute(deliveries.update().where(_mine(claim)).values(values))).rowcount)

    async def next_instant(self, now: datetime) -> datetime | None:
        """When there is something to do next; `now` also if the clock has been set back since it was last looked at."""
        runs, waits, seen = schedules.c.next_at, deliveries.c.wake_at, metronome.c.seen
        async with self._read() as db:
            first, last = (await db.execute(sa.select(sa.func.min(runs), sa.func.max(runs)))).one()
            waiting = sa.select(sa.func.min(waits)).where(waits.is_not(None), ~_is_held_up(now))
            wake = (await db.execute(waiting)).scalar()
            latest = (await db.execute(sa.select(seen))).scalar()
        if (last is not None and last > now + FARTHEST_NEXT) or (latest is not None and now < latest - SET_BACK):
            return now
        return min((at for at in (first, wake) if at is not None), default=None)

    async def delivery(self, delivery_id: int) -> Delivery | None:
        async with self._read() as db:
            row = (await db.execute(sa.select(deliveries).where(deliveries.c.id == delivery_id))).first()
            return _delivery(row) if row else None

    async def asked_for(self, occasion: str) -> Delivery | None:
        """The briefing that was asked for by hand on an occasion."""
        this = sa.and_(deliveries.c.occasion == occasion, deliveries.c.part == 0)
        async with self._read() as db:
            row = (await db.execute(sa.select(deliveries).where(this))).first()
            return _delivery(row) if row else None

    async def deliveries_of(
        self, guild_id: int, limit: int = 25, schedule_id: int | None = None, states: Iterable[State] = ()
    ) -> list[Delivery]:
        """A server's deliveries, the latest first; pages in threads only if something is wrong with them."""
        shown = sa.or_(deliveries.c.part == 0, deliveries.c.state.in_(["failed", "uncertain"]))
        query = sa.select(deliveries).where(deliveries.c.guild_id == guild_id, shown)
        if schedule_id is not None:
            query = query.where(deliveries.c.schedule_id == schedule_id)
        if states:
            query = query.where(deliveries.c.state.in_(list(states)))
        query = query.order_by(deliveries.c.due_at.desc(), deliveries.c.id.desc()).limit(limit)
        async with self._read() as db:
            return [_delivery(row) for row in await db.execute(query)]

    async def counts(self) -> dict[str, int]:
        """How many deliveries are in each state, over all servers."""
        async with self._read() as db:
            rows = await db.execute(sa.select(deliveries.c.state, sa.func.count()).group_by(deliveries.c.state))
            return {row.state: row[1] for row in rows}

    # Servers

    async def guilds(self) -> frozenset[int]:
        """The servers that the ledger holds schedules of."""
        async with self._read() as db:
            return frozenset((await db.execute(sa.select(schedules.c.guild_id).distinct())).scalars())

    async def left(self, guild_id: int, now: datetime, reason: str) -> None:
        """The bot is no longer in a server: its schedules are paused, and kept for `Timing.leave_after`."""
        for schedule in await self.schedules_of(guild_id):
            await self.pause(schedule.id, reason)
        async with self._write() as db:
            await self._insert_new(db, departures, [{"guild_id": guild_id, "left_at": now}])

    async def departed(self) -> frozenset[int]:
        """The servers that were left and are not forgotten yet."""
        async with self._read() as db:
            return frozenset((await db.execute(sa.select(departures.c.guild_id))).scalars())

    async def came_back(self, guild_id: int) -> bool:
        async with self._write() as db:
            return bool((await db.execute(departures.delete().where(departures.c.guild_id == guild_id))).rowcount)

    async def forget(self, guild_id: int) -> int:
        """Removes everything about a server; returns how many schedules it had."""
        async with self._write() as db:
            await db.execute(departures.delete().where(departures.c.guild_id == guild_id))
            return await _delete(db, schedules.c.guild_id == guild_id)

    async def forget_departed(self, now: datetime) -> int:
        """Forgets the servers that were left `Timing.leave_after` ago; returns how many."""
        async with self._read() as db:
            old = departures.c.left_at <= now - self.timing.leave_after
            gone = list((await db.execute(sa.select(departures.c.guild_id).where(old))).scalars())
        for guild_id in gone:
            await self.forget(guild_id)
        return len(gone)

    # Connections

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with self._turn if self._one_writer else nullcontext(), self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[AsyncConnection]:
        async with self._turn if self._one_connection else nullcontext(), self._engine.connect() as connection:
            if self._one_writer:
                await connection.execution_options(reads_only=True)
            yield connection

    async def _insert_new(
        self, db: AsyncConnection, table: sa.Table, rows: list[dict[str, Any]]
    ) -> Sequence[sa.Row[Any]]:
        """Inserts the rows whose keys are not there yet, and returns these."""
        insert = sqlite.insert if self._one_writer else postgresql.insert
        made = await db.execute(insert(table).on_conflict_do_nothing().returning(*table.c), rows)
        return made.all()

    async def _schedules(self, where: sa.ColumnElement[bool]) -> list[Schedule]:
        async with self._read() as db:
            rows = await db.execute(sa.select(schedules).where(where).order_by(schedules.c.id))
            return [_schedule(row) for row in rows]


def _mine(claim: Claim) -> sa.ColumnElement[bool]:
    """The claim's row, as long as the claim holds."""
    return sa.and_(
        deliveries.c.id == claim.delivery.id,
        deliveries.c.state == "claimed",
        deliveries.c.holder == claim.holder,
        deliveries.c.attempts == claim.delivery.attempts,  # a holder may have claimed it again itself
    )


def _is_held_up(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a briefing waits for another of its schedule that is claimed, and may be in the channel already."""
    other = deliveries.alias("other").c
    is_under_way = sa.and_(other.part == 0, other.state == "claimed", other.wake_at > now)
    under_way = sa.select(other.schedule_id).where(is_under_way)
    return sa.and_(deliveries.c.part == 0, deliveries.c.state == "planned", deliveries.c.schedule_id.in_(under_way))


def _one_of_each(found: Iterable[Delivery]) -> list[Delivery]:
    """The first briefing of each schedule, and all pages of threads."""
    firsts: dict[tuple[int, int], Delivery] = {}
    for one in found:
        firsts.setdefault((one.schedule_id, one.id if one.part else 0), one)
    return list(firsts.values())


async def _delete(db: AsyncConnection, which: sa.ColumnElement[bool]) -> int:
    """Deletes schedules with all that hangs on them; locks them first, so that nothing is planned meanwhile."""
    ids = list((await db.execute(sa.select(schedules.c.id).where(which).with_for_update())).scalars())
    await db.execute(deliveries.delete().where(deliveries.c.schedule_id.in_(ids)))
    await db.execute(posted.delete().where(posted.c.schedule_id.in_(ids)))
    await db.execute(schedules.delete().where(schedules.c.id.in_(ids)))
    return len(ids)


def _row_of(schedule: Schedule) -> dict[str, Any]:
    return {
        "guild_id": schedule.guild_id,
        "channel_id": schedule.channel_id,
        "story": schedule.story or "",
        "at": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
        "days": "".join(str(day) for day in sorted(schedule.days)),
        "length": schedule.length,
        "mention": schedule.mention,
        "when_quiet": schedule.when_quiet,
        "threaded": schedule.threaded,
        "created_by": schedule.created_by,
        "since": schedule.since,
        "next_at": schedule.next_at,
        "paused": schedule.paused,
    }


def _schedule(row: sa.Row[Any]) -> Schedule:
    values = dict(row._mapping)
    values["story"] = values["story"] or None
    values["at"] = time.fromisoformat(values["at"])
    values["days"] = frozenset(int(day) for day in values["days"]) or EVERY_DAY
    return Schedule(**values)


def _delivery_row(
    schedule: Schedule, day: date, due_at: datetime, now: datetime, occasion: str = "", part: int = 0
) -> dict[str, Any]:
    return {
        "schedule_id": schedule.id,
        "guild_id": schedule.guild_id,
        "channel_id": schedule.channel_id,
        "local_date": day,
        "occasion": occasion,
        "part": part,
        "due_at": due_at,
        "state": "planned",
        "nonce": nonce(schedule.guild_id, schedule.key, day, occasion, part),
        "wake_at": now,
        "attempts": 0,
        "articles": None,
        "late": False,
        "days_missed": 0,
        "reason": None,
    }


def _delivery(row: sa.Row[Any]) -> Delivery:
    values = dict(row._mapping)
    del values["wake_at"], values["holder"]
    values["articles"] = tuple(values["articles"]) if values["articles"] is not None else None
    return Delivery(**values)
