"""The fast engine: the converted model in onnxruntime, small batches of like lengths, a few threads."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corridor.language.logic.embedding_port import DIMENSION, EmbeddingUnavailable, Kind, Vectors, unit
from corridor.language.logic.engine.running import session
from corridor.language.logic.engine.tokens import Tokeniser

MODEL = "multilingual-e5-small"
GRAPH, PIECES, CHARACTERS = "model.onnx", "pieces.spm", "characters.json"
FILES = (GRAPH, PIECES, CHARACTERS)

WINDOW = 510
"""Tokens of content that fit between the two ends of one pass."""
BATCH = 512
"""Tokens a batch, padding included: beyond about 1,000 the activations leave the processor's cache."""


class _Window(NamedTuple):
    """A stretch of one text's tokens that the model sees at once."""

    text: int
    ids: list[int]


class FastEmbedder:
    """multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672) in 8-bit, from a folder that `conversion` wrote.

    A vector depends a little on its neighbours in a batch (cosine above 0.999), for activations are quantised by the
    batch: never compare vectors for equality.
    """

    name = MODEL
    dimension = DIMENSION

    def __init__(self, folder: Path, version: str, *, threads: int = 2) -> None:
        """Load the model; any exception of onnxruntime or sentencepiece comes out as EmbeddingUnavailable."""
        self.version = version
        self._threads = max(1, threads)
        try:
            characters = json.loads((folder / CHARACTERS).read_text())
            self._tokeniser = Tokeniser(folder / PIECES, {int(source): out for source, out in characters.items()})
            self._session = session(folder / GRAPH)
        except Exception as error:
            raise EmbeddingUnavailable(f"the converted model in {folder} cannot be loaded: {error}") from error

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """See `Embedder.embed`. Beyond one window: the windows' mean, weighted by their tokens, as the wheel does."""
        sums: Vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        batches = list(_batches(self._windows(texts, kind)))
        threads = min(self._threads, len(batches))
        try:
            # Threads live for one call only, so that a process forked from this one finds no pool without threads.
            if threads > 1:
                with ThreadPoolExecutor(threads) as pool:
                    means = list(pool.map(self._means, batches))
            else:
                means = [self._means(batch) for batch in batches]
        except Exception as error:
            raise EmbeddingUnavailable(f"the bundled model failed: {error}") from error
        for batch, rows in zip(batches, means, strict=True):
            for window, row in zip(batch, rows, strict=True):
                sums[window.text] += row * len(window.ids)
        return unit(sums)

    def token_count(self, text: str, kind: Kind) -> int:
        """Tokens the model sees for `text`, prefix and both ends included, windows not counted twice."""
        return len(self._tokeniser.ids(text, kind)) + 2

    def _windows(self, texts: Sequence[str], kind: Kind) -> list[_Window]:
        found = []
        for number, text in enumerate(texts):
            ids = self._tokeniser.ids(text, kind)
            borders = [*range(0, len(ids), WINDOW), len(ids)]
            found += [_Window(number, ids[start:stop]) for start, stop in pairwise(borders)]
        return found

    def _means(self, batch: list[_Window]) -> npt.NDArray[np.float32]:
        cutter, longest = self._tokeniser, max(len(window.ids) for window in batch) + 2
        ids = np.full((len(batch), longest), cutter.pad, dtype=np.int64)
        for row, window in zip(ids, batch, strict=True):
            row[: len(window.ids) + 2] = [cutter.begin, *window.ids, cutter.end]
        lengths = np.array([[len(window.ids) + 2] for window in batch])
        mask = (np.arange(longest) < lengths).astype(np.int64)
        means: npt.NDArray[np.float32] = self._session.run(["means"], {"ids": ids, "mask": mask})[0]
        return means


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of like lengths together, the longest first so that no thread is left alone with them at the end."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: -len(window.ids)):
        if batch and (len(batch) + 1) * (len(batch[0].ids) + 2) > BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
