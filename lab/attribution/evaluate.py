"""Our statements beside other systems' on annotated articles, in one run.

    python -m lab.attribution.evaluate polnear_dev.jsonl [--systems ours marks textacy] [--first 20]

Prints, for every system, the figures that `score` defines, refusals (articles that it raises on) and words a CPU
second of its own work; parsing is timed apart, once, for all. textacy is optional (`uv pip install textacy`). A row of
the file: `doc_id`, `text`, `quotes`.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from briefing.article import Article, parse_article
from briefing.attribution import load_tagger, statements_of
from briefing.attribution.quotation import quotations
from briefing.language import load, parse
from lab.attribution.reader import rows_of
from lab.attribution.score import Quote, figures, kind_of, tally

System = Callable[[Article, Doc], Iterable[Quote]]


def ours() -> System:
    tagger = load_tagger()

    def quotes(article: Article, doc: Doc) -> Iterable[Quote]:
        return [
            {"spans": s.content, "kind": kind_of(article.text, s.content), "speaker_span": s.source}
            for s in statements_of(article, doc, tagger)
        ]

    return quotes


def marks() -> System:
    """Whatever stands in marks is said by the nearest person outside them."""

    def quotes(article: Article, doc: Doc) -> Iterable[Quote]:
        people = [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "PERSON"]
        for found in quotations(article.text, article.paragraphs):
            outside = [p for p in people if p[1] <= found.start or p[0] >= found.end]
            near = min(outside, key=lambda p: max(p[0] - found.end, found.start - p[1]), default=None)
            yield {"spans": found.pieces, "kind": kind_of(article.text, found.pieces), "speaker_span": near}

    return quotes


def textacy() -> System:
    from textacy.extract import direct_quotations

    def quotes(article: Article, doc: Doc) -> Iterable[Quote]:
        for speaker, _, content in direct_quotations(doc):
            span = (content.start_char, content.end_char)
            source = (speaker[0].idx, speaker[-1].idx + len(speaker[-1])) if speaker else None
            yield {"spans": [span], "kind": kind_of(article.text, [span]), "speaker_span": source}

    return quotes


SYSTEMS = {"ours": ours, "marks": marks, "textacy": textacy}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--first", type=int, help="articles")
    options = parser.parse_args()
    rows = list(islice(rows_of(options.data), options.first))
    words = sum(len(row["text"].split()) for row in rows)
    began = time.process_time()
    read = list(parse((parse_article(row["doc_id"].replace("/", "_"), row["text"]) for row in rows), load()))
    rate = words / (time.process_time() - began)
    print(f"{len(rows)} articles, {words} words, parsed at {rate:,.0f} words a CPU second")
    for name in options.systems:
        try:
            system = SYSTEMS[name]()
        except ImportError as missing:
            print(f"{name:8} not run: {missing}")
            continue
        counts: Counter[str] = Counter()
        refused, spent = 0, 0.0
        for row, (article, doc) in zip(rows, read, strict=True):
            began = time.process_time()
            try:
                found = list(system(article, doc))
            except Exception as error:
                refused, found = refused + 1, []
                print(f"{name:8} refused {row['doc_id']}: {error}") if refused == 1 else None
            spent += time.process_time() - began
            counts += tally(row["text"], row["quotes"], found)
        shown = "  ".join(f"{figure} {value:.1f}" for figure, value in figures(counts).items())
        print(f"{name:8} refused {refused}  {words / spent:,.0f} words/s  {shown}")


if __name__ == "__main__":
    main()
