"""Trains a student beside its teachers, who read each batch too, so that texts can be changed at will.

    python -m lab.attribution.distil TRAIN.jsonl MORE.jsonl ... --teachers a.npz b.npz --encoder FOLDER \\
        --linkers attribution.onnx --from attribution.onnx --out student.npz

Of N teachers the one at place I was trained with `train --without I/N`: annotated articles are judged by the one that
never saw them, bare texts by whichever come up. Every other batch is changed: windows break off after a sentence and go
on as another one, and words are replaced by words alike, so that no text is read twice; there the annotation is left
aside. The student learns the teachers' probabilities and, at three depths, what their layers make of a piece. Meant for
a GPU; OMP_NUM_THREADS=1 there, since several runs' threads get in each other's way. What is written is the running
average of the weights.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from lab.attribution.model import LINKS, Attribution, with_weights
from lab.attribution.reader import Example, Row, example_of, rows_of
from lab.attribution.teach import CONTENT, CUE, OPENS
from lab.attribution.train import LINKING, TAUGHT, optimizer_of, rate_at, starting_weights
from lab.attribution.windows import CLS, IGNORED, SEP, TOKENIZER, WINDOW, Window, batch_of, batches_of, stacked

DEPTHS = (1 / 3, 2 / 3, 1)  # where a student's layers are compared with a teacher's
JUDGES = 2  # teachers a batch of bare texts
CHANGED = 0.5  # share of batches
EXCHANGED = 0.5  # share of a changed batch's windows that go on as another one
REPLACED = 0.1  # share of a changed batch's words that become others
ALIKE = 12  # words to choose from
WRITTEN = 500  # steps after which the average is written: a lent machine may be gone
MEMORY = 0.999  # of the running average, a step
SENTENCE_ENDS = (1, 1012)  # a line's end, a full stop

Annotation = tuple[Tensor, Tensor]  # labels and links, as in a Batch


@dataclass(frozen=True, slots=True)
class Told:
    """What teachers make of a batch.

    Attributes:
        labels, links: Probabilities, [B, L, 7] and [B, 3, L, L + 1].
        states: Their layers' outcome at DEPTHS, [B, L, width] each.
    """

    labels: Tensor
    links: Tensor
    states: list[Tensor]


class Distillation(nn.Module):
    """A student with what carries its layers' outcome over into its teachers' width."""

    def __init__(self, student: Attribution, width: int) -> None:
        super().__init__()
        self.student = student
        self.carry = nn.ModuleList(nn.Linear(student.enc.config.hidden_size, width) for _ in DEPTHS)

    def forward(self, ids: Tensor, mask: Tensor, told: Told, annotated: Annotation | None, layers: float) -> Tensor:
        """The loss; `layers` is the weight of the layers' outcome in it."""
        states = self.student.states(ids, mask)
        tag, link = (scores.float() for scores in self.student.scores(states[-1], mask))
        known = mask.bool() & (ids != CLS) & (ids != SEP)
        asked = asked_links(told.labels, known)
        labels = functional.cross_entropy(tag[known], told.labels[known])
        links = functional.cross_entropy(link[asked], told.links[asked]) if bool(asked.any()) else tag.new_zeros(())
        if annotated is not None:
            labels, links = (
                blended(taught, scores, wanted)
                for taught, scores, wanted in zip((labels, links), (tag, link), annotated, strict=True)
            )
        loss: Tensor = labels + LINKING * links
        return loss + layers * self.unlikeness(states, told.states, mask.bool()) if layers else loss

    def unlikeness(self, states: Sequence[Tensor], theirs: Sequence[Tensor], mask: Tensor) -> Tensor:
        """The mean squared difference of the layers' outcome at DEPTHS, each piece's brought to one scale."""
        differences = []
        for carry, own, their in zip(self.carry, at_depths(states), theirs, strict=True):
            pair = (state[mask].float() for state in (carry(own), their))
            ours, wanted = (functional.layer_norm(state, state.shape[-1:]) for state in pair)
            differences.append(functional.mse_loss(ours, wanted))
        return torch.stack(differences).mean()


def asked_links(labels: Tensor, known: Tensor) -> Tensor:
    """[B, 3, L]: which links are taught, those of what may open a content; of a cue only the one to its source."""
    opens = labels > OPENS
    asked = ((opens[..., CONTENT] | opens[..., CUE]) & known)[:, None].repeat(1, LINKS, 1)
    asked[:, 1:] &= opens[:, None, :, CONTENT]
    return asked


