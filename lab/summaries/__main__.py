"""Ours beside the lead and six of sumy's methods, over the same sentences in the same run.

    uv run --group lab python -m lab.summaries [DATA] [--only cnn]

DATA is a folder of JSONL files (default: the environment's SUMMARIES_DATA). A row is
{"id", "articles": [{"sentences": [str]}], "references": [str]}. Rows of one article are summarised in three sentences,
rows of several in 100 words; the lead of several articles takes their first sentences in turn.

ROUGE F1 is rouge-score's, with stemming; the best of several references counts. Intervals are 95 % bootstraps over the
rows, of the paired difference to the lead.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from briefing.summary import METHODS, summarise
from lab.summaries.measure import Score, interval, score

SENTENCES, WORDS, OVERRUN = 3, 100, 15

Articles = list[list[str]]
System = Callable[[Articles, int | None], list[str]]


def lead(articles: Articles, words: int | None) -> list[str]:
    """The first sentences, of several articles in turn; within the budget as our own summaries are."""
    places = sorted((i, a) for a, article in enumerate(articles) for i in range(len(article)))
    if words is None:
        return [articles[a][i] for i, a in places[:SENTENCES]]
    chosen, left = [], words
    for i, a in places:
        length = len(articles[a][i].split())
        if length <= left + OVERRUN:
            chosen.append((a, i))
            left -= length
        if left <= 0:
            break
    return [articles[a][i] for a, i in sorted(chosen)]


def by(method: str | None) -> System:
    return lambda articles, words: summarise(articles, words=words, method=method)


SYSTEMS: dict[str, System] = {"lead": lead, "ours": by(None)} | {f"sumy {name}": by(name) for name in METHODS}


COLUMNS = (
    "system", "R1", "R2", "R1 over the lead", "R2 over the lead", "words",
    "dangling", "quotes", "fragments", "furniture", "rows/s",
)  # fmt: skip
QUALITIES = ("dangling", "unbalanced", "fragments", "furniture")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("SUMMARIES_DATA"))
    parser.add_argument("--only", default="", help="files whose names begin so")
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error("name a folder of rows, or set SUMMARIES_DATA")
    for file in sorted(Path(arguments.data).glob(f"{arguments.only}*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        words = None if all(len(row["articles"]) == 1 for row in rows) else WORDS
        budget = f"{SENTENCES} sentences" if words is None else f"{words} words"
        print(f"\n{file.stem}: {len(rows)} rows, {budget}\n")
        print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
        base: list[Score] = []
        for name, system in SYSTEMS.items():
            scores, seconds = run(system, rows, words)
            base = base or scores
            print(line(name, scores, base, len(rows) / seconds), flush=True)


def run(system: System, rows: list[dict], words: int | None) -> tuple[list[Score], float]:
    """The scores of a system's summaries, and the CPU seconds that it took to make them."""
    articles = [[article["sentences"] for article in row["articles"]] for row in rows]
    start = time.process_time()
    summaries = [system(given, words) for given in articles]
    seconds = time.process_time() - start
    scores = [
        score(summary, row["references"], given, words)
        for summary, row, given in zip(summaries, rows, articles, strict=True)
    ]
    return scores, max(seconds, 1e-3)


def line(name: str, scores: list[Score], base: list[Score], speed: float) -> str:
    def column(field: str, of: list[Score]) -> np.ndarray:
        return np.array([getattr(one, field) for one in of])

    def over(field: str) -> str:
        if scores is base:
            return "–"
        gain = 100 * (column(field, scores) - column(field, base))
        low, high = interval(gain)
        return f"{gain.mean():+.2f} [{low:+.2f}, {high:+.2f}]"

    rouge = [f"{100 * column(field, scores).mean():.2f}" for field in ("rouge1", "rouge2")]
    marks = [f"{100 * column(field, scores).mean():.1f} %" for field in QUALITIES]
    length = f"{column('words', scores).mean():.0f}"
    return f"| {' | '.join([name, *rouge, over('rouge1'), over('rouge2'), length, *marks, f'{speed:.0f}'])} |"


if __name__ == "__main__":
    main()
