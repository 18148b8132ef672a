"""From scores to chances, by tables fitted on PolNeAR's development part and the blind labels (lab/attribution).

The words' own chance is `attribution.certainty`'s; a speaker's is multiplied with it.
"""

from __future__ import annotations

from bisect import bisect_right

Table = tuple[tuple[float, float], ...]
"""Points (score, chance), both rising; between them a straight line."""

PRONOUN: Table = ((0.0, 0.0), (0.5, 0.45), (0.65, 0.72), (0.75, 0.86), (0.85, 0.93), (0.95, 0.965), (1.0, 0.985))
TITLE: Table = ((0.0, 0.0), (0.5, 0.35), (0.6, 0.6), (0.7, 0.88), (0.8, 0.94), (1.0, 0.97))


def chance(table: Table, score: float) -> float:
    """The chance for a score from 0 to 1."""
    k = bisect_right(table, score, key=lambda point: point[0])
    if k == len(table):
        return table[-1][1]
    (x0, y0), (x1, y1) = table[max(0, k - 1)], table[max(1, k)]
    return y0 + (y1 - y0) * (score - x0) / (x1 - x0)
