"""How well mentions are resolved, given gold mentions, and how fast.

    python lab/attribution/resolution.py polnear_dev.jsonl [--errors]

By kind of mention: right, wrong (another name) and open (no name), where the data give a name; by confidence: the
share that is right; words per CPU second of the resolution alone, the parse left out. The data spell some names in
one way only, so a few of the wrong ones are right to a reader.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from references import agree, statements

from briefing.actor import cast_of
from briefing.article import parse_article
from briefing.language import load, parse

BINS = (0.5, 0.7, 0.9, 1.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong or left open")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.open(encoding="utf-8")]
    counts: Counter[tuple[str, str]] = Counter()
    sure: Counter[tuple[float, bool]] = Counter()
    seconds, words = 0.0, 0
    articles = (parse_article(row["doc_id"], row["text"]) for row in rows)
    for row, (article, doc) in zip(rows, parse(articles, load()), strict=True):
        began = time.process_time()
        cast = cast_of(article, doc, statements(row))
        seconds += time.process_time() - began
        words += len(row["text"].split())
        for quote in row["quotes"]:
            if not (quote.get("speaker_name") and quote.get("speaker_span")):
                continue
            found = cast.who(tuple(quote["speaker_span"]))
            name = found.actor.name if found else None
            names = (quote["speaker_name"], *quote.get("aliases", ()))
            right = name is not None and any(agree(name, gold) for gold in names)
            named = found is not None and found.actor.kind in ("person", "organisation")
            result = "right" if right else "wrong" if named else "open"
            counts[kind_of(quote["speaker_text"], quote["speaker_name"]), result] += 1
            if found and named:
                sure[next(b for b in BINS if found.confidence < b), right] += 1
            if options.errors and not right:
                print(result, repr(quote["speaker_text"]), "gold", quote["speaker_name"], "given", name, row["doc_id"])
    for kind in ("name", "who", "pronoun or title"):
        told = {result: counts[kind, result] for result in ("right", "wrong", "open")}
        print(f"{kind:17}{100 * told['right'] / max(1, sum(told.values())):6.1f} % right  {told}")
    for low, high in zip((0.0, *BINS), BINS, strict=False):
        total = sure[high, True] + sure[high, False]
        if total:
            print(f"confidence {low} to {min(high, 1.0)}: {100 * sure[high, True] / total:.1f} % of {total} right")
    print(f"{words / seconds:,.0f} words per CPU second beyond the parse")


def kind_of(mention: str, name: str) -> str:
    """Does the mention hold the last word of the name, is it a relative pronoun, or does it refer in another way?"""
    if name.split()[-1].lower() in mention.lower():
        return "name"
    return "who" if mention.strip().lower() in ("who", "whose", "whom", "which") else "pronoun or title"


if __name__ == "__main__":
    main()
