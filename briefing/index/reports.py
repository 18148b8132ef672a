"""Stories and their articles, and the passages and dates that were found in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from briefing.article import Article, Span
from briefing.index.reader import LISTED, Reader, listed
from briefing.index.rows import Dated, Problem, Report, Story
from briefing.index.stored import article_from, spans

REPORT = (
    "SELECT report.id, story.name, report.name, digest, title, outlet, published, url, sentences, statements"
    " FROM report JOIN story ON story.id = report.story"
)

LATEST = timedelta(hours=14)  # ahead of UTC, the zone in which a day begins first


class Reports(Reader):
    """What the index holds of stories and articles.

    Attributes:
        now: What time it is, for whoever asks which story is the newest; without it no article is dated too late.
    """

    now: Callable[[], datetime] | None = None

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._article = lru_cache(maxsize=256)(self._read_article)

    def stories(self, until: date | None = None) -> list[Story]:
        """All stories, the newest first.

        Args:
            until: The last day whose articles make a story new; stories that have later ones only stand behind. Left
                out: the day that it is by now where it is latest.
        """
        if until is None and self.now:
            until = (self.now().astimezone(UTC) + LATEST).date()
        return [
            Story(*row)
            for row in self.rows(
                "SELECT story.id, story.name, latest, (SELECT count(*) FROM report WHERE story = story.id)"
                " FROM story ORDER BY"
                " (SELECT max(published) FROM report WHERE story = story.id AND published <= ?) DESC NULLS LAST,"
                " latest DESC NULLS LAST, story.name",
                (until or date.max).isoformat(),
            )
        ]

    def story(self, name: str) -> Story | None:
        return next((story for story in self.stories() if story.name == name), None)

    def counts(self) -> list[tuple[str, int]]:
        """How many articles each story has, by the story's name."""
        return [
            (name, count)
            for name, count in self.rows(
                "SELECT story.name, (SELECT count(*) FROM report WHERE story = story.id) FROM story ORDER BY story.name"
            )
        ]

    def problems(self) -> list[Problem]:
        """The files that were skipped, and those set by hand with names that no article has."""
        return [problem for problem in self._problems() if not problem.misread]

    def misread(self) -> list[Problem]:
        """The files that were read, though something is wrong with them."""
        return [problem for problem in self._problems() if problem.misread]

    def _problems(self) -> list[Problem]:
        return [Problem(*row) for row in self.rows("SELECT story, name, reason FROM problem ORDER BY story, name")]

    def reports(self, story: str | None = None) -> list[Report]:
        """The articles of a story, or all, by date and name; undated ones last."""
        return [
            Report(*row)
            for row in self.rows(
                f"{REPORT} WHERE story.name = coalesce(?, story.name)"
                " ORDER BY story.name, published IS NULL, published, report.name",
                story,
            )
        ]

    def reports_named(self, names: Collection[str], story: str | None = None) -> list[Report]:
        """The articles of these names, in the same order; an article of each story that has one of the name."""
        rows = self.rows(
            f"{REPORT} WHERE report.name IN {LISTED} ORDER BY report.published DESC, story.name", listed(names)
        )
        found = [Report(*row) for row in rows if story in (None, row[1])]
        place = {name: number for number, name in enumerate(names)}
        return sorted(found, key=lambda report: place[report.name])

    def reports_from(self, story: str, start: int, limit: int) -> list[Report]:
        """Some of a story's articles by date and name, from a place on."""
        rows = self.rows(
            f"{REPORT} WHERE story.name = ? ORDER BY published IS NULL, published, report.name LIMIT ? OFFSET ?",
            story,
            limit,
            start,
        )
        return [Report(*row) for row in rows]

    def report(self, id: int) -> Report | None:
        row = self.one(f"{REPORT} WHERE report.id = ?", id)
        return Report(*row) if row else None

    def article(self, report: int) -> Article:
        """The article itself, rebuilt from its stored text.

        Raises:
            KeyError: There is no such report.
        """
        with self.snapshot():
            (digest,) = self.row("SELECT digest FROM report WHERE id = ?", report)
            return self._article(report, digest)

    def _read_article(self, report: int, _digest: str) -> Article:
        name, text, page = self.row(
            "SELECT name, text, page FROM report JOIN text ON text.report = report.id WHERE report.id = ?", report
        )
        return article_from(name, text, page)

    def passages(self, report: int) -> tuple[Span, ...]:
        """An article's usable passages, best first.

        Raises:
            KeyError: There is no such report.
        """
        row = self.row("SELECT found FROM analysis WHERE report = ?", report)
        return spans(json.loads(row[0])["summary"])

    def ranking(self, story: str, report: int, method: str, limit: int) -> list[tuple[int, int, int]] | None:
        """The best passages by a method as (report, start, end), best first; None if it has not been ranked.

        Args:
            report: 0 for the whole story.
        """
        row = self.one(
            "SELECT passages FROM ranking"
            " WHERE story = (SELECT id FROM story WHERE name = ?) AND report = ? AND method = ?",
            story,
            report,
            method,
        )
        return None if row is None else [tuple(place) for place in json.loads(row[0])[:limit]]

    def events(self, story: str, since: str, limit: int) -> list[Dated]:
        """A story's dated passages from a day (ISO) on, earliest first."""
        return [
            Dated(*row)
            for row in self.rows(
                "SELECT report, date, precision, start, end FROM event"
                " WHERE story = (SELECT id FROM story WHERE name = ?) AND date >= ? ORDER BY date, id LIMIT ?",
                story,
                since,
                limit,
            )
        ]
