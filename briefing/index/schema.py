"""The index's tables, and how a connection to them is opened."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

WAIT = 30.0  # seconds that one write waits for another
CACHE = 16_000  # KiB of pages that a reader keeps; with the default of 2,000 slow answers take half as long again

SCHEMA = """
-- What is known of the files.
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,              -- the folder's name
    recipe TEXT,                            -- what the merged tables were made from; NULL: not merged yet
    latest TEXT                             -- the newest article's date, ISO
);
CREATE TABLE report (                       -- an article as it stands in the index
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    name TEXT NOT NULL,                     -- the article's id: the file's name without its suffix
    digest TEXT NOT NULL,                   -- SHA-256 of the file's bytes
    version TEXT NOT NULL,                  -- of the pipeline that analysed it
    title TEXT, outlet TEXT, published TEXT, url TEXT,
    sentences INTEGER NOT NULL,             -- usable ones
    statements INTEGER NOT NULL,
    UNIQUE (story, name)
);
CREATE INDEX report_by_date ON report (story, published, name);
CREATE INDEX report_by_name ON report (name);
CREATE TABLE text (
    report INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    text TEXT NOT NULL,
    page TEXT NOT NULL                      -- JSON: the article's other fields
);
CREATE TABLE analysis (
    report INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    found TEXT NOT NULL                     -- JSON: what the story's tables are merged from
);
CREATE TABLE problem (                      -- a file that was skipped, or misread
    story TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (story, name)
) WITHOUT ROWID;
CREATE TABLE progress (id INTEGER PRIMARY KEY CHECK (id = 0), done INTEGER, total INTEGER, running INTEGER);
CREATE TABLE generation (id INTEGER PRIMARY KEY CHECK (id = 0), number INTEGER, names INTEGER);
INSERT INTO progress VALUES (0, 0, 0, 0);
INSERT INTO generation VALUES (0, 0, 0);

-- What was found, merged over each story; made anew from `analysis` whenever the story changes.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    name TEXT NOT NULL, kind TEXT NOT NULL, role TEXT,
    aliases TEXT NOT NULL,                  -- JSON
    statements INTEGER NOT NULL, positions INTEGER NOT NULL, reports INTEGER NOT NULL
);
CREATE INDEX actor_by_name ON actor (name);
CREATE INDEX actor_by_story ON actor (story);
CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    report INTEGER NOT NULL,
    actor INTEGER,                          -- NULL: the article does not name the speaker
    kind TEXT NOT NULL, act TEXT NOT NULL,
    low INTEGER NOT NULL,                   -- 1: confidence under SURE
    published TEXT NOT NULL,                -- '' where the article has no date
    start INTEGER NOT NULL,                 -- where the words start
    weight INTEGER NOT NULL,                -- the room its entry takes at most, in characters
    repeats INTEGER,                        -- the statement whose words it repeats
    said TEXT NOT NULL                      -- JSON: the rest
);
CREATE INDEX statement_by_actor
    ON statement (actor, act, low, published DESC, report, start, kind, weight) WHERE repeats IS NULL;
CREATE INDEX statement_by_report ON statement (report, start);
CREATE INDEX statement_by_story ON statement (story);
CREATE INDEX statement_repeated ON statement (repeats) WHERE repeats IS NOT NULL;
CREATE TABLE joint (                        -- the persons who make up a statement's group of speakers
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    actor INTEGER NOT NULL,
    PRIMARY KEY (statement, actor)
) WITHOUT ROWID;
CREATE INDEX joint_by_actor ON joint (actor);
CREATE VIRTUAL TABLE statement_words USING fts5 (
    words, issues, actor, tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    name TEXT NOT NULL, aliases TEXT NOT NULL,
    linked TEXT NOT NULL,                   -- JSON: names of the story's issues that share a telling word
    actors INTEGER NOT NULL, reports INTEGER NOT NULL,
    rank INTEGER NOT NULL                   -- from 0: the story's main issue
);
CREATE INDEX issue_by_story ON issue (story, rank);
CREATE INDEX issue_by_name ON issue (name);
CREATE TABLE position (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    report INTEGER NOT NULL, actor INTEGER NOT NULL, issue INTEGER NOT NULL,
    stance TEXT NOT NULL, date TEXT NOT NULL,
    weight INTEGER NOT NULL,
    stood TEXT NOT NULL                     -- JSON: the rest
);
CREATE INDEX position_by_actor ON position (actor, issue, date);
CREATE INDEX position_by_story ON position (story);
CREATE TABLE standing (                     -- what an actor's positions on one issue amount to
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    actor INTEGER NOT NULL, issue INTEGER NOT NULL,
    stance TEXT NOT NULL,                   -- of the newest
    times INTEGER NOT NULL,                 -- how many positions
    position INTEGER NOT NULL,              -- the newest
    turns TEXT NOT NULL,                    -- JSON: [[stance, date, report], ...] where it changed, else []
    PRIMARY KEY (actor, issue)
) WITHOUT ROWID;
CREATE INDEX standing_by_issue ON standing (issue);
CREATE INDEX standing_by_story ON standing (story);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    report INTEGER NOT NULL,
    date TEXT NOT NULL, precision TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX event_by_date ON event (story, date);
CREATE TABLE ranking (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story ON DELETE CASCADE,
    report INTEGER NOT NULL,                -- 0: the whole story
    method TEXT NOT NULL,
    passages TEXT NOT NULL,                 -- JSON: [[report, start, end], ...], best first
    UNIQUE (story, report, method)
);
"""

SCHEMA_VERSION = zlib.crc32(SCHEMA.encode()) & 0x7FFF_FFFF
"""Changes with every change of a table; an index of another version is emptied and built anew."""


def connect(path: Path, *, writing: bool = False) -> sqlite3.Connection:
    """A connection to the index at a path, which is made where it is missing or of another version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA foreign_keys = ON")
    _prepare(database)
    if not writing:
        database.execute(f"PRAGMA cache_size = -{CACHE}")
        database.execute("PRAGMA query_only = ON")
    return database


def _prepare(database: sqlite3.Connection) -> None:
    if _version(database) == SCHEMA_VERSION:
        return
    database.execute("PRAGMA foreign_keys = OFF")
    with database:
        database.execute("BEGIN IMMEDIATE")
        if _version(database) != SCHEMA_VERSION:  # another process may just have done it
            for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " AND name NOT LIKE 'statement_words_%'"
            ).fetchall():
                database.execute(f"DROP TABLE {name}")
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    database.execute(statement)
            database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    database.execute("PRAGMA foreign_keys = ON")


def _version(database: sqlite3.Connection) -> int:
    version: int = database.execute("PRAGMA user_version").fetchone()[0]
    return version
