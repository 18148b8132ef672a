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
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from lab.attribution.model import Attribution, with_pooled_dropout, with_weights
from lab.attribution.reader import Example, example_of, rows_of
from lab.attribution.shipped import weights_in
from lab.attribution.soft import Soft, read_soft, together
from lab.attribution.windows import IGNORED, TOKENIZER, WINDOW, Batch, batch_of, batches_of

AVERAGED = 0.4  # of the run, from the end, over which weights are averaged
TAUGHT = 0.7  # share of the teacher in what is learnt where both it and the annotation speak
LINKING = 0.5  # weight of the links beside the labels


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
    epochs = [batches_of(examples, options.stride, options.batch, dice) for _ in range(options.epochs)]
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
    parser.add_argument("--without", help="I/N: leaves out every Nth article from the Ith (from 0) on, for `distil`")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not 1 < options.stride <= WINDOW:
        parser.error(f"--stride: 2 to {WINDOW}, a window's length, so that no piece is left out")
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    is_encoder = Path(options.start).is_dir()
    model = with_weights(starting_weights(options.start), options.start if is_encoder else options.encoder)
    examples = [example_of(row, tokenizer) for path in options.data for row in rows_of(path)]
    if options.without:
        left_out, folds = map(int, options.without.split("/"))
        examples = [example for place, example in enumerate(examples) if place % folds != left_out]
    taught = together(read_soft(path) for path in options.taught)
    train(model, examples, taught, options)


if __name__ == "__main__":
    main()
