"""Schedules, deliveries, what was posted, servers that were left."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("story", sa.String(200), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("days", sa.String(7), nullable=False),
        sa.Column("length", sa.String(16)),
        sa.Column("mention", sa.BigInteger),
        sa.Column("when_quiet", sa.String(4), nullable=False),
        sa.Column("threaded", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("since", instant(), nullable=False),
        sa.Column("next_at", instant()),
        sa.Column("paused", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        sa.UniqueConstraint("channel_id", "story", name="uq_schedules"),
    )
    op.create_index("ix_schedules_guild_id", "schedules", ["guild_id"])
    op.create_index("ix_schedules_next_at", "schedules", ["next_at"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("schedule_id", sa.Integer, nullable=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("local_date", sa.Date, nullable=False),
        sa.Column("occasion", sa.String(24), nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("due_at", instant(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("nonce", sa.String(25), nullable=False),
        sa.Column("wake_at", instant()),
        sa.Column("holder", sa.String(32)),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("attempted_at", instant()),
        sa.Column("articles", sa.JSON),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("sent_at", instant()),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("days_missed", sa.Integer, nullable=False),
        sa.Column("reason", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("channel_id", "schedule_id", "local_date", "occasion", "part", name="uq_deliveries"),
    )
    op.create_index("ix_deliveries_schedule_id", "deliveries", ["schedule_id"])
    op.create_index("ix_deliveries_guild_id", "deliveries", ["guild_id"])
    op.create_index("ix_deliveries_wake_at", "deliveries", ["wake_at"])
    op.create_table(
        "posted",
        sa.Column("schedule_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("article", sa.String(200), nullable=False),
        sa.Column("posted_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("schedule_id", "article", name="pk_posted"),
    )
    op.create_table(
        "departures",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("left_at", instant(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_departures"),
    )
    op.create_table(
        "metronome",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("seen", instant(), nullable=False),
        sa.Column("free", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_metronome"),
    )
