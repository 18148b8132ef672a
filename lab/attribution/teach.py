"""A trained model's probabilities for texts, annotated or not: what a smaller model learns from.

    python -m lab.attribution.teach TEXTS.jsonl ... --weights teacher.npz --encoder FOLDER --out soft.npz

A row: `doc_id`, `text`. With `--typings 2` every text is read with plain and with curly marks, and the two are
averaged; else the texts are read in either by turns.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from briefing.attribution.window import windows_of
from lab.attribution.model import Attribution, with_weights
from lab.attribution.reader import LINKS, example_of, rows_of
from lab.attribution.soft import NOWHERE, Soft, write_soft
from lab.attribution.windows import CLS, SEP, TOKENIZER, stacked

OPENS = 0.1  # the least chance that a piece opens a content or cue for its links to be taught
LEAST = 0.01  # chance of a link worth keeping
BATCH = 8  # windows
OVERLAP = 128  # pieces that neighbouring windows share
CONTENT, CUE = 1, 3  # labels that open a content, a cue

Place = tuple[int, int, int, int]  # of a window: start, end, and the first and last of its own pieces


def soft_of(model: Attribution, typings: Sequence[list[int]], device: str, linking: bool) -> Soft:
    """The mean over the typings; without `linking` the labels alone."""
    places = list(places_in(len(typings[0])))
    read = list(reading(model, [(ids, place) for ids in typings for place in places], device))
    labels: list[np.ndarray] = []
    links, chances = [], []
    for number, (start, _, first, _) in enumerate(places):
        same = read[number :: len(places)]
        labels.append(np.mean([tag for tag, _ in same], axis=0))
        if not linking:
            continue
        link = np.mean([link for _, link in same], axis=0)
        opens = labels[-1] > OPENS
        for place in np.flatnonzero(opens[:, CONTENT] | opens[:, CUE]):
            for head in range(len(LINKS)) if opens[place, CONTENT] else (0,):
                row = link[head, place]
                kept = np.flatnonzero(row > LEAST)
                links += [(head, first + place, start + to - 1 if to else NOWHERE) for to in kept]
                chances += (row[kept] / row[kept].sum()).tolist()
    return Soft(np.concatenate(labels), np.array(links, dtype=np.int32).reshape(-1, 3), np.array(chances))


def places_in(length: int) -> Iterator[Place]:
    """The windows over `length` pieces; of what two share either owns the half that is nearer to its middle."""
    windows = list(windows_of(length, OVERLAP))
    owned = [0, *(end - OVERLAP // 2 for _, end in windows[:-1]), length]
    for window, own in zip(windows, pairwise(owned), strict=True):
        yield *window, *own


@torch.inference_mode()
def reading(
    model: Attribution, windows: Sequence[tuple[list[int], Place]], device: str
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Of each window the chances of labels, [own, 7], and of links, [3, own, window + 1], of its own pieces."""
    for at in range(0, len(windows), BATCH):
        chosen = windows[at : at + BATCH]
        rows = [np.array([CLS, *ids[start:end], SEP]) for ids, (start, end, _, _) in chosen]
        pieces, mask = (torch.from_numpy(array).to(device) for array in stacked(rows))
        with torch.autocast(device, dtype=torch.bfloat16):
            tag, link = model(pieces, mask)
        tags = tag.float().softmax(-1).cpu().numpy()
        for i, (_, (start, end, first, last)) in enumerate(chosen):
            own = slice(first - start + 1, last - start + 1)
            columns = [0, *range(2, end - start + 2)]  # "no link", then the window's pieces without [CLS]
            yield tags[i, own], link[i, :, own][..., columns].float().softmax(-1).cpu().numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", help="the folder that the teacher's encoder came from, where it isn't MiniLM")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--labels-only", action="store_true", help="for a teacher whose links are not the better ones")
    parser.add_argument("--typings", type=int, choices=(1, 2), default=2)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = with_weights(dict(np.load(options.weights)), options.encoder)
    model.to(device).eval()
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    soft: dict[str, Soft] = {}
    for example in (example_of(row, tokenizer) for path in options.texts for row in rows_of(path)):
        typings = example.typings if options.typings == 2 else example.typings[len(soft) % len(example.typings) :][:1]
        if typings[0]:
            soft[example.doc_id] = soft_of(model, typings, device, linking=not options.labels_only)
        if len(soft) % 100 == 0:
            print(f"{len(soft)} texts", flush=True)
    write_soft(options.out, soft)


if __name__ == "__main__":
    main()
