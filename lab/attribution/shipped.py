"""The weights inside an exported file, out of their 7 bits, to train on from: the inverse of `export`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from lab.attribution.export import HEADS, LAYERS, WIDTH, Weights


def weights_in(path: Path) -> Weights:
    """Under the names that `model.Attribution` gives them; positions hold the token type's share."""
    held = {t.name: numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer}
    embeddings = "enc.embeddings"
    weights = {
        f"{embeddings}.word_embeddings.weight": scaled(held, "words", "words"),
        f"{embeddings}.position_embeddings.weight": held["position"],
        f"{embeddings}.token_type_embeddings.weight": np.zeros((2, WIDTH), dtype=np.float32),
        "null": held["null.weight"],
        "dist.weight": held["distance.weight"],
    }
    for name, inside in (("q", "q"), ("k", "k"), ("tag", "t")):
        weights |= dense(held, name, inside)
    for layer in range(LAYERS):
        part = f"enc.encoder.layer.{layer}"
        weights |= attention(held, f"{part}.attention.self")
        for name in ("attention.output.dense", "intermediate", "output"):
            module = f"{part}.{name}" if name.endswith("dense") else f"{part}.{name}.dense"
            weights |= dense(held, module, f"{part}.{name}")
    return weights | {name: value for name, value in held.items() if ".LayerNorm." in name}


def attention(held: Weights, name: str) -> dict[str, np.ndarray]:
    """Queries, keys and values, which share a matrix in the file, with the queries' scale folded in."""
    joined = dense(held, "joined", name)
    parts = {}
    for kind in ("weight", "bias"):
        query, key, value = np.split(joined[f"joined.{kind}"], 3)
        scale = np.sqrt(WIDTH / HEADS).astype(np.float32)
        parts |= {f"{name}.query.{kind}": query * scale, f"{name}.key.{kind}": key, f"{name}.value.{kind}": value}
    return parts


def dense(held: Weights, name: str, inside: str) -> dict[str, np.ndarray]:
    weight = scaled(held, f"{inside}.weight", inside).T
    return {f"{name}.weight": np.ascontiguousarray(weight), f"{name}.bias": held[f"{inside}.bias"]}


def scaled(held: Weights, name: str, inside: str) -> np.ndarray:
    """In float; a file exported with --float has no scales."""
    scale = held.get(f"{inside}.scale")
    return held[name] if scale is None else held[name].astype(np.float32) * scale
