"""Trains the attribution model; from an encoder's weights, or on from a trained model's.

    python -m lab.attribution.train TRAIN.jsonl --from ENCODER --epochs 7 --out weights.npz
    python -m lab.attribution.train TRAIN.jsonl --from weights.npz --epochs 2 --rate 2e-5 --out better.npz
    python -m lab.attribution.train TRAIN.jsonl MORE.jsonl --from weights.npz --taught soft.npz --out student.npz

With `--taught` the model learns from a greater one's probabilities (`lab.attribution.teach` writes them) beside the
annotation, and from texts that nobody annotated. On a GPU if there is one, else on the CPU. Seeds are fixed. What is
written is the average of the weights over the last part of the run.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from lab.attribution.model import Attribution, untrained, with_pooled_dropout
from lab.attribution.reader import LINKS, NO_LINK, Example, example_of, rows_of
from lab.attribution.shipped import weights_in
from lab.attribution.soft import Soft, read_soft, together

TOKENIZER = Path(__file__).parents[2] / "briefing/attribution/tokenizer.json"
WINDOW = 448  # pieces
LENGTHS = (WINDOW // 2, WINDOW)  # of batches, in pieces: every new shape costs a CPU as much as several steps
CLS, SEP = 101, 102
IGNORED = -100  # torch's own
AVERAGED = 0.4  # of the run, from the end, over which weights are averaged
TAUGHT = 0.7  # share of the teacher in what is learnt where both it and the annotation speak
ALIKE = 8  # batches whose windows are sorted by length
LINKING = 0.5  # weight of the links beside the labels


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of an article in one of its typings."""

    example: Example
    start: int
    end: int
    typing: int


@dataclass(slots=True)
class Batch:
    """Tensors of B windows of L pieces, [CLS] and [SEP] included.

    Attributes:
        ids, mask, labels: [B, L].
        links: [B, 3, L]; 0 is no link, IGNORED is not asked for or out of the window.
        soft: The teacher's probabilities, [B, L, 7], and where there are any, [B, L]; None without a teacher.
        soft_links: (window, head, piece) of each link the teacher speaks of, [N, 3], and its probabilities [N, L + 1].
    """

    ids: Tensor
    mask: Tensor
    labels: Tensor
    links: Tensor
    soft: tuple[Tensor, Tensor] | None = None
    soft_links: tuple[Tensor, Tensor] | None = None

    def on(self, device: str) -> Batch:
        def moved(pair: tuple[Tensor, Tensor] | None) -> tuple[Tensor, Tensor] | None:
            return pair and (pair[0].to(device), pair[1].to(device))

        hard = (tensor.to(device) for tensor in (self.ids, self.mask, self.labels, self.links))
        return Batch(*hard, soft=moved(self.soft), soft_links=moved(self.soft_links))


def windows_of(example: Example, stride: int, offset: int, dice: random.Random) -> Iterator[Window]:
    length = len(example.typings[0])
    starts = [0, *range(offset, max(1, length - WINDOW + stride), stride)] if length > WINDOW else [0]
    for start in dict.fromkeys(starts):
        yield Window(example, start, min(length, start + WINDOW), dice.randrange(len(example.typings)))


def batch_of(windows: Sequence[Window], taught: Mapping[str, Soft]) -> Batch:
    longest = max(window.end - window.start for window in windows)
    size = len(windows), next(length for length in LENGTHS if length >= longest) + 2
    ids, mask = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    labels = np.full(size, IGNORED, dtype=np.int64)
    links = np.full((size[0], len(LINKS), size[1]), IGNORED, dtype=np.int64)
    for i, window in enumerate(windows):
        example, start, end = window.example, window.start, window.end
        length = end - start
        ids[i, : length + 2] = [CLS, *example.typings[window.typing][start:end], SEP]
        mask[i, : length + 2] = 1
        if example.labels is not None:
            labels[i, 1 : length + 1] = example.labels[start:end]
        for kind, link in enumerate(example.links):
            for here in range(start, end):
                if link[here] == NO_LINK:
                    links[i, kind, here - start + 1] = 0
                elif start <= link[here] < end:
                    links[i, kind, here - start + 1] = link[here] - start + 2
    batch = Batch(*(torch.from_numpy(array) for array in (ids, mask, labels, links)))
    if taught:
        add_soft(batch, windows, taught)
    return batch


def add_soft(batch: Batch, windows: Sequence[Window], taught: Mapping[str, Soft]) -> None:
    """The teacher's word on the windows of a batch."""
    count, length = batch.ids.shape
    labels, known = np.zeros((count, length, 7), dtype=np.float32), np.zeros((count, length), dtype=bool)
    places, rows = [], []
    for i, window in enumerate(windows):
        soft = taught.get(window.example.doc_id)
        if soft is None:
            continue
        own = slice(1, window.end - window.start + 1)
        labels[i, own], known[i, own] = soft.labels[window.start : window.end], True
        for head, here, targets in soft.links_within(window.start, window.end):
            row = np.zeros(length + 1, dtype=np.float32)
            for there, chance in targets:
                row[0 if there < 0 else there - window.start + 2] += chance
            places.append((i, head, here - window.start + 1))
            rows.append(row)
    batch.soft = torch.from_numpy(labels), torch.from_numpy(known)
    if rows:
        batch.soft_links = torch.tensor(places), torch.from_numpy(np.stack(rows))


