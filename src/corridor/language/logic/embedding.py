"""Meaning as vectors: the bundled model, or an embeddings endpoint of the operator's own."""

import threading
from collections.abc import Sequence
from pathlib import Path

from corridor.language.logic.embedding_port import DIMENSION, Embedder, EmbeddingUnavailable, Kind, Vectors, unit
from corridor.language.logic.engine.wheel import MODEL, WheelEmbedder

__all__ = ["DIMENSION", "Embedder", "EmbeddingUnavailable", "Kind", "Vectors", "bundled", "unit"]


class BundledEmbedder:
    """The bundled model, prepared when first used; any number of threads may share one."""

    name = MODEL
    dimension = DIMENSION

    def __init__(self, cache: Path) -> None:
        self._cache = cache
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
                self._engine = WheelEmbedder()
            return self._engine


def bundled(cache: Path) -> Embedder:
    """The bundled multilingual-e5-small; what it must prepare, it keeps in the folder `cache`."""
    return BundledEmbedder(cache)
