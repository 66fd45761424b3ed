"""A stand-in for a model, for tests of everything around it: it keeps every promise of `Embedder` and knows nothing of meaning."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from corridor.language.logic import fairness
from corridor.language.logic.embedding import DIMENSION, EmbeddingUnavailable, Kind, Vectors, unit
from corridor.language.operations import engines, questions, reasons


class HashingEmbedder:
    """Places texts by the pieces of three characters that they are made of; the same text always at the same place.

    `is_down` lets it answer as a model that cannot be reached; `read` counts the texts that it was given.
    """

    dimension = DIMENSION

    def __init__(self, name: str = "hashing") -> None:
        self.name = name
        self.version = f"{name}/1"
        self.is_down = False
        self.read: list[str] = []

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """See `Embedder.embed`."""
        if self.is_down:
            raise EmbeddingUnavailable("the model of this test is down")
        self.read += texts
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            plain = f"  {text[:8000].casefold()} "
            for start in range(len(plain) - 2):
                digest = hashlib.blake2b(
                    f"{self.name}{plain[start : start + 3]}".encode(errors="replace"), digest_size=8
                )
                row[int.from_bytes(digest.digest(), "big") % DIMENSION] += 1
        return unit(rows)


def use(monkeypatch: pytest.MonkeyPatch, model: HashingEmbedder) -> None:
    """Let this process read with that model, from now on to the end of the test."""
    monkeypatch.setattr(engines, "embedder", lambda: model)
    monkeypatch.setattr(engines, "shipped_fairness", fairness.none)
    forget()


def forget() -> None:
    """Remember nothing of another test's texts and engines."""
    engines.forget()
    questions._read.cache_clear()
    questions._read_record.cache_clear()
    reasons.found_vectors.cache_clear()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[HashingEmbedder]:
    """The stand-in instead of the configured model."""
    made = HashingEmbedder()
    use(monkeypatch, made)
    yield made
    forget()


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], HashingEmbedder]:
    """Sets this process to another stand-in, as an operator sets an installation to another model."""

    def change(name: str) -> HashingEmbedder:
        made = HashingEmbedder(name)
        use(monkeypatch, made)
        return made

    return change
