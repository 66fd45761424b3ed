"""Why each hit was found, ready to show."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.logic.fairness import SEVEN
from corridor.language.logic.reason import Reason, align, candidates, marked, most_shared
from corridor.language.operations import engines, lexicon
from corridor.language.operations.find import Hit
from corridor.language.operations.questions import Question

REMEMBERED = 4096


def explain(text: str, question: Question, hits: Sequence[Hit]) -> list[Reason]:
    """One reason for each hit, in the same order: the pair of sentences that meet best, and the words they share.

    Sentences are read by the model when they are first shown, then remembered in this process. Without the model the
    sentence with the most shared words is shown.
    """
    asked = candidates(text)
    try:
        vectors = _asked_vectors(tuple(asked), tuple(sorted(question.guess.probabilities.items())))
        pairs = [align(asked, vectors, candidates(h.passage), found_vectors(h.passage, h.language)) for h in hits]
    except EmbeddingUnavailable:
        pairs = [("", most_shared(candidates(h.passage), h.terms)) for h in hits]
    return [Reason(one, other, marked(other, hit.terms)) for (one, other), hit in zip(pairs, hits, strict=True)]


@functools.lru_cache(maxsize=512)
def _asked_vectors(asked: tuple[str, ...], probabilities: tuple[tuple[str, float], ...]) -> np.ndarray:
    raw = engines.embedder().embed(asked, "query")
    mentions = lexicon.mentions(asked)
    return engines.shipped_fairness().queries(raw, [dict(probabilities)] * len(asked), mentions)[:, :-SEVEN]


@functools.lru_cache(maxsize=REMEMBERED)
def found_vectors(passage: str, language: str) -> np.ndarray:
    """Corrected vectors of a passage's sentences."""
    found = candidates(passage)
    raw = engines.embedder().embed(found, "passage")
    return engines.shipped_fairness().passages(raw, [language] * len(found), lexicon.mentions(found))[:, :-SEVEN]
