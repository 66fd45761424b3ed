"""The model written as an ONNX graph: once in full precision for observing, once in 8-bit for use.

The encoder is BERT's (Devlin et al. 2019) with mean pooling (Wang et al. 2024). For use, activations are first smoothed
as in SmoothQuant (Xiao et al. 2023, arXiv 2211.10438): input channel j of a product is divided by
s_j = a_j^alpha / w_j^(1 - alpha), a_j being the largest activation observed there and w_j the largest weight, and the
weights are multiplied by s_j, so that a few loud channels do not cost all others their precision. Weights take 8 bits, a
step for each output channel. On processors without VNNI onnxruntime's sums of two such products can saturate, which 7
bits would rule out; but on our sentences 8 bits stay closer to full precision even there (mean cosine on an emulated
Haswell 0.99935, with VNNI 0.99952; 7 bits 0.99912 on both), and they keep more translations near each other.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from corridor.language.logic.engine.weights import BLOCK, Floats, Weights

ALPHA = 0.75
LEVELS = 127
_PLAIN: Mapping[str, Any] = {}

Maxima = Mapping[str, Floats]
"""Site -> (layers, channels): the largest absolute activation seen on each input channel."""


class Graph:
    """An ONNX graph being written: nodes and constants in order."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, name: str = "", domain: str = "", facts: Mapping[str, Any] = _PLAIN) -> str:
        """Add a node with one output and return the output's name."""
        output = name or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], domain=domain, **facts))
        return output

    def constant(self, name: str, values: Any, kind: type[np.generic] = np.float32) -> str:
        """Keep `values` once under `name` and return the name."""
        if name not in self.constants:
            array = np.array(values, dtype=kind, order="C")
            self.constants[name] = numpy_helper.from_array(array, name)
        return name

    def finished(self, outputs: Mapping[str, tuple[str | int, ...]]) -> onnx.ModelProto:
        """The model: token ids and their mask in, `outputs` (name -> shape) out."""
        takes = [helper.make_tensor_value_info(n, TensorProto.INT64, ["texts", "tokens"]) for n in ("ids", "mask")]
        gives = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()]
        graph = helper.make_graph(self.nodes, "e5", takes, gives, list(self.constants.values()))
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="corridor")


