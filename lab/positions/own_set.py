"""The project's own set of positions: texts with what a reader finds in them, and how a system's positions score on it.

A system's position is right if actor, issue and stance are: names and issues agree if all words of the shorter one are
in the longer one. Polar and conditional ones count both ways; an `unclear` one is only counted where one is coded or
said to be polar, because listing what else somebody says on an issue takes no side.

Each text was coded twice from its words alone, the second time by another coder than the system's; where the two
differed, the evidence decided (the files say how many rows changed).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefing.article import Article, parse_article, read_article
from briefing.issue import key_of

ROOT = Path(__file__).parents[2]
TEXTS, SEEDS = ROOT / "tests" / "positions", ROOT / "seeds"


@dataclass(frozen=True, slots=True)
class Held:
    """A position by its names.

    Attributes:
        cue: Words of the text that show it.
    """

    actor: str
    stance: str
    issue: str
    cue: str


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    found: int
    coded: int

    @property
    def precision(self) -> float:
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.right / self.coded if self.coded else 0.0


def own_set() -> list[tuple[Article, list[Held]]]:
    """Every text with its positions: twelve written for this, then the seeds."""
    return [_written(path) for path in sorted(TEXTS.glob("*.txt"))] + _seeds()


def score(coded: Sequence[Held], found: Sequence[Held]) -> Score:
    """One text's score; what is coded or found twice, by two cues, counts once."""
    left, right, wrong = _once(coded), 0, 0
    for one in _once(found):
        match = next((c for c in left if _matches(c, one)), None)
        if match is not None:
            left.remove(match)
            right += 1
        elif one.stance != "unclear" and not any(_matches(c, one) for c in coded):
            wrong += 1
    return Score(right, right + wrong, len(_once(coded)))


def _matches(coded: Held, found: Held) -> bool:
    return coded.stance == found.stance and _alike(coded.actor, found.actor) and _alike(coded.issue, found.issue)


def _once(found: Iterable[Held]) -> list[Held]:
    return list({(f.actor, f.stance, key_of(f.issue)): f for f in found}.values())


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((set(key_of(one).split()), set(key_of(other).split())), key=len)
    return bool(shorter) and shorter <= longer


def _written(path: Path) -> tuple[Article, list[Held]]:
    published, _coded, rest = path.read_text(encoding="utf-8").split("\n", 2)
    text, _, rows = rest.strip().rpartition("\n---\n")
    day = date.fromisoformat(published.removeprefix("published: "))
    article = replace(parse_article(path.stem, text), published=day, published_from="front matter")
    return article, [Held(*_cells(row)) for row in rows.splitlines()]


def _seeds() -> list[tuple[Article, list[Held]]]:
    rows = [_cells(row) for row in (TEXTS / "seeds.list").read_text(encoding="utf-8").splitlines() if row[0] != "#"]
    articles = [read_article(path.name, path.read_bytes()) for path in sorted(SEEDS.rglob("2*.txt"))]
    return [(article, [Held(*row[1:]) for row in rows if row[0] == article.id]) for article in articles]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]
