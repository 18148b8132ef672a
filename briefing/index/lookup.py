"""Looking things up in an index; every look-up sees what the last finished write left."""

# ruff: noqa: S608 - what is put into the SQL is our own text and question marks

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.article import Article, Span
from briefing.index.lock import has_indexer
from briefing.index.place import index_path
from briefing.index.rows import Dated, Evidence, Issue, Problem, Profile, Progress, Report, Said, Stand, Standing, Story
from briefing.index.schema import connect
from briefing.names import Choice, Names

Row = tuple[Any, ...]

REPORT = (
    "SELECT report.id, story.name, report.name, digest, title, outlet, published, url, sentences, statements"
    " FROM report JOIN story ON story.id = report.story"
)
PROFILE = (
    "SELECT actor.id, story.name, actor.name, kind, role, aliases, statements, positions, reports"
    " FROM actor JOIN story ON story.id = actor.story"
)
ISSUE = (
    "SELECT issue.id, story.name, issue.name, aliases, linked, actors, reports"
    " FROM issue JOIN story ON story.id = issue.story"
)
STANDING = (
    "SELECT position.id, position.report, actor.name, standing.actor, issue.name, standing.issue, position.stance,"
    " position.date, position.weight, standing.stance, times, turns FROM standing"
    " JOIN position ON position.id = standing.position JOIN actor ON actor.id = standing.actor"
    " JOIN issue ON issue.id = standing.issue"
)
STAND = (
    "SELECT position.id, report, actor.name, actor, issue.name, issue, stance, date, weight"
    " FROM position JOIN actor ON actor.id = actor JOIN issue ON issue.id = issue"
)


