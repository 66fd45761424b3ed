"""What every embedding engine promises: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

Kind = Literal["query", "passage"]
Vectors = npt.NDArray[np.float32]

Marking = Literal["prefix", "field", "none"]
"""How an endpoint is told a query from a passage: by E5's prefixes, by a field `input_type` of the request, or not at all."""

DIMENSION = 384
"""Width of the index. A model of another width must be cut to it or is refused."""


class EmbeddingUnavailable(Exception):  # noqa: N818 - the name says what is so, as `Refused` does
    """No vectors can be had now: the engine or the endpoint is missing, down or answers nonsense."""


class Embedder(Protocol):
    """An engine that places texts by meaning.

    `version` names model and engine; it is stored beside every vector, because vectors of two versions
    must not meet in one index. Reading it may prepare the engine.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Vectors of `texts` in their order: float32 (n, dimension), each row of length one, no language correction.

        An empty list gives (0, dimension), an empty text the vector of the bare prefix. Of a text the first 8,000
        characters are read; longer ones belong cut into passages. Raises EmbeddingUnavailable and nothing else.
        """
        ...


def unit(rows: Vectors) -> Vectors:
    """`rows` (n, d) scaled to length one; a row of zeros stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
    return scaled
