"""How near models come to an annotation, before any rule: of one, or of several's mean probabilities.

    python -m lab.attribution.nearness DEV.jsonl --weights a.npz [b.npz ...] [--encoder FOLDER]

Prints the cross-entropy of a label and of a link (nats), and the share of labelled pieces with the right label, of
every model and, of several, of their mean.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from lab.attribution.model import Attribution, with_weights
from lab.attribution.reader import example_of, rows_of
from lab.attribution.train import starting_weights
from lab.attribution.windows import IGNORED, TOKENIZER, WINDOW, Batch, batch_of, batches_of

BATCH = 16  # windows


@torch.inference_mode()
def judged(models: Sequence[Attribution], batch: Batch, device: str) -> list[tuple[Tensor, Tensor, Tensor]]:
    """Of each model, then of all: minus the log-chance of each label, of each link, and which labels are right."""
    labelled, asked, named = batch.labels != IGNORED, batch.links != IGNORED, batch.labels > 0
    chances = []
    for model in models:
        with torch.autocast(device, dtype=torch.bfloat16):
            tag, link = model(batch.ids, batch.mask)
        chances.append((tag.float().softmax(-1), link.float().softmax(-1)))
    if len(models) > 1:
        chances.append(tuple(torch.stack(each).mean(0) for each in zip(*chances, strict=True)))
    return [
        (
            -tag[labelled].gather(1, batch.labels[labelled][:, None]).clamp(min=1e-6).log(),
            -link[asked].gather(1, batch.links[asked][:, None]).clamp(min=1e-6).log(),
            (tag.argmax(-1) == batch.labels)[named],
        )
        for tag, link in chances
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--weights", nargs="+", required=True)
    parser.add_argument("--encoder", help="the folder that the weights' encoder came from, where it isn't MiniLM")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    examples = [example_of(row, tokenizer) for row in rows_of(options.data)]
    models = [with_weights(starting_weights(name), options.encoder).to(device).eval() for name in options.weights]
    batches = [batch_of(windows, {}).on(device) for windows in batches_of(examples, WINDOW, BATCH, random.Random(0))]
    read = [judged(models, batch, device) for batch in batches]
    print("labels  links  right")
    for place, name in enumerate([*options.weights, "their mean"][: len(read[0])]):
        labels, links, right = (torch.cat([each[place][i] for each in read]).float().mean() for i in range(3))
        print(f"{labels:6.4f} {links:6.4f} {100 * right:5.1f} %  {name}")


if __name__ == "__main__":
    main()
