"""The ledger's tables, version by version (Alembic)."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

HEAD = "0001"
"""The newest version; a test holds it against the files in `versions/`."""

LOCK = 0x6272_6965  # any number that is this project's alone: processes that start together migrate one by one


def bring_up_to_date(connection: sa.Connection) -> None:
    """Runs the missing migrations inside the connection's transaction; Alembic is only loaded if there are some."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if version(connection) == HEAD:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def version(connection: sa.Connection) -> str | None:
    """The version of the tables that are there; None if there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
