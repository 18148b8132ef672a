"""The database that the ledger is kept in: its address, opening it, and what to say where that fails."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot import migrations

CONNECTIONS = 4  # to PostgreSQL, from each process; a server allows 100 by default
PATIENCE = 10.0  # seconds until a PostgreSQL that does not answer counts as out of reach
SHORTLY = 0.02  # seconds between two tries for what SQLite does not wait for
BUSY = 30.0  # seconds to wait for another process's write to an SQLite file
DRIVERS = {"postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}

LIKE_THIS = "Write it like postgresql://user:password@host/name, or leave it out: schedules are then kept in DATA_DIR."
AMBIGUOUS = "DATABASE_URL holds more than one “@”. Write each one of the user or password as %40."
NO_DRIVER = (
    "DATABASE_URL names a PostgreSQL, for which the package {name} is missing. Install it with"
    " `pip install 'briefing-bot[postgres]'`, or leave DATABASE_URL out: schedules are then kept in DATA_DIR."
)
UNREACHED = "The database {where} of DATABASE_URL cannot be used: {reason}. Start it, or correct DATABASE_URL."
NEWER_DATABASE = "The database {where} was written by a newer bot. Update this one, or change DATABASE_URL."
NEWER_FILE = "The schedules' file {where} was written by a newer bot. Update this one, or change DATA_DIR."
NO_FILE = "The schedules' file {where} cannot be used: {reason}. Set DATA_DIR to a folder that can be written to."


class DatabaseError(Exception):
    """The database cannot be used; the text says in one line why and what to do, without the address's password."""


def database_url(data_dir: Path | None, url: str | None = None) -> str:
    """The ledger's address for SQLAlchemy: `DATABASE_URL` as people write it, a file in `DATA_DIR`, or memory.

    Raises:
        DatabaseError: `url` is no address.
    """
    if not url:
        return f"sqlite+aiosqlite:///{data_dir / 'ledger.db' if data_dir else ':memory:'}"
    scheme, separator, rest = url.strip().partition("://")
    if not separator:
        raise DatabaseError(f"DATABASE_URL is no address of a database. {LIKE_THIS}")
    return f"{DRIVERS.get(scheme, scheme)}://{rest}"


async def connect(url: str) -> AsyncEngine:
    """The database at an address of `database_url`'s, after one connection to it.

    Raises:
        DatabaseError: It cannot be used, or its tables are a newer version's.
    """
    address = _parsed(url)
    try:
        engine = _engine(address)
    except ModuleNotFoundError as error:
        raise DatabaseError(NO_DRIVER.format(name=error.name)) from error
    try:
        if _is_file(address):
            await asyncio.to_thread(_look_into, address.database or "")
        version = await _version(engine)
    except Exception as error:  # each driver has exceptions of its own, some with no base but this
        await engine.dispose()
        raise unusable(address, error) from error
    if version is not None and version > migrations.HEAD:
        await engine.dispose()
        raise DatabaseError((NEWER_FILE if _is_file(address) else NEWER_DATABASE).format(where=_where(address)))
    return engine


def unusable(address: sa.URL, error: Exception) -> DatabaseError:
    """What the operator is told of an error of the database at an address."""
    told = NO_FILE if _is_file(address) else UNREACHED
    return DatabaseError(told.format(where=_where(address), reason=_reason(error)))


def _is_file(address: sa.URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _where(address: sa.URL) -> str:
    """What an operator knows a database by: its file, or its host and name."""
    if _is_file(address):
        return address.database or ""
    return f"{address.host or address.query.get('host', '')}/{address.database or ''}"


async def trouble_with(url: str) -> str | None:
    """Why the database of `DATABASE_URL` cannot be used and what to do; None if it can. Changes nothing there."""
    try:
        engine = await connect(database_url(None, url))
    except DatabaseError as error:
        return str(error)
    await engine.dispose()
    return None


def _parsed(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseError(f"DATABASE_URL cannot be read as an address. {LIKE_THIS}") from None
    if address.drivername not in DRIVERS.values():
        raise DatabaseError(f"DATABASE_URL names a database that the ledger does not know. {LIKE_THIS}")
    _, _, credentials = url.partition("://")[2].partition(":")
    if not _is_file(address) and credentials.count("@") > 1:
        raise DatabaseError(AMBIGUOUS)  # a part of the password would be taken for the host, and shown
    return address


def _engine(address: sa.URL) -> AsyncEngine:
    if not _is_file(address):
        arguments = {"timeout": PATIENCE}
        return create_async_engine(address, pool_size=CONNECTIONS, max_overflow=0, connect_args=arguments)
    engine = create_async_engine(address)
    sa.event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    sa.event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


async def _version(engine: AsyncEngine) -> str | None:
    """The version of the tables that are there, if any; only reads."""
    async with engine.connect() as connection:
        await connection.execution_options(reads_only=True)
        return await connection.run_sync(migrations.version)


def _look_into(file: str) -> None:
    """Fails where aiosqlite would; but that leaves a thread behind, which outlives the event loop and complains."""
    with closing(sqlite3.connect(file, timeout=BUSY)) as connection:
        _write_ahead(connection, time.monotonic() + BUSY)


def _write_ahead(connection: sqlite3.Connection, until: float) -> None:
    """Gives a new file its journal; SQLite refuses all but one of those who do so at once, and waits for nobody."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(SHORTLY)


def _reason(error: Exception) -> str:
    """The driver's own words, on one line; SQLAlchemy wraps them twice."""
    if isinstance(error, asyncio.TimeoutError):
        return f"no answer in {PATIENCE:.0f} seconds"
    if isinstance(error, sa.exc.DBAPIError) and error.orig is not None:
        return " ".join(str(error.orig.__cause__ or error.orig).split()).rstrip(".")
    return " ".join((str(error) or type(error).__name__).split()).rstrip(".")


def _set_up_sqlite(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin below, not where the driver guesses
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY * 1000:.0f}", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")  # FULL: a claim survives a power cut
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """A transaction that will write takes the write lock at once; taken later, it could be refused."""
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
