"""Writing an index: by article and by story, each in one transaction, so that no reader ever sees half of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.article import Article
from briefing.found import Json
from briefing.index.rows import OURS, Evidence, Said
from briefing.index.schema import connect
from briefing.index.statements import actor_token
from briefing.index.stored import article_from, evidence_json, page_json, said_json


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An analysed article as the index keeps it.

    Attributes:
        found: What was found in it, as `briefing.found` writes it: what a story is merged from.
    """

    report: int
    article: Article
    found: Json


@dataclass(frozen=True, slots=True)
class ActorRow:
    name: str
    kind: str
    role: str | None
    aliases: Sequence[str]
    statements: int
    positions: int
    reports: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement; `actor`, `joint` and `repeats` are places in the story's lists of actors and statements.

    Attributes:
        published: The article's date (ISO), "" where it has none.
        weight: The room that its entry takes at most, in characters.
        words: What a reader may look for: the content.
        issues: Names of the issues that the words are evidence on.
        joint: The persons who make up a group that speaks.
    """

    said: Said
    actor: int | None
    published: str
    weight: int
    words: str
    issues: str
    joint: Sequence[int] = ()
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class IssueRow:
    name: str
    aliases: Sequence[str]
    linked: Sequence[str]
    actors: int
    reports: int


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position; `actor` and `issue` are places in the story's lists."""

    report: int
    actor: int
    issue: int
    stance: str
    date: str | None
    weight: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class StandingRow:
    """What an actor's positions on one issue amount to; all but the times and the turns are places or a stance."""

    actor: int
    issue: int
    stance: str
    times: int
    position: int
    turns: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class EventRow:
    report: int
    date: str
    precision: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A story's tables, merged over its articles.

    Attributes:
        rankings: By report (0: the whole story), the passages as (report, start, end), best first.
    """

    actors: Sequence[ActorRow] = ()
    statements: Sequence[StatementRow] = ()
    issues: Sequence[IssueRow] = ()
    positions: Sequence[PositionRow] = ()
    standings: Sequence[StandingRow] = ()
    events: Sequence[EventRow] = ()
    rankings: Sequence[tuple[int, Sequence[tuple[int, int, int]]]] = ()


class Writer:
    """The indexing half's view of one index; one indexer at a time, which `lock` sees to, and rankings beside it."""

    def __init__(self, path: Path) -> None:
        self._database = connect(path, writing=True)

    def close(self) -> None:
        self._database.close()

    # What is there

    def known(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Digest and pipeline version of every analysed article, by story and name."""
        rows = self._database.execute(
            "SELECT story.name, report.name, digest, version FROM report JOIN story ON story.id = report.story"
        )
        return {(story, name): (digest, version) for story, name, digest, version in rows}

    def recipes(self) -> dict[str, str | None]:
        """What each story's tables were merged from; None where they are to be merged anew."""
        return dict(self._database.execute("SELECT name, recipe FROM story").fetchall())

    def kept(self, story: str) -> Iterator[KeptArticle]:
        """The story's analysed articles by date and name."""
        rows = self._database.execute(
            "SELECT report.id, report.name, text, page, found FROM report JOIN text ON text.report = report.id"
            " JOIN analysis ON analysis.report = report.id WHERE story = (SELECT id FROM story WHERE name = ?)"
            " ORDER BY published IS NULL, published, report.name",
            (story,),
        )
        for report, name, text, page, found in rows:
            yield KeptArticle(report, article_from(name, text, page), json.loads(found))

    # What is written

    def begin(self, total: int) -> None:
        self._write("UPDATE progress SET done = 0, total = ?, running = 1", total)

    def finish(self) -> None:
        self._write("UPDATE progress SET running = 0")

    def begun(self) -> None:
        """Notes that the folder was looked at, though nothing may have been found in it."""
        with self._database:
            self._database.execute("UPDATE generation SET number = 1 WHERE number = 0")

    def replace_problems(self, problems: Iterable[tuple[str, str, str]]) -> None:
        """All files that were skipped or misread, as (story, name, reason)."""
        rows = sorted(set(problems))
        if rows == self._database.execute("SELECT story, name, reason FROM problem ORDER BY 1, 2, 3").fetchall():
            return
        with self._transaction():
            self._database.execute("DELETE FROM problem")
            self._database.executemany("INSERT OR REPLACE INTO problem VALUES (?, ?, ?)", rows)

    def add_problem(self, story: str, name: str, reason: str) -> None:
        """A file that could be read and not analysed; it counts as done."""
        with self._transaction():
            self._database.execute("INSERT OR REPLACE INTO problem VALUES (?, ?, ?)", (story, name, reason))
            self._database.execute("UPDATE progress SET done = done + 1")

    def keep(self, story: str, article: Article, digest: str, version: str, found: Json) -> None:
        """An analysed article; what the story's tables say of other words under its name is taken out."""
        with self._transaction() as execute:
            execute("INSERT INTO story (name) VALUES (?) ON CONFLICT DO NOTHING", story)
            execute("UPDATE story SET recipe = NULL WHERE name = ?", story)
            before = execute(
                "SELECT report.id, digest, story FROM report JOIN story ON story.id = story"
                " WHERE story.name = ? AND report.name = ?",
                story,
                article.id,
            ).fetchone()
            if before and before[1] != digest:
                self._forget(before[0], before[2])
            execute(
                "INSERT INTO report"
                " (story, name, digest, version, title, outlet, published, url, sentences, statements)"
                " SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM story WHERE name = ?"
                " ON CONFLICT (story, name) DO UPDATE SET digest = excluded.digest, version = excluded.version,"
                " title = excluded.title, outlet = excluded.outlet, published = excluded.published,"
                " url = excluded.url, sentences = excluded.sentences, statements = excluded.statements",
                article.id,
                digest,
                version,
                article.title,
                article.outlet,
                article.iso_date,
                article.url,
                len(found["summary"]),
                len(found["statements"]),
                story,
            )
            (report,) = execute(
                "SELECT report.id FROM report JOIN story ON story.id = story WHERE story.name = ? AND report.name = ?",
                story,
                article.id,
            ).fetchone()
            execute("INSERT OR REPLACE INTO text VALUES (?, ?, ?)", report, article.text, page_json(article))
            execute("INSERT OR REPLACE INTO analysis VALUES (?, ?)", report, json.dumps(found))
            execute("UPDATE progress SET done = done + 1")

    def drop(self, story: str, name: str) -> None:
        """Takes an article out, and its story with the last of them."""
        with self._transaction() as execute:
            row = execute(
                "SELECT report.id, story FROM report JOIN story ON story.id = story"
                " WHERE story.name = ? AND report.name = ?",
                story,
                name,
            ).fetchone()
            if row is None:
                return
            execute("UPDATE generation SET names = names + 1")
            self._forget(*row)
            execute("DELETE FROM report WHERE id = ?", row[0])
            execute("UPDATE story SET recipe = NULL WHERE id = ?", row[1])
            if not execute("SELECT 1 FROM report WHERE story = ? LIMIT 1", row[1]).fetchone():
                self._clear(row[1])
                execute("DELETE FROM story WHERE id = ?", row[1])

    def merge(self, story: str, recipe: str | None, merged: Merged) -> None:
        """Puts a story's tables in the place of its old ones.

        Args:
            recipe: What they were made from; None where more articles are to come.
        """
        with self._transaction() as execute:
            execute("UPDATE generation SET names = names + 1")
            (id,) = execute("SELECT id FROM story WHERE name = ?", story).fetchone()
            self._clear(id)
            actors = [self._insert("actor", id, *_fields(row)) for row in merged.actors]
            issues = [self._insert("issue", id, *_fields(row), rank) for rank, row in enumerate(merged.issues)]
            self._insert_statements(id, actors, merged.statements)
            positions = [self._insert_position(id, actors, issues, row) for row in merged.positions]
            for row in merged.standings:
                execute(
                    "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)",
                    *(id, actors[row.actor], issues[row.issue], row.stance, row.times, positions[row.position]),
                    json.dumps(row.turns),
                )
            for event in merged.events:
                self._insert("event", id, *_fields(event))
            for report, passages in merged.rankings:
                self._insert("ranking", id, report, OURS, json.dumps(passages))
            execute(
                "UPDATE story SET recipe = ?,"
                " latest = (SELECT max(published) FROM report WHERE report.story = story.id) WHERE id = ?",
                recipe,
                id,
            )

    def add_ranking(
        self,
        story: str,
        report: int,
        method: str,
        passages: Sequence[tuple[int, int, int]],
        ranked: Mapping[int, str],
    ) -> bool:
        """A ranking by one of sumy's methods, unless the articles are others by now: its offsets would be of old texts.

        Args:
            report: 0 for the whole story.
            ranked: The digests of the articles that were ranked, by report.

        Returns:
            Whether it was kept.
        """
        with self._transaction() as execute:
            now = execute(
                "SELECT report.id, digest FROM report JOIN story ON story.id = story"
                " WHERE story.name = ? AND ? IN (0, report.id)",
                story,
                report,
            )
            if dict(now.fetchall()) != ranked:
                return False
            execute(
                "INSERT OR REPLACE INTO ranking (story, report, method, passages)"
                " SELECT id, ?, ?, ? FROM story WHERE name = ?",
                report,
                method,
                json.dumps(passages),
                story,
            )
            return True

    # SQL

    def _insert_statements(self, story: int, actors: Sequence[int], rows: Sequence[StatementRow]) -> None:
        ids: list[int] = []
        for row in rows:
            actor = None if row.actor is None else actors[row.actor]
            speakers = [*([] if actor is None else [actor]), *(actors[place] for place in row.joint)]
            said, start = row.said, row.said.content[0][0]
            values = (said.kind, said.act, not said.sure, row.published, start, row.weight, None, said_json(said))
            ids.append(self._insert("statement", story, said.report, actor, *values))
            self._database.execute(
                "INSERT INTO statement_words (rowid, words, issues, actor) VALUES (?, ?, ?, ?)",
                (ids[-1], row.words, row.issues, " ".join(map(actor_token, speakers))),
            )
            joint = [(ids[-1], actors[place]) for place in row.joint]
            self._database.executemany("INSERT INTO joint (statement, actor) VALUES (?, ?)", joint)
        repeats = ((ids[row.repeats], id) for id, row in zip(ids, rows, strict=True) if row.repeats is not None)
        self._database.executemany("UPDATE statement SET repeats = ? WHERE id = ?", list(repeats))

    def _insert_position(self, story: int, actors: Sequence[int], issues: Sequence[int], row: PositionRow) -> int:
        values = (row.stance, row.date or "", row.weight, evidence_json(row.evidence))
        return self._insert("position", story, row.report, actors[row.actor], issues[row.issue], *values)

    def _insert(self, table: str, *values: object) -> int:
        marks = ", ".join("?" * len(values))
        cursor = self._database.execute(f"INSERT INTO {table} VALUES (NULL, {marks})", values)  # noqa: S608 - our names
        assert cursor.lastrowid is not None  # an INSERT has one
        return cursor.lastrowid

    def _forget(self, report: int, story: int) -> None:
        """Takes one article's rows out of its story's tables: their offsets are of another text.

        Other articles' passages stand beside its own in the rankings of the whole story (report 0) alone.
        """
        execute = self._database.execute
        its = "(SELECT id FROM statement WHERE report = ?)"
        execute(f"DELETE FROM statement_words WHERE rowid IN {its}", (report,))  # noqa: S608 - our words
        execute(f"UPDATE statement SET repeats = NULL WHERE repeats IN {its}", (report,))  # noqa: S608 - our words
        held = "(SELECT id FROM position WHERE story = ? AND report = ?)"
        execute(f"DELETE FROM standing WHERE story = ? AND position IN {held}", (story, story, report))  # noqa: S608
        execute("DELETE FROM statement WHERE report = ?", (report,))
        for table in ("position", "event", "ranking"):
            execute(f"DELETE FROM {table} WHERE story = ? AND report = ?", (story, report))  # noqa: S608 - our names
        whole = execute("SELECT id, passages FROM ranking WHERE story = ? AND report = 0", (story,))
        for id, passages in whole.fetchall():
            left = [place for place in json.loads(passages) if place[0] != report]
            execute("UPDATE ranking SET passages = ? WHERE id = ?", (json.dumps(left), id))

    def _clear(self, story: int) -> None:
        execute = self._database.execute
        execute("DELETE FROM statement_words WHERE rowid IN (SELECT id FROM statement WHERE story = ?)", (story,))
        for table in ("statement", "standing", "position", "event", "ranking", "issue", "actor"):
            execute(f"DELETE FROM {table} WHERE story = ?", (story,))  # noqa: S608 - our names

    def _write(self, sql: str, *values: object) -> None:
        with self._transaction():
            self._database.execute(sql, values)

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        """All or nothing, and a new generation for the readers."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            yield lambda sql, *values: self._database.execute(sql, values)
            self._database.execute("UPDATE generation SET number = number + 1")


def _fields(row: ActorRow | IssueRow | EventRow) -> list[object]:
    values = [getattr(row, name) for name in row.__slots__]
    return [json.dumps(list(value)) if isinstance(value, (list, tuple)) else value for value in values]
