"""Issues, who stands where on them, and the evidence."""

# ruff: noqa: S608 - what is put into the SQL is our own text and question marks

from __future__ import annotations

import json
from collections.abc import Collection

from briefing.index.reader import LISTED, Reader, Row, listed
from briefing.index.rows import Evidence, Issue, Stand, Standing
from briefing.index.stored import evidence_from

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


class Positions(Reader):
    """What the index holds of issues and positions."""

    def issues(self, story: str, limit: int = 1_000) -> list[Issue]:
        """A story's issues, the main ones first."""
        return [
            _issue(row) for row in self.rows(f"{ISSUE} WHERE story.name = ? ORDER BY issue.rank LIMIT ?", story, limit)
        ]

    def issues_named(self, name: str, story: str | None = None) -> list[Issue]:
        """The issues of exactly this name, one a story, the newest story's first."""
        return [
            _issue(row)
            for row in self.rows(
                f"{ISSUE} WHERE issue.name = ? AND story.name = coalesce(?, story.name)"
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
            for row in self.rows(
                f"{STANDING} WHERE standing.actor IN {LISTED}{chosen} ORDER BY issue.rank, standing.issue",
                listed(actors),
                *([issue] if issue else []),
            )
        ]

    def standings_on(self, issue: int) -> list[Standing]:
        """Where the actors stand on an issue, those with most positions first."""
        return [
            _standing(row)
            for row in self.rows(
                f"{STANDING} WHERE standing.issue = ? ORDER BY actor.positions DESC, standing.actor", issue
            )
        ]

    def turned(self, story: str) -> list[Standing]:
        """The story's actors and issues where a position changed."""
        return [
            _standing(row)
            for row in self.rows(
                f"{STANDING} WHERE standing.story = (SELECT id FROM story WHERE name = ?) AND turns <> '[]'"
                " ORDER BY issue.rank, actor.positions DESC",
                story,
            )
        ]

    def stands_of(self, actors: Collection[int], issue: str) -> list[Stand]:
        """The positions of some actors on the issues of a name, by date; undated ones last."""
        return [
            _stand(row)
            for row in self.rows(
                f"{STAND} WHERE actor IN {LISTED} AND issue.name = ? ORDER BY date = '', date, position.id",
                listed(actors),
                issue,
            )
        ]

    def stands_in(self, story: str) -> list[Stand]:
        """All positions of a story, by date; undated ones last."""
        return [
            _stand(row)
            for row in self.rows(
                f"{STAND} WHERE position.story = (SELECT id FROM story WHERE name = ?)"
                " ORDER BY date = '', date, position.id",
                story,
            )
        ]

    def evidence(self, stand: int) -> Evidence:
        """The words that show a position, by its number, which holds within one snapshot.

        Raises:
            KeyError: There is no such position.
        """
        (stood,) = self.row("SELECT stood FROM position WHERE id = ?", stand)
        return evidence_from(json.loads(stood))

    def standing_in(self, story: str) -> tuple[int, int]:
        """How many actors, unnamed sources left out, stand somewhere in a story, and on how many issues."""
        actors, issues = self.row(
            """SELECT (SELECT count(*) FROM actor WHERE story = s.id AND positions > 0 AND kind <> 'unnamed'),
            (SELECT count(*) FROM issue WHERE story = s.id)
            FROM story AS s WHERE name = ?""",
            story,
        )
        return actors, issues

    def matrix(self, story: str, actors: int, issues: int) -> list[Standing]:
        """Where a story's main actors stand on its main issues: the main ones first, unnamed sources left out."""
        return [
            _standing(row)
            for row in self.rows(
                f"""WITH main_issue AS MATERIALIZED (
                    SELECT id FROM issue WHERE story = (SELECT id FROM story WHERE name = ?) ORDER BY rank LIMIT ?
                ), main_actor AS MATERIALIZED (
                    SELECT standing.actor AS id, count(*) AS width FROM standing JOIN actor ON actor.id = standing.actor
                    WHERE issue IN main_issue AND kind <> 'unnamed'
                    GROUP BY standing.actor ORDER BY width DESC, actor.positions DESC, actor.id LIMIT ?
                )
                {STANDING} JOIN main_actor ON main_actor.id = standing.actor WHERE standing.issue IN main_issue
                ORDER BY width DESC, actor.positions DESC, actor.id, issue.rank""",
                story,
                issues,
                actors,
            )
        ]


def _issue(row: Row) -> Issue:
    id, story, name, aliases, linked, *counts = row
    return Issue(id, story, name, tuple(json.loads(aliases)), tuple(json.loads(linked)), *counts)


def _standing(row: Row) -> Standing:
    *stand, stance, times, turns = row
    told = json.loads(turns) if turns != "[]" else ()
    return Standing(_stand(tuple(stand)), stance, times, tuple((turn, day, report) for turn, day, report in told))


def _stand(row: Row) -> Stand:
    id, report, actor, actor_id, issue, issue_id, stance, day, weight = row
    return Stand(id, report, actor, actor_id, issue, issue_id, stance, day or None, weight)