def loss_of(model: Attribution, batch: Batch, smoothing: float) -> Tensor:
    tag, link = (scores.float() for scores in model(batch.ids, batch.mask))
    nothing = tag.new_zeros(())
    labelled, asked = batch.labels != IGNORED, batch.links != IGNORED
    labels = linked = nothing
    if bool(labelled.any()):
        labels = functional.cross_entropy(tag[labelled], batch.labels[labelled], label_smoothing=smoothing)
    if bool(asked.any()):
        linked = functional.cross_entropy(link[asked], batch.links[asked])
    if batch.soft is not None:
        chances, known = batch.soft
        labels = (1 - TAUGHT) * labels + TAUGHT * functional.cross_entropy(tag[known], chances[known])
    if batch.soft_links is not None:
        (window, head, piece), wanted = batch.soft_links[0].unbind(1), batch.soft_links[1]
        linked = (1 - TAUGHT) * linked + TAUGHT * functional.cross_entropy(link[window, head, piece], wanted)
    return labels + LINKING * linked


def optimizer_of(model: Attribution, rate: float) -> torch.optim.Optimizer:
    """The heads learn faster than the encoder."""
    encoder = list(model.enc.parameters())
    heads = [value for name, value in model.named_parameters() if not name.startswith("enc.")]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": 10 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def train(
    model: Attribution, examples: Sequence[Example], taught: Mapping[str, Soft], options: argparse.Namespace
) -> dict[str, np.ndarray]:
    """The averaged weights after `options.epochs` epochs; after each one they are written to `options.out`."""
    dice = random.Random(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cpu":
        with_pooled_dropout(model)
    model.to(device).train()
    optimizer = optimizer_of(model, options.rate)
    epochs = [batches_of(examples, options, dice) for _ in range(options.epochs)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step / steps))
    average = torch.optim.swa_utils.AveragedModel(model)
    step, began = 0, time.monotonic()
    for epoch, batches in enumerate(epochs):
        for windows in batches:
            batch = batch_of(windows, taught).on(device)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=options.bfloat16):
                loss = loss_of(model, batch, options.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step >= (1 - AVERAGED) * steps and step % 5 == 0:
                average.update_parameters(model)
            if step % 20 == 0:
                spent = time.monotonic() - began
                print(f"epoch {epoch} step {step}/{steps} loss {loss.item():.4f} {spent:.0f} s", flush=True)
        weights = average.module.weights() if average.n_averaged else model.weights()
        np.savez(options.out, **weights)
    return weights


def batches_of(examples: Sequence[Example], options: argparse.Namespace, dice: random.Random) -> list[list[Window]]:
    """The batches of one epoch; where windows start differs by epoch, and windows of like length share a batch."""
    offset = dice.randrange(1, options.stride)
    windows = [window for example in examples for window in windows_of(example, options.stride, offset, dice)]
    dice.shuffle(windows)
    pool = ALIKE * options.batch
    windows = [
        window
        for start in range(0, len(windows), pool)
        for window in sorted(windows[start : start + pool], key=lambda window: window.end - window.start)
    ]
    batches = [windows[start : start + options.batch] for start in range(0, len(windows), options.batch)]
    dice.shuffle(batches)
    return batches


def rate_at(progress: float) -> float:
    """Rises over the first 6 % of the steps, then falls to a tenth."""
    return max(0.1, min(1.0, progress / 0.06, 1.06 - progress))


def starting_weights(name: str) -> dict[str, np.ndarray]:
    """Of a file that `train` or `export` wrote, or of an encoder that transformers can load, by its folder."""
    if name.endswith(".npz"):
        return dict(np.load(name))
    if name.endswith(".onnx"):
        return dict(weights_in(Path(name)))
    from transformers import AutoModel

    state = AutoModel.from_pretrained(name, add_pooling_layer=False).state_dict()
    return {f"enc.{key}": value.numpy() for key, value in state.items() if not key.endswith("position_ids")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="annotated articles; with --taught also bare ones")
    parser.add_argument("--from", dest="start", required=True, help="weights, attribution.onnx, or an encoder's folder")
    parser.add_argument("--encoder", help="the folder that the weights' encoder came from, where it isn't MiniLM")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--taught", type=Path, nargs="+", default=[], help="of teachers; the best labels last")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1e-4, help="of the encoder; the heads' is ten times it")
    parser.add_argument("--batch", type=int, default=32, help="windows")
    parser.add_argument("--stride", type=int, default=224, help="pieces from window to window")
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not 1 < options.stride <= WINDOW:
        parser.error(f"--stride: 2 to {WINDOW}, a window's length, so that no piece is left out")
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    model = untrained(options.encoder or options.start)
    model.start_from(starting_weights(options.start))
    examples = [example_of(row, tokenizer) for path in options.data for row in rows_of(path)]
    taught = together(read_soft(path) for path in options.taught)
    train(model, examples, taught, options)


if __name__ == "__main__":
    main()
