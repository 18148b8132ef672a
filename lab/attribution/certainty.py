"""Fits the chance that a statement is right, and shows how far it can be trusted.

    python -m lab.attribution.certainty polnear_dev.jsonl

Prints the weights for `briefing/attribution/certainty.py`, and of the statements at each level of confidence the share
whose words and source are right: as shipped, and as fitted, cross-validated by article.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from briefing.article import parse_article
from briefing.attribution import load_tagger
from briefing.attribution.act import is_speech
from briefing.attribution.certainty import WEIGHTS, features
from briefing.attribution.linking import Draft
from briefing.attribution.reading import drafts_in
from briefing.attribution.syntax import words
from briefing.language import load, parse
from lab.attribution.reader import Row, rows_of
from lab.attribution.score import Quote, kind_of, pairs_of, same_mention

LEVELS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
FOLDS = 5
RIDGE, STEPS = 0.1, 30  # of Newton's method


def rows_in(rows: list[Row]) -> Iterator[tuple[int, tuple[float, ...], bool]]:
    """The article's number, the features and "is it right" of every statement found."""
    tagger = load_tagger()
    articles = (parse_article(row["doc_id"].replace("/", "_"), row["text"]) for row in rows)
    for number, (row, (article, doc)) in enumerate(zip(rows, parse(articles, load()), strict=True)):
        quoted, drafts = drafts_in(article, doc, tagger)
        right = right_ones(row, drafts)
        for draft in drafts:
            said = draft.cue is not None and is_speech(words(doc, draft.cue))
            yield number, features(draft, quoted.kind(draft.pieces), said), id(draft) in right


def right_ones(row: Row, drafts: list[Draft]) -> set[int]:
    """By identity."""
    owner: dict[int, Draft] = {}
    found: list[Quote] = []
    for draft in drafts:
        kind = kind_of(row["text"], draft.pieces)
        found.append({"spans": draft.pieces, "kind": kind, "speaker_span": draft.source})
        owner[id(found[-1])] = draft
    pairs = pairs_of(row["text"], row["quotes"], found)
    return {
        id(owner[id(ours)])
        for gold, ours in pairs.direct + pairs.other
        if not gold.get("speaker_span") or same_mention(row["text"], gold, ours)
    }


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, the constant not shrunk."""
    weights, shrink = np.zeros(x.shape[1]), np.diag([RIDGE] * (x.shape[1] - 1) + [0.0])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - shrink @ weights
        weights = weights + np.linalg.solve((x.T * (chance * (1 - chance))) @ x + shrink, slope)
    return weights


def show(title: str, chances: np.ndarray, right: np.ndarray) -> None:
    print(title)
    for low, high in zip(LEVELS, (*LEVELS[1:], 1.01), strict=True):
        at = (chances >= low) & (chances < high)
        if at.any():
            print(f"  {low:.2f} to {min(high, 1.0):.2f}: {100 * right[at].mean():5.1f} % of {at.sum()} right")
    at = chances >= 0.9
    if at.any():
        print(f"  0.90 and more: {100 * right[at].mean():.1f} % of {at.sum()} right")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    found = list(rows_in(list(rows_of(options.data))))
    numbers, x, y = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    show("as shipped", 1 / (1 + np.exp(-x @ np.array(WEIGHTS))), y)
    held_out = np.zeros(len(y))
    for fold in range(FOLDS):
        test = numbers % FOLDS == fold
        held_out[test] = 1 / (1 + np.exp(-x[test] @ fitted(x[~test], y[~test])))
    show("fitted, cross-validated", held_out, y)
    print("WEIGHTS =", tuple(round(float(weight), 2) for weight in fitted(x, y)))


if __name__ == "__main__":
    main()
