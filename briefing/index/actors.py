"""The actors of the stories."""

from __future__ import annotations

import json

from briefing.index.reader import Reader, Row
from briefing.index.rows import Profile

PROFILE = (
    "SELECT actor.id, story.name, actor.name, kind, role, aliases, statements, positions, reports"
    " FROM actor JOIN story ON story.id = actor.story"
)


class Actors(Reader):
    """What the index holds of actors."""

    def profiles(self, name: str, story: str | None = None) -> list[Profile]:
        """The actors of exactly this name, one a story, the best known first."""
        return [
            _profile(row)
            for row in self.rows(
                f"{PROFILE} WHERE actor.name = ? AND story.name = coalesce(?, story.name)"
                " ORDER BY statements DESC, reports DESC, actor.id",
                name,
                story,
            )
        ]

    def kinds(self, story: str) -> dict[int, str]:
        """What kind each actor of a story is, by its id."""
        return dict(
            self.rows("SELECT id, kind FROM actor WHERE story = (SELECT id FROM story WHERE name = ?)", story)
        )


def _profile(row: Row) -> Profile:
    id, story, name, kind, role, aliases, *counts = row
    return Profile(id, story, name, kind, role, tuple(json.loads(aliases)), *counts)