class _Encoder:
    """Writes the encoder of `weights`; with `maxima` smoothed and in 8-bit, without them in full and observed."""

    def __init__(self, weights: Weights, maxima: Maxima | None) -> None:
        self.weights = weights
        self.shape = weights.shape
        self.maxima = maxima
        self.graph = Graph()
        self.observed: dict[str, tuple[str | int, ...]] = {}

    def written(self) -> onnx.ModelProto:
        graph = self.graph
        mask = graph.node("Cast", "mask", facts={"to": TensorProto.FLOAT})
        hidden = self._embedding()
        blocked = graph.node("Sub", mask, graph.constant("one", 1.0))
        blocked = graph.node("Mul", blocked, graph.constant("far", 1e9))
        blocked = graph.node("Unsqueeze", blocked, graph.constant("middle", [1, 2], np.int64))
        for layer in range(self.shape.layers):
            hidden = self._attention(layer, hidden, blocked)
            hidden = self._inner(layer, hidden)
        self._pooled(hidden, mask)
        return graph.finished({"means": ("texts", self.shape.width), **self.observed})

    def _embedding(self) -> str:
        graph, width = self.graph, self.shape.width
        packed, steps = self.weights.table("emb.word", width)
        graph.constants["words"] = helper.make_tensor(
            "words", TensorProto.INT4, [packed.shape[0], width], packed.tobytes(), raw=True
        )
        sources = ("words", "ids", graph.constant("word_steps", steps))
        layout = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK}
        words = graph.node("GatherBlockQuantized", *sources, domain="com.microsoft", facts=layout)
        places = self.weights.vector("emb.pos").reshape(-1, width) + self.weights.vector("emb.type")[:width]
        length = graph.node("Shape", "ids", facts={"start": 1, "end": 2})
        kept = graph.node("Slice", graph.constant("places", places), graph.constant("zero", [0], np.int64), length)
        return self._levelled("emb.ln", graph.node("Add", words, kept))

    def _levelled(self, name: str, hidden: str) -> str:
        weight = self.graph.constant(f"{name}.w", self.weights.vector(f"{name}.w"))
        bias = self.graph.constant(f"{name}.b", self.weights.vector(f"{name}.b"))
        return self.graph.node("LayerNormalization", hidden, weight, bias, facts={"epsilon": self.shape.epsilon})

    def _attention(self, layer: int, hidden: str, blocked: str) -> str:
        graph, heads = self.graph, self.shape.heads
        size = self.shape.width // heads
        mix = self._matrix(layer, "ao", self.shape.width)
        calm = self._calming("mix", layer, mix)
        joined, bias = self._joined(layer, calm)
        rows = self._product("attention", layer, hidden, joined, bias)
        split = graph.constant("split", [0, 0, 3, heads, size], np.int64)
        parts = graph.node("Transpose", graph.node("Reshape", rows, split), facts={"perm": [2, 0, 3, 1, 4]})
        query, key, value = (
            graph.node("Gather", parts, graph.constant(f"part{i}", i, np.int64), facts={"axis": 0}) for i in range(3)
        )
        near = graph.node("MatMul", query, graph.node("Transpose", key, facts={"perm": [0, 1, 3, 2]}))
        share = graph.node("Softmax", graph.node("Add", near, blocked), facts={"axis": -1})
        mixed = graph.node("Transpose", graph.node("MatMul", share, value), facts={"perm": [0, 2, 1, 3]})
        flat = graph.node("Reshape", mixed, graph.constant("flat", [0, 0, self.shape.width], np.int64))
        out = self._product("mix", layer, flat, mix, self.weights.vector(f"l{layer}.ao.b"), calmed=calm)
        return self._levelled(f"l{layer}.aln", graph.node("Add", hidden, out))

    def _joined(self, layer: int, calm: Floats | None) -> tuple[Floats, Floats]:
        """Queries, keys and values as one product; the softmax's scale and the mix's calming ride in the weights."""
        width = self.shape.width
        factors = {"q": np.full(width, (width // self.shape.heads) ** -0.5), "k": np.ones(width)}
        factors["v"] = np.ones(width) if calm is None else 1 / calm
        sides = [self._matrix(layer, part, width) * factor for part, factor in factors.items()]
        biases = [self.weights.vector(f"l{layer}.{part}.b") * factor for part, factor in factors.items()]
        return np.concatenate(sides, axis=1).astype(np.float32), np.concatenate(biases).astype(np.float32)

    def _inner(self, layer: int, hidden: str) -> str:
        graph = self.graph
        wide, narrow = self._matrix(layer, "fi", self.shape.width), self._matrix(layer, "fo", self.shape.inner)
        calm = self._calming("narrow", layer, narrow)
        wider = self._product("widen", layer, hidden, wide, self.weights.vector(f"l{layer}.fi.b"))
        bent = graph.node("Gelu", wider)
        if calm is not None:
            bent = graph.node("Mul", bent, graph.constant(f"l{layer}.narrow.calm", 1 / calm))
        out = self._product("narrow", layer, bent, narrow, self.weights.vector(f"l{layer}.fo.b"), calmed=calm)
        return self._levelled(f"l{layer}.oln", graph.node("Add", hidden, out))

    def _matrix(self, layer: int, part: str, inputs: int) -> Floats:
        return self.weights.matrix(f"l{layer}.{part}.w", inputs)

    def _calming(self, site: str, layer: int, matrix: Floats) -> Floats | None:
        """The divisors s_j of the input channels, None when observing."""
        if self.maxima is None:
            return None
        loud = np.maximum(self.maxima[site][layer].astype(np.float64), 1e-5)
        weight = np.maximum(np.abs(matrix).max(axis=1).astype(np.float64), 1e-5)
        return np.asarray(loud**ALPHA / weight ** (1 - ALPHA), dtype=np.float32)

    def _product(
        self, site: str, layer: int, hidden: str, matrix: Floats, bias: Floats, *, calmed: Floats | None = None
    ) -> str:
        """`hidden` times `matrix` plus `bias`; `calmed` are divisors that the input has been through already."""
        graph, name = self.graph, f"l{layer}.{site}"
        if self.maxima is None:
            self._observe(name, hidden, matrix.shape[0])
            out = graph.node("MatMul", hidden, graph.constant(f"{name}.w", matrix))
            return graph.node("Add", out, graph.constant(f"{name}.b", bias))
        if calmed is None:
            calmed = self._calming(site, layer, matrix)
            assert calmed is not None
            hidden = graph.node("Mul", hidden, graph.constant(f"{name}.calm", 1 / calmed))
        firm = matrix * calmed[:, None]
        steps = np.maximum(np.abs(firm).max(axis=0), 1e-12) / LEVELS
        whole = np.clip(np.rint(firm / steps), -LEVELS, LEVELS)
        inputs = [
            graph.constant(f"{name}.w", whole, np.int8),
            graph.constant(f"{name}.steps", steps),
            graph.constant(f"{name}.zero", np.zeros(len(steps)), np.int8),
            graph.constant(f"{name}.b", bias),
        ]
        return graph.node("DynamicQuantizeMatMul", hidden, *inputs, domain="com.microsoft")

    def _observe(self, name: str, hidden: str, channels: int) -> None:
        axes = self.graph.constant("outer", [0, 1], np.int64)
        largest = self.graph.node(
            "ReduceMax", self.graph.node("Abs", hidden), axes, name=f"max.{name}", facts={"keepdims": 0}
        )
        self.observed[largest] = (channels,)

    def _pooled(self, hidden: str, mask: str) -> None:
        graph = self.graph
        row = graph.node("Unsqueeze", mask, graph.constant("second", [1], np.int64))
        total = graph.node("Squeeze", graph.node("MatMul", row, hidden), graph.constant("second", [1], np.int64))
        count = graph.node("ReduceSum", mask, graph.constant("second", [1], np.int64))
        graph.node("Div", total, count, name="means")


def quick(weights: Weights, maxima: Maxima) -> onnx.ModelProto:
    """The graph for use: 8-bit products on smoothed activations, the table of words still in 4 bits."""
    return _Encoder(weights, maxima).written()


def exact(weights: Weights) -> onnx.ModelProto:
    """The graph for observing: full precision, with an output `max.l<layer>.<site>` for every product's input."""
    return _Encoder(weights, None).written()
