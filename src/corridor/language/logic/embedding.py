"""Meaning as vectors: the bundled model, or an embeddings endpoint of the operator's own."""

import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from corridor.language.logic.embedding_port import (
    DIMENSION,
    Embedder,
    EmbeddingUnavailable,
    Kind,
    Marking,
    Vectors,
    unit,
)
from corridor.language.logic.engine import conversion
from corridor.language.logic.engine.fast import MODEL, FastEmbedder
from corridor.language.logic.engine.wheel import WheelEmbedder

__all__ = [
    "DIMENSION",
    "Embedder",
    "EmbeddingUnavailable",
    "Kind",
    "Marking",
    "Vectors",
    "bundled",
    "endpoint",
    "unit",
]

_log = logging.getLogger(__name__)


class BundledEmbedder:
    """The bundled model, prepared when first used; any number of threads may share one.

    It runs on the fast engine where that can be had, else on the wheel, and logs why.
    """

    name = MODEL
    dimension = DIMENSION

    def __init__(self, cache: Path, threads: int) -> None:
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._engine: Embedder | None = None

    @property
    def version(self) -> str:
        """Model and engine tag; prepares the engine, for only then it is known which one runs."""
        return self._prepared().version

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """See `Embedder.embed`."""
        return self._prepared().embed(texts, kind)

    def _prepared(self) -> Embedder:
        with self._lock:
            if self._engine is None:
                self._engine = self._fast() or WheelEmbedder()
            return self._engine

    def _fast(self) -> Embedder | None:
        try:
            folder = conversion.prepared(self._cache)
            return FastEmbedder(folder, conversion.tag(), threads=self._threads)
        except EmbeddingUnavailable as reason:
            _log.warning("the fast engine is not used, the wheel's slower one takes its place: %s", reason)
            return None


def bundled(cache: Path, *, threads: int | None = None) -> Embedder:
    """The bundled multilingual-e5-small; what it must prepare, it keeps in the folder `cache` (90 MB).

    `threads` is how many threads one call of `embed` with many texts may use: two unless there are fewer cores.
    """
    return BundledEmbedder(cache, threads or min(2, os.cpu_count() or 1))


def endpoint(
    url: str,
    model: str,
    key: str | None = None,
    dimension: int | None = None,
    timeout: float = 20.0,
    marking: Marking = "prefix",
) -> Embedder:
    """A model behind an OpenAI-compatible embeddings endpoint; nothing is asked of it before the first `embed`.

    `url` is the server's base or the full address, `key` goes out as a bearer token. A batch of texts takes `timeout`
    seconds at most, repeated tries included. The index holds DIMENSION numbers a vector: a model of another width is
    refused at its first answer, unless `dimension` asks for the first DIMENSION numbers of a longer one, scaled to
    length one again (for models trained so: Kusupati et al. 2022, Matryoshka, arXiv 2205.13147). Any other `dimension`
    is a ValueError. `marking` tells how the model learns what is a query and what a passage.
    """
    # Loaded here: HTTP takes a third of a second that an installation with the bundled model need not spend.
    from corridor.language.logic.embedding_endpoint import EndpointEmbedder

    return EndpointEmbedder(url, model, key, dimension, timeout, marking)
