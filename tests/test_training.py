"""The lab's training path, on a model of toy size; skipped where its extras are not installed."""

import argparse
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

ROW = {
    "doc_id": "a",
    "text": "“Go,” said Anna Lind.",
    "quotes": [{"spans": [[0, 5]], "cue_span": [6, 10], "speaker_span": [11, 20]}],
}


def test_a_tiny_run_changes_the_weights():
    from tokenizers import Tokenizer
    from transformers import BertConfig

    from lab.attribution.model import Attribution
    from lab.attribution.reader import example_of
    from lab.attribution.train import TOKENIZER, train

    example = example_of(ROW, Tokenizer.from_file(str(TOKENIZER)))
    model = Attribution(BertConfig(hidden_size=24, num_hidden_layers=1, num_attention_heads=2, intermediate_size=48))
    before = model.weights()
    options = argparse.Namespace(
        seed=0, rate=1e-3, stride=224, batch=1, epochs=10, bfloat16=False, smoothing=0.0, out=Path("unused.npz")
    )

    after = train(model, [example], options)

    assert example.labels.count(1) == example.labels.count(3) == example.labels.count(5) == 1
    assert any(not np.allclose(before[name], after[name]) for name in before)
