"""Fusion: one score from meaning and from words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corridor.language.logic.words import Term

Floats = npt.NDArray[np.float64]

WORDS_WEIGHT = 0.35
EXACT_WEIGHT = 0.15
SHARPNESS = 3.0


def selective(terms: Sequence[Term], weights: Floats, most: int = 8) -> list[int]:
    """Which terms to gather candidates with: exact ones, and the rarest; at most `most`, as positions in `terms`."""
    order = sorted(range(len(terms)), key=lambda i: (terms[i].kind != "exact", -weights[i]))
    return order[:most]


def fuse(nearness: Floats, matches: npt.NDArray[np.bool_], weights: Floats, terms: Sequence[Term]) -> Floats:
    """Scores of n passages, higher is better.

    `nearness`: (n,) inner products, NaN where a passage has no vector yet. `matches`: (n, t) which term stands in which passage;
    `weights`: (t,) rarity of the terms. The method is a convex-style sum of bounded scores, which keeps more than reciprocal ranks do
    (Bruch, Gai and Ingber 2023, "An analysis of fusion functions for hybrid retrieval"): nearness, plus how much of the question's
    rarity a passage covers, sharpened by a power so that only near-complete coverage counts, plus the coverage of exact terms.
    """
    meaning = np.where(np.isnan(nearness), 0.0, nearness)
    if not len(terms):
        return meaning
    exact = np.array([t.kind == "exact" for t in terms])
    covered = coverage(matches, weights) ** SHARPNESS
    return meaning + WORDS_WEIGHT * covered + EXACT_WEIGHT * coverage(matches[:, exact], weights[exact])


def coverage(matches: npt.NDArray[np.bool_], weights: Floats) -> Floats:
    """The share of the terms' total weight that each passage covers, 0 to 1; 0 where there are no terms."""
    total = float(weights.sum())
    return matches @ weights / total if total > 0 else np.zeros(len(matches))
