"""The lab's training path, on a model of toy size; skipped where its extras are not installed."""

import argparse
import itertools
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

ROW = {
    "doc_id": "a",
    "text": "“Go,” said Anna Lind.",
    "quotes": [{"spans": [[0, 5]], "cue_span": [6, 10], "speaker_span": [11, 20]}],
}


@pytest.fixture
def example():
    from tokenizers import Tokenizer

    from lab.attribution.reader import example_of
    from lab.attribution.windows import TOKENIZER

    return example_of(ROW, Tokenizer.from_file(str(TOKENIZER)))


@pytest.fixture
def model():
    from transformers import BertConfig

    from lab.attribution.model import Attribution

    torch.manual_seed(0)
    return Attribution(BertConfig(hidden_size=24, num_hidden_layers=1, num_attention_heads=2, intermediate_size=48))


@pytest.fixture
def options(tmp_path):
    return argparse.Namespace(
        seed=0, rate=1e-3, stride=224, batch=1, epochs=10, bfloat16=False, smoothing=0.0, out=tmp_path / "weights.npz"
    )


def test_an_article_is_read_in_plain_and_in_curly_marks(example):
    assert len(example.typings) == 2
    assert example.typings[0] != example.typings[1]
    assert all(np.count_nonzero(example.labels == opens) == 1 for opens in (1, 3, 5))


def test_a_tiny_run_changes_the_weights_and_keeps_them(example, model, options):
    from lab.attribution.train import train

    before = model.weights()

    after = train(model, [example], {}, options)

    assert any(not np.allclose(before[name], after[name]) for name in before)
    assert set(np.load(options.out)) == set(after)


def test_a_teacher_is_followed_where_nobody_annotated(example, model, options):
    from lab.attribution.reader import Example
    from lab.attribution.soft import Soft
    from lab.attribution.train import loss_of, train
    from lab.attribution.windows import batch_of, batches_of

    length = len(example.typings[0])
    labels = np.tile(np.eye(7, dtype=np.float32)[3], (length, 1))
    taught = {"a": Soft(labels, np.array([[0, 1, -1]], dtype=np.int32), np.array([1.0]))}
    bare = Example("a", example.typings, None, np.full((3, length), -2))

    [windows] = batches_of([bare], options.stride, options.batch, random.Random(0))
    batch = batch_of(windows, taught)
    before = loss_of(model.eval(), batch, 0.0).item()

    train(model, [bare], taught, options)

    assert loss_of(model.eval(), batch, 0.0).item() < before


def test_what_a_teacher_says_comes_back_from_its_file(tmp_path):
    from lab.attribution.soft import Soft, read_soft, write_soft

    soft = Soft(np.full((2, 7), 1 / 7), np.array([[0, 0, 1], [0, 0, -1]], dtype=np.int32), np.array([0.75, 0.25]))

    write_soft(tmp_path / "soft.npz", {"a/b": soft})

    [(doc_id, read)] = read_soft(tmp_path / "soft.npz").items()
    assert doc_id == "a/b"
    assert list(read.links_within(0, 2)) == [(0, 0, [(1, 0.75), (-1, 0.25)])]
    assert list(read.links_within(0, 1)) == []


def test_of_two_teachers_the_later_gives_the_labels_and_whoever_tells_any_the_links():
    from lab.attribution.soft import Soft, together

    links, none = np.array([[0, 0, 1]], dtype=np.int32), np.zeros((0, 3), dtype=np.int32)
    linking = Soft(np.full((2, 7), 1 / 7), links, np.array([1.0]))
    labelling = Soft(np.eye(7)[:2], none, np.zeros(0))

    taught = together([{"a": linking, "b": linking}, {"a": labelling, "c": labelling}])

    assert (taught["a"].labels == labelling.labels).all()
    assert taught["a"].links is links
    assert taught["b"] is linking
    assert taught["c"] is labelling


def test_an_exported_file_gives_its_weights_back(tmp_path):
    onnx = pytest.importorskip("onnx")
    from lab.attribution.export import model_of
    from lab.attribution.model import Attribution
    from lab.attribution.shipped import weights_in

    weights = Attribution().weights()
    onnx.save(model_of(weights, bits=None), tmp_path / "a.onnx")

    back = weights_in(tmp_path / "a.onnx")

    position = "enc.embeddings.position_embeddings.weight"
    shared = [name for name in weights if name != position and "token_type" not in name]
    assert all(np.allclose(weights[name], back[name], atol=1e-6) for name in shared)


def test_a_student_trained_beside_its_teachers_comes_nearer_to_them(example, model, options):
    from lab.attribution.distil import Course, Distillation, distil, told_by
    from lab.attribution.windows import batch_of, batches_of

    torch.manual_seed(1)
    teacher = type(model)(model.enc.config).eval()
    alike = torch.arange(model.enc.config.vocab_size)[:, None].repeat(1, 12)
    course = Course([teacher], [], alike, random.Random(0), "cpu")
    options.epochs, options.minutes, options.layers, options.rate = 60, 10.0, 1.0, 1e-2
    [windows] = batches_of([example], 224, 1, random.Random(0))
    batch = batch_of(windows, {})
    wanted = told_by([teacher], [], batch.ids, batch.mask).labels

    def distance(student):
        return (told_by([student.eval()], [], batch.ids, batch.mask).labels - wanted).abs().sum()

    before = distance(model)
    distil(Distillation(model, teacher.enc.config.hidden_size), course, [example], options)

    assert distance(model) < before


def test_articles_are_judged_by_the_teacher_that_never_saw_them(example):
    from dataclasses import replace

    from lab.attribution.distil import Course

    course = Course(["a", "b"], [], None, random.Random(0), "cpu")
    annotated = [replace(example, doc_id=str(number)) for number in range(5)]
    bare = replace(example, doc_id="bare", labels=None)

    groups = course.groups([*annotated, bare])

    assert [[each.doc_id for each in group] for group in groups] == [["0", "2", "4"], ["1", "3"], ["bare"]]
    assert [course.judges(group) for group in (0, 1)] == [["a"], ["b"]]
    assert sorted(course.judges(2)) == ["a", "b"]


def test_windows_go_on_as_others_only_after_a_sentence():
    from lab.attribution.distil import SENTENCE_ENDS, exchanged
    from lab.attribution.windows import CLS, SEP

    stop = SENTENCE_ENDS[1]
    rows = [np.array([CLS, a, a, stop, a, stop, SEP]) for a in range(5, 25)]

    changed = exchanged(rows, random.Random(0))

    assert any(len(set(row.tolist())) > 4 for row in changed)
    for row in changed:
        assert row[0] == CLS
        assert row[-1] == SEP
        for before, after in itertools.pairwise(row[1:-1]):
            assert before == after or stop in (before, after)
