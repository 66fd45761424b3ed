"""Fusion: one score from meaning and from words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from corridor.language.logic.sounds import INSIDE
from corridor.language.logic.words import Term

Floats = npt.NDArray[np.float64]

# None of the true partners of the sample lies below this, about half of all other notices do (docs/language.md).
NOTHING = -0.3
LEADERS = 3
EVIDENCE_WEIGHT = 0.7
EVIDENCE_TEMPER = 12.0
WORTH = {"exact": 1.0, "word": 1.0, "toneless": 0.5, "part": 0.3, "concept": 1.0}
WORDS_WEIGHT = 0.35
EXACT_WEIGHT = 0.15
SHARPNESS = 3.0
# Chosen on names and terms of the project's own that the functions of meaning had not been taught (docs/language.md).
SOUND_WEIGHT = 0.2
SOUND_WORTH = 0.1
MOST_SOUNDS = 5
LEAST_HEARD = 0.6
# From here on a reader is told that a name sounds like the question: four fifths of its sounds as a name of its own.
SURELY_HEARD = 0.45 * SOUND_WEIGHT
# So many pieces tell a name inside a line surely; fewer count for less.
ENOUGH_INSIDE = 12


def selective(terms: Sequence[Term], weights: Floats, most: int = 8) -> list[int]:
    """Which terms to gather candidates with: exact ones, concepts, and the rarest; at most `most`, as positions in `terms`."""
    order = sorted(range(len(terms)), key=lambda i: (terms[i].kind not in ("exact", "concept"), -weights[i]))
    return order[:most]


def telling_sounds(sounds: Sequence[str], weights: Floats, most: int = MOST_SOUNDS) -> list[tuple[str, ...]]:
    """Which sounds to gather candidates with: of the rarest of each kind two together, inside lines three; each alone is in everything."""
    ways: list[tuple[str, ...]] = []
    for mark, places in _kinds(sounds):
        order = places[np.argsort(-weights[places], kind="stable")[:most]]
        ways += combinations([sounds[int(i)] for i in order], 3 if mark == INSIDE else 2)
    return ways


def heard(matches: npt.NDArray[np.bool_], weights: Floats, sounds: Sequence[str]) -> Floats:
    """What sounding like the question adds to the scores of n passages, 0 to `SOUND_WEIGHT`.

    `matches`: (n, s) which of the question's sounds a passage has; `weights`: (s,) their rarity. As a name of its own or inside
    a line, whichever counts more; sharpened like the cover of words, and nothing where less than `LEAST_HEARD` of it is there:
    short sounds are in everything.
    """
    best = np.zeros(len(matches))
    for mark, places in _kinds(sounds):
        covered = coverage(matches[:, places], weights[places])
        worth = min(1.0, len(places) / ENOUGH_INSIDE) if mark == INSIDE else 1.0
        best = np.maximum(best, np.where(covered >= LEAST_HEARD, worth * SOUND_WEIGHT * covered**SHARPNESS, 0.0))
    return best


def _kinds(sounds: Sequence[str]) -> list[tuple[str, npt.NDArray[np.intp]]]:
    """The places of the sounds of each kind."""
    marks = np.array([sound[0] for sound in sounds])
    return [(str(mark), np.flatnonzero(marks == mark)) for mark in np.unique(marks)]


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
    said = np.array([t.kind != "concept" for t in terms])
    covered = coverage(answered(matches, terms)[:, said], weights[said]) ** SHARPNESS
    return meaning + WORDS_WEIGHT * covered + EXACT_WEIGHT * coverage(matches[:, exact], weights[exact])


def answered(matches: npt.NDArray[np.bool_], terms: Sequence[Term]) -> Floats:
    """How far each passage answers each term, (n, t), 0 to 1: by the word itself, or by the concept that stands for it.

    A concept answers all words it stands for, in whichever language the passage says it (query expansion through a
    thesaurus, as in Qiu and Frei 1993, here within the words that were asked and never beyond them).
    """
    values = matches.astype(float)
    for place, term in enumerate(terms):
        if term.kind == "concept":
            inside = [
                i for i, t in enumerate(terms) if t.kind != "concept" and term.position <= t.position <= term.until
            ]
            values[:, inside] = np.maximum(values[:, inside], matches[:, [place]] * term.worth)
    return values


def standing_for(terms: Sequence[Term], weights: Floats) -> Floats:
    """Weights (t,) in which each concept weighs what the words that it stands for do, times its worth."""
    result = np.array(weights, dtype=float)
    for place, term in enumerate(terms):
        if term.kind == "concept":
            inside = [
                i for i, t in enumerate(terms) if t.kind != "concept" and term.position <= t.position <= term.until
            ]
            result[place] = term.worth * float(weights[inside].sum())
    return result


def coverage(matches: npt.NDArray[np.bool_] | Floats, weights: Floats) -> Floats:
    """The share of the terms' total weight that each passage covers, 0 to 1; 0 where there are no terms."""
    total = float(weights.sum())
    return np.asarray(matches @ weights / total) if total > 0 else np.zeros(len(matches))


def leaders(scores: Floats, records: Sequence[object]) -> list[int]:
    """The best passages, one of each record, at most `LEADERS`, best first, as positions."""
    chosen: dict[object, int] = {}
    for i in np.argsort(-scores, kind="stable"):
        if len(chosen) == LEADERS:
            break
        chosen.setdefault(records[int(i)], int(i))
    return list(chosen.values())


def with_evidence(scores: Floats, near: Floats, best: Sequence[int]) -> Floats:
    """Scores (n,) after the leaders spoke for what is near to them: pseudo-relevance feedback (Rocchio 1971) on candidates only.

    `near`: (n, k) nearness of each passage to each leader, NaN where unknown. Leaders weigh by how near their own score is to the
    best one's; a leader hears the others, not itself.
    """
    chosen = np.asarray(best)
    weights = np.exp(EVIDENCE_TEMPER * (scores[chosen] - scores[chosen].max()))
    own = np.zeros_like(near, dtype=bool)
    own[chosen, np.arange(len(chosen))] = True
    # What a leader would say of itself is what its best friend says of it, else leaders would lose to everything else.
    heard = np.where(own | np.isnan(near), -np.inf, near)
    friend = heard.max(axis=1, keepdims=True)
    filled = np.where(np.isfinite(heard), heard, np.where(own & np.isfinite(friend), friend, 0.0))
    return np.asarray(scores + EVIDENCE_WEIGHT * (filled @ weights) / weights.sum())
