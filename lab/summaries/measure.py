"""What is measured of a summary: ROUGE against the references, and whether its sentences can stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

ROUNDS = 2_000  # of the bootstrap
SEED = 7

LOOSE = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their|him|them|such|both|here|there|but|and|so|or|yet|"
    r"however|"
    r"meanwhile|also|still|then|moreover|instead|nevertheless|nonetheless|therefore|thus|furthermore|additionally|"
    r"afterwards?|later|otherwise|likewise|similarly|for example|for instance|in addition|as a result|in contrast|"
    r"on the other hand|the (?:former|latter))\b",
    re.IGNORECASE,
)
DUMMY = re.compile(
    r"(?:it (?:is|was|'s|’s) (?:not )?(?:clear|unclear|possible|likely|unlikely|important|estimated)|"
    r"there (?:is|are|was|were|has|have)\b)",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^(?:(?-i:By [A-Z][\w.'’-]+ [A-Z])|related (?:articles?|content|stories|links)|back to top|read more|read:|"
    r"watch:|see also|"
    r"click (?:here|for|on)|sign up|subscribe|follow (?:@|us|on)|share (?:this|on)|story highlights|editor['’]?s "
    r"note|"
    r"copyright|\(?photo(?:s|graph)?\b(?: by|:)|image(?: source|:)|advertisement|last updated|posted:|published:)"
    r"|contributed to this|may not be published|rush transcript|all rights reserved|terms of (?:use|service)|"
    r"privacy policy|newsletter|©",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Score:
    """One summary's; the last four are shares of its sentences."""

    rouge1: float
    rouge2: float
    words: int
    dangling: float
    unbalanced: float
    fragments: float
    furniture: float


def score(summary: list[str], references: list[str], articles: list[list[str]], words: int | None) -> Score:
    """A summary's score; for a budget of words ROUGE sees its first `words` only."""
    text = "\n".join(summary) if words is None else " ".join(" ".join(summary).split()[:words])
    rouge = [scorer().score(reference, text) for reference in references]
    before = {b: a for sentences in articles for a, b in pairwise(sentences)}
    dangling = [
        is_loose(sentence) and not (i and before.get(sentence) == summary[i - 1]) for i, sentence in enumerate(summary)
    ]
    return Score(
        rouge1=max(r["rouge1"].fmeasure for r in rouge),
        rouge2=max(r["rouge2"].fmeasure for r in rouge),
        words=len(text.split()),
        dangling=share(dangling),
        unbalanced=share([is_unbalanced(sentence) for sentence in summary]),
        fragments=share([is_fragment(sentence) for sentence in summary]),
        furniture=share([bool(FURNITURE.search(sentence)) for sentence in summary]),
    )


@cache
def scorer() -> RougeScorer:
    return RougeScorer(["rouge1", "rouge2"], use_stemmer=True)


def is_loose(sentence: str) -> bool:
    bare = re.sub(r"^[\s\"“”‘’'(\[–—-]+", "", sentence)
    return bool(LOOSE.match(bare)) and not DUMMY.match(bare)


def is_unbalanced(sentence: str) -> bool:
    return sentence.count('"') % 2 == 1 or sentence.count("“") != sentence.count("”")


def is_fragment(sentence: str) -> bool:
    return not re.search(r"[.!?…][\"”’')\]]*$", sentence.strip()) or len(sentence.split()) < 5


def share(flags: list[bool]) -> float:
    return sum(flags) / max(1, len(flags))


def interval(values: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of the mean: percentiles of a bootstrap over the rows."""
    picks = np.random.default_rng(SEED).integers(0, len(values), (ROUNDS, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