class Index:
    """The answering half's view of one index; it never writes.

    Names for completion are kept in memory and read anew when the index has changed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = connect(path)
        self._names_of: dict[str, tuple[int, Names]] = {}
        self._article = lru_cache(maxsize=256)(self._read_article)

    @classmethod
    def of_seeds(cls, seeds: Path, data_dir: Path | None = None) -> Index:
        """The index of a seeds folder; an empty one if it was never indexed."""
        return cls(index_path(seeds, data_dir))

    def close(self) -> None:
        self._database.close()

    def warm(self) -> None:
        """Reads the names that completions and answers look up, so that the first of them need not.

        What the process holds by then is put out of the garbage collector's reach (`gc.freeze`): a full collection
        over a program's modules takes longer than an answer.
        """
        for names in (self.people, self.issues_by_name, self.stories_by_name, self.titles):
            names()
        gc.collect()
        gc.freeze()

    # The state of the index

    def progress(self) -> Progress:
        done, total, running = self._row("SELECT done, total, running FROM progress")
        started = bool(total) or self.generation() > 0
        return Progress(done, total, bool(running) and has_indexer(self.path), started)

    def generation(self) -> int:
        """A number that grows whenever an answer may have changed."""
        number: int = self._row("SELECT number FROM generation")[0]
        return number

    def problems(self) -> list[Problem]:
        return [Problem(*row) for row in self._rows("SELECT story, name, reason FROM problem ORDER BY story, name")]

    # Stories and articles

    def stories(self) -> list[Story]:
        """All stories, the newest first."""
        return [
            Story(*row)
            for row in self._rows(
                "SELECT story.id, story.name, latest, (SELECT count(*) FROM report WHERE story = story.id)"
                " FROM story ORDER BY latest DESC NULLS LAST, story.name"
            )
        ]

    def story(self, name: str) -> Story | None:
        return next((story for story in self.stories() if story.name == name), None)

    def reports(self, story: str | None = None) -> list[Report]:
        """The articles of a story, or all, by date and name; undated ones last."""
        return [
            Report(*row)
            for row in self._rows(
                f"{REPORT} WHERE ?1 IS NULL OR story.name = ?1"
                " ORDER BY story.name, published IS NULL, published, report.name",
                story,
            )
        ]

    def reports_named(self, names: Collection[str], story: str | None = None) -> list[Report]:
        """The articles of these names, in the same order; an article of each story that has one of the name."""
        rows = self._rows(
            f"{REPORT} WHERE report.name IN ({_marks(names)}) ORDER BY report.published DESC, story.name", *names
        )
        found = [Report(*row) for row in rows if story in (None, row[1])]
        place = {name: number for number, name in enumerate(names)}
        return sorted(found, key=lambda report: place[report.name])

    def counts(self) -> list[tuple[str, int]]:
        """How many articles each story has, by the story's name."""
        return [
            (name, count)
            for name, count in self._rows(
                "SELECT story.name, (SELECT count(*) FROM report WHERE story = story.id) FROM story ORDER BY story.name"
            )
        ]

    def reports_from(self, story: str, start: int, limit: int) -> list[Report]:
        """Some of a story's articles by date and name, from a place on."""
        rows = self._rows(
            f"{REPORT} WHERE story.name = ? ORDER BY published IS NULL, published, report.name LIMIT ? OFFSET ?",
            story,
            limit,
            start,
        )
        return [Report(*row) for row in rows]

    def report(self, id: int) -> Report | None:
        row = self._one(f"{REPORT} WHERE report.id = ?", id)
        return Report(*row) if row else None

    def article(self, report: int) -> Article:
        """The article itself, rebuilt from its stored text.

        Raises:
            KeyError: There is no such report.
        """
        row = self._one("SELECT digest FROM report WHERE id = ?", report)
        if row is None:
            raise KeyError(report)
        return self._article(report, row[0])

    def _read_article(self, report: int, _digest: str) -> Article:
        name, text, page = self._row(
            "SELECT name, text, page FROM report JOIN text ON text.report = report.id WHERE report.id = ?", report
        )
        return article_from(name, text, json.loads(page))

    def passages(self, report: int) -> tuple[Span, ...]:
        """An article's usable passages, best first."""
        row = self._row("SELECT found FROM analysis WHERE report = ?", report)
        return spans(json.loads(row[0])["summary"])

    # Actors

    def profiles(self, name: str, story: str | None = None) -> list[Profile]:
        """The actors of exactly this name, one a story, the best known first."""
        return [
            _profile(row)
            for row in self._rows(
                f"{PROFILE} WHERE actor.name = ?1 AND (?2 IS NULL OR story.name = ?2)"
                " ORDER BY statements DESC, reports DESC, actor.id",
                name,
                story,
            )
        ]

    def kinds(self, story: str) -> dict[int, str]:
        """What kind each actor of a story is, by its id."""
        return dict(
            self._rows("SELECT id, kind FROM actor WHERE story = (SELECT id FROM story WHERE name = ?)", story)
        )

    def people(self) -> Names:
        """All actors by name and alias; those with most statements and positions first, unnamed sources last."""
        return self._names("people", self._people, "names")

    def _people(self) -> Iterable[Choice]:
        known: dict[str, tuple[set[str], int]] = {}
        for name, aliases, weight in self._rows(
            "SELECT name, aliases, (1000 * (statements + positions) + reports) * (kind <> 'unnamed') FROM actor"
            " WHERE kind <> 'unnamed' OR statements + positions > 0"
        ):
            also, total = known.get(name, (set(), 0))
            known[name] = (also | set(json.loads(aliases)), total + weight)
        return [Choice(name, tuple(sorted(also)), weight) for name, (also, weight) in known.items()]

    def issues_by_name(self) -> Names:
        """All issues by name and alias, the ones most actors and articles speak to first."""
        return self._names("issues", self._issues, "names")

    def _issues(self) -> Iterable[Choice]:
        known: dict[str, tuple[set[str], int]] = {}
        for name, aliases, weight in self._rows("SELECT name, aliases, 10 * actors + reports FROM issue"):
            also, total = known.get(name, (set(), 0))
            known[name] = (also | set(json.loads(aliases)), total + weight)
        return [Choice(name, tuple(sorted(also)), weight) for name, (also, weight) in known.items()]

    def stories_by_name(self) -> Names:
        return self._names("stories", lambda: [Choice(s.name, weight=s.reports) for s in self.stories()])

    def titles(self, story: str | None = None) -> Names:
        """The articles by name and title; the newest first."""

        def choices() -> Iterable[Choice]:
            for place, (name, title) in enumerate(
                self._rows(
                    "SELECT report.name, title FROM report JOIN story ON story.id = report.story"
                    " WHERE ?1 IS NULL OR story.name = ?1 ORDER BY published, report.name",
                    story,
                )
            ):
                yield Choice(name, (title,) if title else (), place)

        return self._names(f"titles of {story}", choices)

    def _names(self, key: str, choices: Callable[[], Iterable[Choice]], column: str = "number") -> Names:
        (number,) = self._row(f"SELECT {column} FROM generation")
        kept = self._names_of.get(key)
        if kept is None or kept[0] != number:
            kept = self._names_of[key] = (number, Names(choices()))
        return kept[1]

    # Statements

    def said_by(
        self, actors: Collection[int], acts: Sequence[str], kinds: Sequence[str] = (), words: str | None = None
    ) -> list[tuple[int, int, bool]]:
        """The statements of some actors, each with its weight and whether it is sure: sure ones first, then the newest.

        Args:
            words: What they must be about, as an expression made by `words_expression`.
        """
        condition = ""
        values: list[object] = [*actors, *acts]
        if kinds:
            condition += f" AND kind IN ({_marks(kinds)})"
            values += kinds
        if words:
            speakers = " OR ".join(f'"{actor_token(actor)}"' for actor in actors)
            condition += " AND id IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)"
            values.append(f"actor: ({speakers}) AND ({words})")
        return [
            (id, weight, not low)
            for id, weight, low in self._rows(
                f"SELECT id, weight, low FROM statement WHERE actor IN ({_marks(actors)}) AND act IN ({_marks(acts)})"
                f" AND repeats IS NULL{condition} ORDER BY low, published DESC, report, start",
                *values,
            )
        ]

    def said(self, id: int) -> Said:
        row = self._row(
            "SELECT statement.id, report, statement.kind, act, said, actor.name, role FROM statement"
            " LEFT JOIN actor ON actor.id = actor WHERE statement.id = ?",
            id,
        )
        also = [r for (r,) in self._rows("SELECT DISTINCT report FROM statement WHERE repeats = ? ORDER BY id", id)]
        return _said(row, tuple(also))

    def said_in(self, reports: Collection[int], acts: Sequence[str]) -> list[Said]:
        """The statements of some articles in text order; words that an earlier one repeats are left out."""
        return [
            _said(row)
            for row in self._rows(
                "SELECT statement.id, report, statement.kind, act, said, actor.name, role FROM statement"
                f" LEFT JOIN actor ON actor.id = actor WHERE report IN ({_marks(reports)}) AND act IN ({_marks(acts)})"
                " AND (repeats IS NULL OR (SELECT report FROM statement AS first WHERE first.id = statement.repeats)"
                f" NOT IN ({_marks(reports)})) ORDER BY published, report, start",
                *reports,
                *acts,
                *reports,
            )
        ]

    # Positions and issues

    def issues(self, story: str, limit: int = 1_000) -> list[Issue]:
        """A story's issues, the main ones first."""
        return [
            _issue(row) for row in self._rows(f"{ISSUE} WHERE story.name = ? ORDER BY issue.rank LIMIT ?", story, limit)
        ]

    def issues_named(self, name: str, story: str | None = None) -> list[Issue]:
        """The issues of exactly this name, one a story, the newest story's first."""
        return [
            _issue(row)
            for row in self._rows(
                f"{ISSUE} WHERE issue.name = ?1 AND (?2 IS NULL OR story.name = ?2)"
                " ORDER BY story.latest DESC NULLS LAST, story.name",
                name,
                story,
            )
        ]

    def standings_of(self, actors: Collection[int], issue: str | None = None) -> list[Standing]:
        """Where some actors stand, the issues that most speak to first."""
        chosen = "" if issue is None else " AND issue.name = ?"
        return [
            _standing(row)
            for row in self._rows(
                f"{STANDING} WHERE standing.actor IN ({_marks(actors)}){chosen} ORDER BY issue.rank, standing.issue",
                *actors,
                *([issue] if issue else []),
            )
        ]

    def standings_on(self, issue: int) -> list[Standing]:
        """Where the actors stand on an issue, those with most positions first."""
        return [
            _standing(row)
            for row in self._rows(
                f"{STANDING} WHERE standing.issue = ? ORDER BY actor.positions DESC, standing.actor", issue
            )
        ]

    def turned(self, story: str) -> list[Standing]:
        """The story's actors and issues where a position changed."""
        return [
            _standing(row)
            for row in self._rows(
                f"{STANDING} WHERE standing.story = (SELECT id FROM story WHERE name = ?) AND turns <> '[]'"
                " ORDER BY issue.rank, actor.positions DESC",
                story,
            )
        ]

    def stands_of(self, actors: Collection[int], issue: str) -> list[Stand]:
        """The positions of some actors on the issues of a name, by date; undated ones last."""
        return [
            _stand(row)
            for row in self._rows(
                f"{STAND} WHERE actor IN ({_marks(actors)}) AND issue.name = ? ORDER BY date = '', date, position.id",
                *actors,
                issue,
            )
        ]

    def stands_in(self, story: str) -> list[Stand]:
        """All positions of a story, by date; undated ones last."""
        return [
            _stand(row)
            for row in self._rows(
                f"{STAND} WHERE position.story = (SELECT id FROM story WHERE name = ?)"
                " ORDER BY date = '', date, position.id",
                story,
            )
        ]

    def evidence(self, stand: int) -> Evidence:
        (row,) = self._row("SELECT stood FROM position WHERE id = ?", stand)
        stood = json.loads(row)
        return Evidence(
            cue=(stood["cue"][0], stood["cue"][1]),
            passages=spans(stood["evidence"]),
            condition=_span(stood["condition"]),
            reported_by=stood["reported_by"],
        )

    def matrix(self, story: str, actors: int, issues: int) -> list[Standing]:
        """Where a story's main actors stand on its main issues: the main ones first, unnamed sources left out."""
        return [
            _standing(row)
            for row in self._rows(
                f"""WITH main_issue AS MATERIALIZED (
                    SELECT id FROM issue WHERE story = (SELECT id FROM story WHERE name = ?1) ORDER BY rank LIMIT ?3
                ), main_actor AS MATERIALIZED (
                    SELECT standing.actor AS id, count(*) AS width FROM standing JOIN actor ON actor.id = standing.actor
                    WHERE issue IN main_issue AND kind <> 'unnamed'
                    GROUP BY standing.actor ORDER BY width DESC, actor.positions DESC, actor.id LIMIT ?2
                )
                {STANDING} JOIN main_actor ON main_actor.id = standing.actor WHERE standing.issue IN main_issue
                ORDER BY width DESC, actor.positions DESC, actor.id, issue.rank""",
                story,
                actors,
                issues,
            )
        ]

    # Events and summaries

    def events(self, story: str, since: str, limit: int) -> list[Dated]:
        """A story's dated passages from a day (ISO) on, earliest first."""
        return [
            Dated(*row)
            for row in self._rows(
                "SELECT report, date, precision, start, end FROM event"
                " WHERE story = (SELECT id FROM story WHERE name = ?) AND date >= ? ORDER BY date, id LIMIT ?",
                story,
                since,
                limit,
            )
        ]

    def ranking(self, story: str, report: int, method: str, limit: int) -> list[tuple[int, int, int]] | None:
        """The best passages by a method as (report, start, end), best first; None if it has not been ranked.

        Args:
            report: 0 for the whole story.
        """
        row = self._one(
            "SELECT passages FROM ranking"
            " WHERE story = (SELECT id FROM story WHERE name = ?) AND report = ? AND method = ?",
            story,
            report,
            method,
        )
        return None if row is None else [tuple(place) for place in json.loads(row[0])[:limit]]

    # SQL

    def _rows(self, sql: str, *values: object) -> list[Row]:
        return self._database.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: object) -> Row | None:
        row: Row | None = self._database.execute(sql, values).fetchone()
        return row

    def _row(self, sql: str, *values: object) -> Row:
        row = self._one(sql, *values)
        if row is None:
            raise KeyError(values)
        return row


