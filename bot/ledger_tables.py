"""The ledger's tables. What they mean is said in `bot.schedule`; their history is in `bot.migrations`."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa


class Instant(sa.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on databases without zones too."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

schedules = sa.Table(
    "schedules",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(16), nullable=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("story", sa.String(200), nullable=False),  # "" for None, so that the key below holds
    sa.Column("at", sa.String(5), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("days", sa.String(7), nullable=False),
    sa.Column("length", sa.String(16)),
    sa.Column("mention", sa.BigInteger),
    sa.Column("when_quiet", sa.String(4), nullable=False),
    sa.Column("threaded", sa.Boolean, nullable=False),
    sa.Column("created_by", sa.BigInteger, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("next_at", Instant, index=True),
    sa.Column("paused", sa.String(500)),
    sa.UniqueConstraint("channel_id", "story"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("schedule_id", sa.Integer, nullable=False, index=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("local_date", sa.Date, nullable=False),
    sa.Column("occasion", sa.String(24), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("nonce", sa.String(25), nullable=False),
    sa.Column("wake_at", Instant),  # planned: not before; claimed: when the lease runs out; otherwise null
    sa.Column("holder", sa.String(32)),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("attempted_at", Instant),
    sa.Column("articles", sa.JSON),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("sent_at", Instant),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("days_missed", sa.Integer, nullable=False),
    sa.Column("reason", sa.String(500)),
    sa.UniqueConstraint("channel_id", "schedule_id", "local_date", "occasion", "part"),
    sa.Index("ix_deliveries_wake_at", "wake_at"),
)

posted = sa.Table(
    "posted",
    metadata,
    sa.Column("schedule_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("article", sa.String(200), primary_key=True),
    sa.Column("posted_at", Instant, nullable=False),
)

departures = sa.Table(
    "departures",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("left_at", Instant, nullable=False),
)

metronome = sa.Table(
    "metronome",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seen", Instant, nullable=False),  # the latest time that any process saw
    sa.Column("free", Instant, nullable=False),  # when the next request may be sent, by any process
)