def blended(taught: Tensor, scores: Tensor, wanted: Tensor) -> Tensor:
    """A loss with the annotation's share in it, where there is one."""
    asked = wanted != IGNORED
    if not asked.any():
        return taught
    return TAUGHT * taught + (1 - TAUGHT) * functional.cross_entropy(scores[asked], wanted[asked])


def at_depths(states: Sequence[Tensor]) -> list[Tensor]:
    """`states` starts with the embeddings."""
    return [states[round(depth * (len(states) - 1))] for depth in DEPTHS]


@torch.no_grad()
def told_by(teachers: Sequence[Attribution], linkers: Sequence[Attribution], ids: Tensor, mask: Tensor) -> Told:
    """The teachers' mean probabilities, of links the linkers' if there are any; layers of the first teacher."""
    read = [teacher.states(ids, mask) for teacher in teachers]
    scores = [teacher.scores(states[-1], mask) for teacher, states in zip(teachers, read, strict=True)]
    labels = torch.stack([tag.float().softmax(-1) for tag, _ in scores]).mean(0)
    pointing = [linker(ids, mask)[1] for linker in linkers] or [link for _, link in scores]
    links = torch.stack([link.float().softmax(-1) for link in pointing]).mean(0)
    return Told(labels, links, at_depths(read[0]))


@dataclass(frozen=True, slots=True)
class Course:
    """Who teaches, how, and the dice of a run.

    Attributes:
        alike: Of each piece those that may stand for it, [vocabulary, ALIKE].
    """

    teachers: Sequence[Attribution]
    linkers: Sequence[Attribution]
    alike: Tensor
    dice: random.Random
    device: str

    def groups(self, examples: Sequence[Example]) -> list[list[Example]]:
        """Examples by who judges them: each teacher's, then those of all."""
        annotated = [example for example in examples if example.labels is not None]
        folds = [annotated[fold :: len(self.teachers)] for fold in range(len(self.teachers))]
        return [*folds, [example for example in examples if example.labels is None]]

    def judges(self, group: int) -> Sequence[Attribution]:
        if group < len(self.teachers):
            return self.teachers[group : group + 1]
        return self.dice.sample(self.teachers, min(JUDGES, len(self.teachers)))

    def loss(self, distillation: Distillation, group: int, windows: Sequence[Window], layers: float) -> Tensor:
        """Of a batch, changed or with its annotation; then the teachers may read it in another typing."""
        annotated: Annotation | None = None
        if self.dice.random() < CHANGED:
            rows = exchanged([window.ids() for window in windows], self.dice)
            ids, mask = (torch.from_numpy(array).to(self.device) for array in stacked(rows))
            theirs = ids = replaced(ids, self.alike)
        else:
            batch = batch_of(windows, {}).on(self.device)
            ids, mask, annotated = batch.ids, batch.mask, (batch.labels, batch.links)
            typed, _ = stacked([window.ids(self.dice.randrange(len(window.example.typings))) for window in windows])
            theirs = torch.from_numpy(typed).to(self.device)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            told = told_by(self.judges(group), self.linkers, theirs, mask)
            loss: Tensor = distillation(ids, mask, told, annotated, layers)
        return loss


def exchanged(rows: Sequence[np.ndarray], dice: random.Random) -> list[np.ndarray]:
    """Windows of which some break off after a sentence and go on as another one does after one of its sentences."""
    changed = []
    for row in rows:
        other = dice.choice(rows)
        ends, starts = (np.flatnonzero(np.isin(each[1:-2], SENTENCE_ENDS)) + 2 for each in (row, other))
        if dice.random() < EXCHANGED and len(ends) and len(starts):
            joined = np.concatenate([row[: dice.choice(ends)], other[dice.choice(starts) :]])
            row = joined if len(joined) <= WINDOW + 2 else np.append(joined[: WINDOW + 1], SEP)
        changed.append(row)
    return changed


def replaced(ids: Tensor, alike: Tensor) -> Tensor:
    drawn = torch.randint(ALIKE, ids.shape, device=ids.device)
    return torch.where(torch.rand(ids.shape, device=ids.device) < REPLACED, alike[ids, drawn], ids)


