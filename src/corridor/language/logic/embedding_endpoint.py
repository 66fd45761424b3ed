"""An embeddings endpoint of the operator's own, spoken to as OpenAI's `/v1/embeddings`."""

import json
import time
import weakref
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import httpx
import numpy as np

from corridor.language.logic.cutting import cut
from corridor.language.logic.cutting import tokens as about_tokens
from corridor.language.logic.embedding_port import DIMENSION, EmbeddingUnavailable, Kind, Marking, Vectors, unit
from corridor.language.logic.engine.tokens import PREFIX, clean
from corridor.language.logic.sentences import sentences

BATCH: Final = 32
WINDOW: Final = 400
"""Tokens of a text sent at once, about; a longer text is sent in parts and gets their weighted mean."""

TRIES: Final = 3
_PAUSES: Final = (0.1, 0.4)
_MOST_BYTES: Final = 64 * 1024 * 1024
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class _Passing(Exception):  # noqa: N818 - not an error yet: the next try may do
    """A failure that may be gone in a moment."""


class _Part(NamedTuple):
    text: int
    content: str
    weight: float


class EndpointEmbedder:
    """A model behind an endpoint; any number of threads may share one."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str | None = None,
        dimension: int | None = None,
        timeout: float = 20.0,
        marking: Marking = "prefix",
    ) -> None:
        """See `corridor.language.logic.embedding.endpoint`."""
        if dimension not in (None, DIMENSION):
            raise ValueError(
                f"the index holds {DIMENSION} numbers a vector; a dimension of {dimension} has no place in it"
            )
        self.name = model
        self.dimension = DIMENSION
        self.version = f"endpoint/{model}/{marking}" + ("/cut" if dimension else "")
        self._address = _address(url)
        self._shortened = dimension is not None
        self._timeout = timeout
        self._marking = marking
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(headers=headers, follow_redirects=False)
        weakref.finalize(self, self._client.close)

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """See `Embedder.embed`."""
        sums: Vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        parts = [part for number, text in enumerate(texts) for part in self._parts(number, text, kind)]
        for start in range(0, len(parts), BATCH):
            batch = parts[start : start + BATCH]
            for part, row in zip(batch, self._rows([part.content for part in batch], kind), strict=True):
                sums[part.text] += row * np.float32(part.weight)
        return unit(sums)

    def _parts(self, number: int, text: str, kind: Kind) -> Iterator[_Part]:
        before = PREFIX[kind] if self._marking == "prefix" else ""
        tidy = clean(text)
        # Servers refuse an empty input; a blank is the least that all of them take.
        contents = [piece.text for piece in cut(tidy, sentences(tidy), WINDOW, overlap=0)] or [" "]
        for content in contents:
            yield _Part(number, before + content, max(about_tokens(content), 1.0))

    def _rows(self, inputs: list[str], kind: Kind) -> Vectors:
        """Unit vectors of `inputs`, tried at most TRIES times within the timeout."""
        deadline = time.monotonic() + self._timeout
        told = ""
        for attempt in range(TRIES):
            try:
                return self._checked(self._answer(inputs, kind, deadline), len(inputs))
            except _Passing as failure:
                told = str(failure)
            if attempt == TRIES - 1 or time.monotonic() + _PAUSES[attempt] >= deadline:
                break
            time.sleep(_PAUSES[attempt])
        raise EmbeddingUnavailable(f"the embeddings endpoint {self._address} gives no vectors: {told}")

    def _answer(self, inputs: list[str], kind: Kind, deadline: float) -> Any:
        body: dict[str, Any] = {"model": self.name, "input": inputs, "encoding_format": "float"}
        if self._marking == "field":
            body["input_type"] = kind
        left = max(deadline - time.monotonic(), 0.001)
        try:
            with self._client.stream("POST", self._address, json=body, timeout=left) as response:
                content = _read(response, deadline)
        except httpx.TimeoutException as error:
            raise EmbeddingUnavailable(f"the embeddings endpoint took more than {self._timeout:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _Passing(f"{type(error).__name__}: {error}") from error
        if response.status_code in _PASSING:
            raise _Passing(f"HTTP {response.status_code}")
        if response.status_code != httpx.codes.OK:
            raise EmbeddingUnavailable(f"the embeddings endpoint {self._address} refuses: HTTP {response.status_code}")
        try:
            return json.loads(content)
        except ValueError as error:
            raise EmbeddingUnavailable(f"the embeddings endpoint {self._address} does not answer in JSON") from error

    def _checked(self, answer: Any, count: int) -> Vectors:
        """The vectors of an answer in the order of its inputs; EmbeddingUnavailable unless it holds what was asked for."""
        try:
            data = sorted(answer["data"], key=lambda item: item["index"])
            rows = np.asarray([item["embedding"] for item in data], dtype=np.float32)
            in_order = [item["index"] for item in data] == list(range(count))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise EmbeddingUnavailable(f"the embeddings endpoint {self._address} answers with no vectors") from error
        if not in_order or rows.ndim != 2:
            raise EmbeddingUnavailable(
                f"the embeddings endpoint {self._address} does not give one vector for each text"
            )
        self._check_width(rows.shape[1])
        rows = rows[:, :DIMENSION]
        if not np.isfinite(rows).all() or not rows.any(axis=1).all():
            raise EmbeddingUnavailable(f"the embeddings endpoint {self._address} gives vectors without a direction")
        return unit(rows)

    def _check_width(self, width: int) -> None:
        if width == DIMENSION or (self._shortened and width > DIMENSION):
            return
        advice = f"; where it was trained to be cut (Matryoshka), set the dimension to {DIMENSION}"
        raise EmbeddingUnavailable(
            f"the model {self.name} gives {width} numbers a vector, the index holds {DIMENSION}"
            + (advice if width > DIMENSION else "")
        )


def _address(url: str) -> str:
    """The full address for a base (`http://host`, `http://host/v1`) or itself."""
    base = url.rstrip("/")
    if base.endswith("/embeddings"):
        return base
    return f"{base}/embeddings" if base.endswith("/v1") else f"{base}/v1/embeddings"


def _read(response: httpx.Response, deadline: float) -> bytes:
    """The body, as long as it comes in time and is not endless: httpx itself waits anew for every chunk."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer trickles", request=response.request)
        if len(content) > _MOST_BYTES:
            raise EmbeddingUnavailable(f"the embeddings endpoint answers with more than {_MOST_BYTES} bytes")
    return bytes(content)
