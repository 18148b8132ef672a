"""Score the resolution of pronouns and titles against references.tsv, 200 of them labelled by eye beforehand.

    python lab/attribution/references.py polnear_train.jsonl [--errors]

The statements' sources are gold, so that only the resolution is judged. Rows: document, character offset of the source,
name, or "-" where the text does not say whom it means. Printed: right, wrong (another name given), left open, by kind.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.actor import Cast, cast_of
from briefing.actor.name import one_person, person_name
from briefing.article import parse_article
from briefing.attribution.statement import Statement
from briefing.language import load, parse

LABELS = Path(__file__).with_name("references.tsv")
SURE = 0.9  # confidence from which at least 95 % are to be right
Row = dict[str, Any]


def labels() -> dict[str, dict[int, str]]:
    """By document: offset of the source to the name that it means."""
    found: dict[str, dict[int, str]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            document, offset, name = line.split("\t")
            found.setdefault(document, {})[int(offset)] = name
    return found


def casts(rows: list[Row]) -> Iterator[tuple[Row, Cast]]:
    """Each row with its cast, given the gold sources."""
    articles = [parse_article(row["doc_id"], row["text"]) for row in rows]
    for row, (article, doc) in zip(rows, parse(articles, load()), strict=True):
        yield row, cast_of(article, doc, statements(row))


def statements(row: Row) -> list[Statement]:
    """The gold statements of a row."""
    return [
        Statement(q["kind"], "speech", tuple(map(tuple, q["spans"])), source=tuple(q["speaker_span"]))
        for q in row["quotes"]
        if q.get("speaker_span")
    ]


def verdict(given: str | None, gold: str) -> str:
    """Right, wrong or open; where the text does not say, only a person's name is wrong."""
    if given is None:
        return "right" if gold == "-" else "open"
    return "right" if gold != "-" and agree(given, gold) else "wrong"


def agree(given: str, gold: str) -> bool:
    """Do two names mean one person? A part of the name will do, and a suffix ("Jr.") that one leaves out."""
    a, b = person_name(given), person_name(gold)
    if a is None or b is None or (a.suffix and b.suffix and a.suffix != b.suffix):
        return False
    part = set(a.words) <= set(b.words) or set(b.words) <= set(a.words)
    return part or one_person(replace(a, suffix=""), replace(b, suffix=""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong or left open")
    options = parser.parse_args()
    wanted = labels()
    rows = [row for row in map(json.loads, options.data.open(encoding="utf-8")) if row["doc_id"] in wanted]
    counts: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for row, cast in casts(rows):
        for offset, gold in wanted[row["doc_id"]].items():
            source = next(s.source for s in statements(row) if s.source and s.source[0] == offset)
            text = row["text"][slice(*source)]
            found = cast.who(source)
            named = found.actor.name if found and found.actor.kind == "person" else None
            kind = "title" if " " in text.strip() else "pronoun"
            result = verdict(named, gold)
            counts[f"{kind} {result}"] += 1
            if found and named and found.confidence >= SURE:
                sure[result] += 1
            if options.errors and result != "right":
                print(
                    result,
                    kind,
                    repr(text),
                    "gold",
                    gold,
                    "given",
                    named,
                    found and found.confidence,
                    row["doc_id"],
                    offset,
                )
    for kind in ("pronoun", "title"):
        told = {result: counts[f"{kind} {result}"] for result in ("right", "wrong", "open")}
        share = 100 * told["right"] / max(1, sum(told.values()))
        print(f"{kind:8} {share:5.1f} % right  {told}")
    print(f"confidence >= {SURE}: {sure['right']} right of {sure.total()}")


if __name__ == "__main__":
    main()
