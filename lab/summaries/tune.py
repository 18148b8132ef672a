"""Where PacSum's three weights come from: a grid, cross-validated.

    uv run --group lab python -m lab.summaries.tune ROWS.jsonl

ROWS are of one article each. Every setting is scored on every row; a fold is scored with the setting that is best on
the other folds, so the last lines are what choosing a setting on such data gains on data not seen.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path

import numpy as np

from briefing.summary import PacSumSummarizer, summarise
from lab.summaries.__main__ import SENTENCES, lead
from lab.summaries.measure import interval, score

GRID = {"before": (-1.0, -1.5, -2.0), "lead": (0.2, 0.3, 0.4), "decay": (0.8, 0.9, 0.95)}
FOLDS = 5


def main(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    base = gains(rows, lambda articles: lead(articles, None))
    table = {}
    for values in product(*GRID.values()):
        for name, value in zip(GRID, values, strict=True):
            setattr(PacSumSummarizer, name, value)
        table[values] = gains(rows, lambda articles: summarise(articles, sentences=SENTENCES)) - base
        gain = "R1 {:+.2f}  R2 {:+.2f}".format(*table[values].mean(axis=0))
        print(dict(zip(GRID, values, strict=True)), gain, flush=True)
    unseen = np.zeros_like(base)
    fold = np.arange(len(rows)) % FOLDS
    for k in range(FOLDS):
        best = max(table, key=lambda values: table[values][fold != k].sum())
        unseen[fold == k] = table[best][fold == k]
    for name, column in zip(("R1", "R2"), unseen.T, strict=True):
        low, high = interval(column)
        print(f"{name} over the lead, the setting chosen on other rows: {column.mean():+.2f} [{low:+.2f}, {high:+.2f}]")


def gains(rows: list[dict], system) -> np.ndarray:
    """ROUGE-1 and ROUGE-2 of each row, in points."""
    scores = []
    for row in rows:
        articles = [article["sentences"] for article in row["articles"]]
        one = score(system(articles), row["references"], articles, None)
        scores.append((100 * one.rouge1, 100 * one.rouge2))
    return np.array(scores)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