def pieces_alike(embeddings: Tensor, tokenizer: Tokenizer) -> Tensor:
    """Of each piece the ALIKE nearest: words of words, endings of endings; what is neither is only like itself."""
    words, endings = [], []
    for piece in range(len(embeddings)):
        text = tokenizer.id_to_token(piece) or ""
        letters = text.removeprefix("##")
        if letters.isascii() and letters.isalpha() and len(text) > 1:
            (words if letters == text else endings).append(piece)
    alike = torch.arange(len(embeddings), device=embeddings.device)[:, None].repeat(1, ALIKE)
    for group in (words, endings):
        pieces = torch.tensor(group, device=embeddings.device)
        vectors = functional.normalize(embeddings[pieces], dim=-1)
        for some in torch.arange(len(pieces), device=embeddings.device).split(4096):
            near = (vectors[some] @ vectors.T).topk(ALIKE + 1, dim=-1).indices[:, 1:]
            alike[pieces[some]] = pieces[near]
    return alike


def steps_of(
    groups: Sequence[Sequence[Example]], options: argparse.Namespace, dice: random.Random
) -> Iterator[tuple[float, int, list[Window]]]:
    """(progress of 1, group, windows) of each batch; no batch mixes groups. Ends with the epochs or the minutes."""
    began = time.monotonic()
    for epoch in range(options.epochs):
        batches = [
            (number, windows)
            for number, examples in enumerate(groups)
            for windows in (batches_of(examples, options.stride, options.batch, dice) if examples else [])
        ]
        dice.shuffle(batches)
        for place, (number, windows) in enumerate(batches):
            spent = (time.monotonic() - began) / (60 * options.minutes)
            progress = max((epoch + place / len(batches)) / options.epochs, spent)
            if progress >= 1:
                return
            yield progress, number, windows


def distil(
    distillation: Distillation, course: Course, examples: Sequence[Example], options: argparse.Namespace
) -> dict[str, np.ndarray]:
    """The averaged weights, which are also written to `options.out`, now and then on the way, too."""
    student = distillation.student
    distillation.to(course.device).train()
    optimizer = optimizer_of(student, options.rate)
    optimizer.add_param_group({"params": list(distillation.carry.parameters()), "lr": 10 * options.rate})
    rates = [group["lr"] for group in optimizer.param_groups]
    average = AveragedModel(student, multi_avg_fn=get_ema_multi_avg_fn(MEMORY))
    steps = steps_of(course.groups(examples), options, course.dice)
    for step, (progress, group, windows) in enumerate(steps, start=1):
        for rate, parameters in zip(rates, optimizer.param_groups, strict=True):
            parameters["lr"] = rate * rate_at(progress)
        loss = course.loss(distillation, group, windows, options.layers * (1 - progress))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(distillation.parameters(), 1.0)
        optimizer.step()
        average.update_parameters(student)
        if step % 100 == 0:
            print(f"step {step}, {progress:.0%} done, loss {loss.item():.4f}", flush=True)
        if step % WRITTEN == 0:
            np.savez(options.out, **average.module.weights())
    weights = average.module.weights()
    np.savez(options.out, **weights)
    return weights


def examples_in(paths: Sequence[Path]) -> list[Example]:
    """On all cores."""
    rows = [row for path in paths for row in rows_of(path)]
    with ProcessPoolExecutor() as pool:
        parts = pool.map(examples_of, (rows[start : start + 100] for start in range(0, len(rows), 100)))
        return [example for part in parts for example in part if len(example.typings[0])]


def examples_of(rows: Sequence[Row]) -> list[Example]:
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    return [example_of(row, tokenizer) for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+", help="annotated articles and bare ones")
    parser.add_argument("--teachers", nargs="+", required=True, help="weights, in the order of `train --without`")
    parser.add_argument("--encoder", help="the folder that the teachers' encoder came from, where it isn't MiniLM")
    parser.add_argument("--linkers", nargs="+", default=[], help="weights over MiniLM that judge links instead")
    parser.add_argument("--from", dest="start", required=True, help="the student's weights, or attribution.onnx")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=600.0, help="at most")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder; the heads' is ten times it")
    parser.add_argument("--batch", type=int, default=32, help="windows")
    parser.add_argument("--stride", type=int, default=400, help="pieces from window to window")
    parser.add_argument("--layers", type=float, default=1.0, help="first weight of the layers' outcome")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    student = with_weights(starting_weights(options.start))
    alike = pieces_alike(student.enc.get_input_embeddings().weight.detach(), Tokenizer.from_file(str(TOKENIZER)))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    teachers = [with_weights(starting_weights(name), options.encoder).to(device).eval() for name in options.teachers]
    linkers = [with_weights(starting_weights(name)).to(device).eval() for name in options.linkers]
    course = Course(teachers, linkers, alike.to(device), random.Random(options.seed), device)
    distil(Distillation(student, teachers[0].enc.config.hidden_size), course, examples_in(options.data), options)


if __name__ == "__main__":
    main()
