"""Alignment: what a model says of one meaning in seven languages is brought to one place, as texts in all of them have taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from corridor.language.logic.embedding_port import Vectors, unit

Whole = npt.NDArray[np.int8]

# Chosen on halves of the project's own parallel sample and lexicon, for texts whose meaning the other half did not have
# (docs/language.md): how sharply and how much near landmarks count, how little the function may bend, and how far a text is moved.
SHARPNESS: Final = 1.0
LANDMARK_WEIGHT: Final = 3.7
RIDGE: Final = 0.5
MOVED: Final = 0.65

LEAST_SHARE: Final = 0.02
"""A language less likely than this does not move a text whose language is not sure."""

_STEPS: Final = 127.0
_JITTER: Final = 1e-5
"""Added to the diagonal, so that landmarks that say the same do not make the equations unsolvable."""


@dataclass(frozen=True)
class Taught:
    """What one language's texts teach: `places` (n, d) their centred unit vectors, `wanted` (n, d) where their meanings lie for all
    seven languages, `weights` (n,) how much each counts."""

    places: Vectors
    wanted: Vectors
    weights: npt.NDArray[np.floating]


@dataclass(frozen=True)
class Alignment:
    """For each of the seven languages a function from centred unit vectors to centred unit vectors, of d coordinates.

    Where a text lies, x, is moved towards `(x, 1)·A + k(x)·B`. `straight` (7, d + 1, d) is A, a linear map and a shift. `bent` (7, m, d) is
    B, what each of the `landmarks` (7, m, d) says, the louder the nearer x is to it: `k` is `LANDMARK_WEIGHT · (exp(s) - 1 - s)`, where
    s is `SHARPNESS` times the cosine. All three are int8; A and B are rows times `straight_steps` and `bent_steps`, landmarks are rows
    of length 1.

    The straight part is the classical alignment of two spaces of meaning (Mikolov, Le and Sutskever 2013, arXiv 1309.4168), learnt towards
    the mean of all seven as in generalised alignment to a hub (Artetxe and Schwenk 2019 take English; here no language is the hub). The
    bent part is kernel ridge regression (Saunders, Gammerman and Vovk 1998) with a subset of regressors (Smola and Schölkopf 2000): a small
    model's error on few words is not the same everywhere in the space, and near a term whose error is known it is known better.
    """

    landmarks: Whole
    bent: Whole
    bent_steps: Vectors
    straight: Whole
    straight_steps: Vectors

    def moved(self, centred: Vectors, blend: Vectors) -> Vectors:
        """Unit vectors (n, d) moved by the functions of their languages; `blend` (n, 7) says how likely each language is."""
        wanted = np.zeros_like(centred)
        for language in range(len(self.landmarks)):
            rows = np.flatnonzero(blend[:, language] >= LEAST_SHARE)
            if len(rows):
                wanted[rows] += blend[rows, language, None] * unit(self._wanted(language, centred[rows]))
        return unit((1 - MOVED) * centred + MOVED * unit(wanted))

    def _wanted(self, language: int, places: Vectors) -> Vectors:
        landmarks, bent, straight = self._functions[language] = self._functions.get(language) or self._function(
            language
        )
        return np.asarray(with_one(places) @ straight + nearness(places, landmarks) @ bent, dtype=np.float32)

    @cached_property
    def _functions(self) -> dict[int, tuple[Vectors, Vectors, Vectors]]:
        """What has been read of each language, 6 MB for 1,900 landmarks: bytes take longer to turn into numbers than to use."""
        return {}

    def _function(self, language: int) -> tuple[Vectors, Vectors, Vectors]:
        return (
            unit(self.landmarks[language].astype(np.float32)),
            self.bent[language].astype(np.float32) * self.bent_steps[language][:, None],
            self.straight[language].astype(np.float32) * self.straight_steps[language][:, None],
        )

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """What is kept in a file."""
        return {f"alignment_{name}": getattr(self, name) for name in FIELDS}


FIELDS: Final = ("landmarks", "bent", "bent_steps", "straight", "straight_steps")


def kept(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Alignment | None:
    """The alignment among the arrays of a file, or None where it has none."""
    names = [f"alignment_{name}" for name in FIELDS]
    return Alignment(*(arrays[name] for name in names)) if all(name in arrays for name in names) else None  # type: ignore[arg-type]


def learnt(taught: Sequence[Taught], landmarks: Sequence[Vectors]) -> Alignment:
    """The alignment from what each language's texts teach, with landmarks (m, d) of each, in the order of the languages.

    Ridge regression in closed form, the rounding of landmarks to eight bits taken into account, that of the answer not.
    """
    rounded = [_rounded(rows)[0] for rows in landmarks]
    solved = [_solved(of, unit(rows.astype(np.float32))) for of, rows in zip(taught, rounded, strict=True)]
    straight, straight_steps = zip(*(_rounded(one) for one, _ in solved), strict=True)
    bent, bent_steps = zip(*(_rounded(other) for _, other in solved), strict=True)
    return Alignment(
        np.stack(rounded), np.stack(bent), np.stack(bent_steps), np.stack(straight), np.stack(straight_steps)
    )


def _solved(taught: Taught, landmarks: Vectors) -> tuple[Vectors, Vectors]:
    """A (d + 1, d) and B (m, d). Landmarks are heard whole here; what of them is straight or the same everywhere goes over into A."""
    width = taught.places.shape[1]
    features = np.hstack([taught.places, LANDMARK_WEIGHT * np.exp(SHARPNESS * (taught.places @ landmarks.T))]).astype(
        np.float64
    )
    ridge = np.zeros((features.shape[1],) * 2)
    ridge[:width, :width] = np.eye(width)
    ridge[width:, width:] = LANDMARK_WEIGHT * np.exp(SHARPNESS * (landmarks @ landmarks.T))
    weighed = features * np.asarray(taught.weights)[:, None]
    answer = np.linalg.solve(
        weighed.T @ features + RIDGE * ridge + _JITTER * np.eye(len(ridge)), weighed.T @ taught.wanted
    )
    straight, bent = answer[:width], answer[width:]
    whole = np.vstack([straight + LANDMARK_WEIGHT * SHARPNESS * landmarks.T @ bent, LANDMARK_WEIGHT * bent.sum(axis=0)])
    return whole.astype(np.float32), bent.astype(np.float32)


def nearness(places: Vectors, landmarks: Vectors) -> Vectors:
    """How loud each landmark (m, d) is at each place (n, d), (n, m), beyond what a linear map can say."""
    turned = SHARPNESS * (places @ landmarks.T)
    return np.asarray(LANDMARK_WEIGHT * (np.expm1(turned) - turned), dtype=np.float32)


def with_one(places: Vectors) -> Vectors:
    """Places (n, d) with a last coordinate of one, (n, d + 1), so that a linear map can also shift."""
    return np.hstack([places, np.ones((len(places), 1), dtype=np.float32)])


def _rounded(rows: Vectors) -> tuple[Whole, Vectors]:
    """Rows as int8, and what each row's steps are worth."""
    steps = (np.maximum(np.abs(rows).max(axis=1), 1e-9) / _STEPS).astype(np.float32)
    return np.rint(rows / steps[:, None]).astype(np.int8), steps
