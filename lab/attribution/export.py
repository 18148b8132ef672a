"""Trained weights -> the ONNX file that the library runs, in float or in 8 bits.

    python -m lab.attribution.export WEIGHTS.npz [MORE.npz ...] attribution.onnx [--float] [--full-range]

The graph is written by hand instead of traced: one window of pieces, no padding, no mask. The link heads' keys and
queries leave the graph as they are, because only the few pieces that start a span are ever compared.

input   ids       int64 [L], L <= 512    [CLS] pieces [SEP]
output  tag       float [L, 7]           O, B-content, I-content, B-cue, I-cue, B-source, I-source (logits)
        query     float [L, 3, 96]       heads: source, cue, chain
        key       float [L, 3, 96]       a link's score: query . key / sqrt(96) + distance[j - i clipped to 128, + 128]
        null      float [3, 96]          "no link" scores query . null
        distance  float [257, 3]
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH = 6, 12, 384  # MiniLM-L6-H384
LINKS, LINK_WIDTH, LABELS = 3, 96, 7
EPSILON = 1e-12  # BERT's layer normalisation
OPSET = 20  # the first with Gelu

Weights = Mapping[str, np.ndarray]


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, bits: int | None) -> None:
        self.bits = bits
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, op: str, *inputs: str, name: str = "", outputs: int = 1, **attributes: object) -> str:
        name = name or f"{op}_{len(self.nodes)}"
        names = [name] if outputs == 1 else [f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0]

    def dense(self, x: str, weight: np.ndarray, bias: np.ndarray, name: str) -> str:
        """x @ weight.T + bias, with `weight` as [out, in]; in 8 bits one scale an output column."""
        if self.bits is None:
            product = self.node("MatMul", x, self.constant(name + ".weight", weight.T))
        else:
            whole, scale = quantised(weight.T, axis=0, bits=self.bits)
            start = len(self.nodes)
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], [f"x{start}", f"s{start}", f"z{start}"]))
            product = self.node("MatMulInteger", f"x{start}", self.constant(name + ".weight", whole), f"z{start}")
            factor = self.node("Mul", f"s{start}", self.constant(name + ".scale", scale.reshape(-1)))
            product = self.node("Mul", self.node("Cast", product, to=TensorProto.FLOAT), factor)
        return self.node("Add", product, self.constant(name + ".bias", bias))

    def rows(self, table: np.ndarray, ids: str, name: str) -> str:
        """Rows of an embedding table; in 8 bits one scale a row."""
        if self.bits is None:
            return self.node("Gather", self.constant(name, table), ids)
        whole, scale = quantised(table, axis=1, bits=8)
        row = self.node("Cast", self.node("Gather", self.constant(name, whole), ids), to=TensorProto.FLOAT)
        return self.node("Mul", row, self.node("Gather", self.constant(name + ".scale", scale), ids))

    def normalised(self, x: str, weights: Weights, name: str) -> str:
        scale, bias = (self.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", x, scale, bias, epsilon=EPSILON)


def quantised(matrix: np.ndarray, axis: int, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """int8 values within `bits` bits, symmetric about zero, and the scales along `axis` (kept as a dimension)."""
    top = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(matrix).max(axis=axis, keepdims=True), 1e-8) / top
    return np.rint(matrix / scale).astype(np.int8), scale.astype(np.float32)


def model_of(weights: Weights, bits: int | None) -> onnx.ModelProto:
    """The model in float (`bits` None), in 7 bits (safe on processors without VNNI, whose sums saturate) or in 8."""
    graph = Graph(bits)
    x = embedded(graph, weights)
    for layer in range(LAYERS):
        x = encoded(graph, weights, x, f"enc.encoder.layer.{layer}")
    heads(graph, weights, x)
    outputs = [
        helper.make_tensor_value_info("tag", TensorProto.FLOAT, ["L", LABELS]),
        helper.make_tensor_value_info("query", TensorProto.FLOAT, ["L", LINKS, LINK_WIDTH]),
        helper.make_tensor_value_info("key", TensorProto.FLOAT, ["L", LINKS, LINK_WIDTH]),
        helper.make_tensor_value_info("null", TensorProto.FLOAT, [LINKS, LINK_WIDTH]),
        helper.make_tensor_value_info("distance", TensorProto.FLOAT, list(weights["dist.weight"].shape)),
    ]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["L"])
    body = helper.make_graph(graph.nodes, "attribution", [ids], outputs, graph.constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def embedded(graph: Graph, weights: Weights) -> str:
    name = "enc.embeddings"
    position = weights[f"{name}.position_embeddings.weight"] + weights[f"{name}.token_type_embeddings.weight"][0]
    zero = graph.constant("zero", np.array([0]))
    where = graph.node("Slice", graph.constant("position", position), zero, graph.node("Shape", "ids"), zero)
    words = graph.rows(weights[f"{name}.word_embeddings.weight"], "ids", "words")
    return graph.normalised(graph.node("Add", words, where), weights, f"{name}.LayerNorm")


def encoded(graph: Graph, weights: Weights, x: str, name: str) -> str:
    """One layer of BERT."""
    part = f"{name}.attention.self"
    triples = ([weights[f"{part}.{p}.{kind}"] for p in ("query", "key", "value")] for kind in ("weight", "bias"))
    joined = [np.concatenate(triple) for triple in triples]
    for array in joined:
        array[:WIDTH] /= np.sqrt(WIDTH / HEADS)  # the scale of the dot product, folded into the queries
    shape = graph.constant(f"{name}.shape", np.array([-1, 3, HEADS, WIDTH // HEADS]))
    mixed = graph.node("Reshape", graph.dense(x, *joined, part), shape)
    turned = graph.node("Transpose", mixed, perm=[1, 2, 0, 3])  # query, key, value; head; piece; width
    query = graph.node("Split", turned, axis=0, num_outputs=3, outputs=3)
    key, value = query[:-1] + "1", query[:-1] + "2"
    scores = graph.node("MatMul", query, graph.node("Transpose", key, perm=[0, 1, 3, 2]))
    seen = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    flat = graph.constant(f"{name}.flat", np.array([-1, WIDTH]))
    seen = graph.node("Reshape", graph.node("Transpose", seen, perm=[0, 2, 1, 3]), flat)
    out = graph.dense(seen, *both(weights, f"{name}.attention.output.dense"), f"{name}.attention.output.dense")
    x = graph.normalised(graph.node("Add", out, x), weights, f"{name}.attention.output.LayerNorm")
    wide = graph.node("Gelu", graph.dense(x, *both(weights, f"{name}.intermediate.dense"), f"{name}.intermediate"))
    out = graph.dense(wide, *both(weights, f"{name}.output.dense"), f"{name}.output")
    return graph.normalised(graph.node("Add", out, x), weights, f"{name}.output.LayerNorm")


def heads(graph: Graph, weights: Weights, x: str) -> None:
    shape = graph.constant("links", np.array([-1, LINKS, LINK_WIDTH]))
    graph.node("Reshape", graph.dense(x, *both(weights, "q"), "q"), shape, name="query")
    graph.node("Reshape", graph.dense(x, *both(weights, "k"), "k"), shape, name="key")
    graph.node("Identity", graph.dense(x, *both(weights, "tag"), "t"), name="tag")
    graph.node("Identity", graph.constant("null.weight", weights["null"]), name="null")
    graph.node("Identity", graph.constant("distance.weight", weights["dist.weight"]), name="distance")


def both(weights: Weights, name: str) -> tuple[np.ndarray, np.ndarray]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+", help="several are averaged")
    parser.add_argument("out", type=Path)
    parser.add_argument("--float", action="store_true", help="32-bit, for comparison")
    parser.add_argument("--full-range", action="store_true", help="8 bits instead of 7: only for processors with VNNI")
    options = parser.parse_args()
    bits = None if options.float else 8 if options.full_range else 7
    onnx.save(model_of(mean_of([np.load(path) for path in options.weights]), bits), options.out)


def mean_of(trained: Sequence[Weights]) -> Weights:
    """The average of weights that one run led from to the others, so that they mean the same."""
    return {name: np.mean([weights[name] for weights in trained], axis=0) for name in trained[0]}


if __name__ == "__main__":
    main()
