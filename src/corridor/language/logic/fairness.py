"""Fairness across languages: a correction of raw vectors so that texts meet by meaning and not by language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corridor.language.logic.tongues import LANGUAGES

Vectors = npt.NDArray[np.float32]
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "fairness.npz"


@dataclass(frozen=True)
class Fairness:
    """The correction, computed once from a parallel sample (`corridor calibrate`).

    `query_means`, `passage_means`: (7, d), the mean raw vector of each language in the order of `LANGUAGES`, queries and passages apart;
    subtracting the mean of a text's own language removes most of what a model encodes about language (Libovický, Rosa and Fraser 2020,
    "On the language neutrality of pre-trained multilingual representations").
    `transform`: (d, d) or None: within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006), where a class is one meaning
    in seven languages: directions in which translations of one meaning still differ count less.
    `anchors`: (k, d) and `hub_weight`: corrected sample vectors; a passage that is near to everything gets as much less as it is nearer
    to its nearest anchors than others are (the passage side of CSLS, Conneau et al. 2018). It is stored as one more coordinate.
    """

    version: str
    query_means: Vectors | None = None
    passage_means: Vectors | None = None
    transform: Vectors | None = None
    anchors: Vectors | None = None
    hub_weight: float = 0.0
    neighbours: int = 10

    def passages(self, raw: Vectors, languages: Sequence[str]) -> Vectors:
        """Corrected passage vectors, (n, d + 1) float32; `raw` is (n, d) with unit rows. An unknown language gets all means."""
        blend = np.array([_one(language) for language in languages], dtype=np.float32).reshape(len(raw), len(LANGUAGES))
        return self._extended(self._corrected(raw, blend, self.passage_means))

    def queries(self, raw: Vectors, probabilities: Sequence[Mapping[str, float]]) -> Vectors:
        """Corrected query vectors, (n, d + 1) float32, the last coordinate 1; language means are blended by their probabilities."""
        blend = np.array([[p.get(code, 0.0) for code in LANGUAGES] for p in probabilities], dtype=np.float32)
        near = self._corrected(raw, blend.reshape(len(raw), len(LANGUAGES)), self.query_means)
        return np.hstack([near, np.ones((len(near), 1), dtype=np.float32)])

    def _corrected(self, raw: Vectors, blend: Vectors, means: Vectors | None) -> Vectors:
        result = np.asarray(raw, dtype=np.float32)
        if means is not None:
            total = blend.sum(axis=1, keepdims=True)
            weights = np.where(total > 0, blend / np.where(total > 0, total, 1), 1 / len(LANGUAGES))
            result = result - weights @ means
        if self.transform is not None:
            result = result @ self.transform
        return unit(result)

    def _extended(self, vectors: Vectors) -> Vectors:
        penalty = np.zeros((len(vectors), 1), dtype=np.float32)
        if self.anchors is not None and self.hub_weight and len(vectors):
            near = vectors @ self.anchors.T
            top = np.partition(near, -self.neighbours, axis=1)[:, -self.neighbours :]
            penalty = -self.hub_weight * top.mean(axis=1, keepdims=True)
        return np.hstack([vectors, penalty.astype(np.float32)])


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; a zero row stays zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length > 0, length, 1)).astype(np.float32)


def _one(language: str) -> list[float]:
    return [1.0 if code == language else 0.0 for code in LANGUAGES]


def none() -> Fairness:
    """No correction: raw vectors, for comparison and for models that have not been calibrated."""
    return Fairness("raw")


def load(path: Path = SHIPPED) -> Fairness:
    """The correction kept in a file made by `save`. Raises OSError when it is not there."""
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return Fairness(
        version=str(arrays["version"]),
        query_means=arrays["query_means"],
        passage_means=arrays["passage_means"],
        transform=arrays.get("transform"),
        anchors=arrays.get("anchors"),
        hub_weight=float(arrays["hub_weight"]),
        neighbours=int(arrays["neighbours"]),
    )


def save(fairness: Fairness, path: Path) -> None:
    """Keep a correction in a file, in half precision where that is enough."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "version": np.array(fairness.version),
        "hub_weight": np.array(fairness.hub_weight),
        "neighbours": np.array(fairness.neighbours),
    }
    for name in ("query_means", "passage_means", "transform"):
        value = getattr(fairness, name)
        if value is not None:
            arrays[name] = value.astype(np.float32)
    if fairness.anchors is not None:
        arrays["anchors"] = fairness.anchors.astype(np.float16)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def digest(texts: Mapping[str, Sequence[str]]) -> str:
    """A short fingerprint of a sample: what a correction was made from."""
    whole = "\0".join("\1".join(texts[code]) for code in LANGUAGES)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