def article_from(name: str, text: str, page: dict[str, Any]) -> Article:
    """The article that a stored text and its other fields stand for."""
    return Article(
        id=name,
        text=text,
        title=page["title"],
        section=page["section"],
        outlet=page["outlet"],
        authors=tuple(page["authors"]),
        url=page["url"],
        published=date.fromisoformat(page["published"]) if page["published"] else None,
        published_from=page["published_from"],
        paragraphs=spans(page["paragraphs"]),
        furniture=spans(page["furniture"]),
        cross_headings=spans(page["cross_headings"]),
    )


def actor_token(actor: int) -> str:
    """The word that stands for an actor in the full-text table."""
    return f"actor{actor}q"  # ends in a letter that the stemmer leaves alone


def words_expression(about: str, *, every: bool) -> str | None:
    """A full-text expression for what a reader types after `about`, or None where it holds no word.

    Args:
        every: Whether all words must be there, or any.
    """
    words = re.findall(r"\w+", about)[:12]
    told = [word for word in words if word.lower() not in STOP_WORDS] or words
    joined = (" AND " if every else " OR ").join(f'"{word}"' for word in told)
    return f"{{words issues}} : ({joined})" if told else None


STOP_WORDS = frozenset(
    {"a", "an", "the", "of", "on", "in", "to", "for", "and", "or", "with", "at", "by", "from", "is", "are", "was"}
)


def spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


def _span(pair: Sequence[int] | None) -> Span | None:
    return (pair[0], pair[1]) if pair else None


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))


def _profile(row: Row) -> Profile:
    id, story, name, kind, role, aliases, *counts = row
    return Profile(id, story, name, kind, role, tuple(json.loads(aliases)), *counts)


def _issue(row: Row) -> Issue:
    id, story, name, aliases, linked, *counts = row
    return Issue(id, story, name, tuple(json.loads(aliases)), tuple(json.loads(linked)), *counts)


def _said(row: Row, also: tuple[int, ...] = ()) -> Said:
    id, report, kind, act, rest, speaker, role = row
    said = json.loads(rest)
    return Said(
        id=id,
        report=report,
        kind=kind,
        act=act,
        content=spans(said["content"]),
        cue=_span(said["cue"]),
        source=_span(said["source"]),
        how=said["how"],
        confidence=said["confidence"],
        reported_by=said["reported_by"],
        when=_span(said["when"]),
        date=said["date"],
        where=_span(said["where"]),
        addressee=_span(said["addressee"]),
        speaker=speaker,
        role=role,
        also=tuple(other for other in also if other != report),
    )


def _standing(row: Row) -> Standing:
    *stand, stance, times, turns = row
    told = json.loads(turns) if turns != "[]" else ()
    return Standing(_stand(tuple(stand)), stance, times, tuple((turn, day, report) for turn, day, report in told))


def _stand(row: Row) -> Stand:
    id, report, actor, actor_id, issue, issue_id, stance, day, weight = row
    return Stand(id, report, actor, actor_id, issue, issue_id, stance, day or None, weight)
