"""A pool of texts in the index, whose vectors can be exchanged between systems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from pgvector import HalfVector

from corridor.language.logic.fairness import Fairness, headed, none
from corridor.language.models import Passage
from corridor.language.operations import engines, index
from corridor.language.operations.questions import Method

SYSTEMS: dict[str, Method] = {
    "raw": Method(words=False, fair=False, evidence=False),
    "words": Method(meaning=False, fair=False, evidence=False),
    "unfair": Method(fair=False, evidence=False),
    "ours": Method(),
}
"""What is compared: raw vectors, words only, meaning and words without fairness, and what the site does."""


@dataclass(frozen=True)
class Pool:
    """Passages by key, with their raw vectors."""

    rows: list[tuple[int, str]]
    raw: np.ndarray
    headings: np.ndarray

    def use(self, method: Method) -> None:
        """Store the vectors that a system searches."""
        correction: Fairness = engines.shipped_fairness() if method.fair else none()
        languages = [language for _, language in self.rows]
        read = self.headings.any(axis=1)
        vectors = correction.passages(self.raw, languages)
        alone = np.where(read[:, None], correction.passages(self.headings, languages), 0)
        vectors = headed(vectors, alone.astype(np.float32))
        values = [(HalfVector(v).to_text(), pk) for v, (pk, _) in zip(vectors, self.rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE language_passage SET embedding = %s::halfvec WHERE id = %s", values)
            cursor.execute("ANALYZE language_passage")


def load(entries: Sequence[index.Entry], progress: Callable[[int], object]) -> Pool:
    """Put entries into the index as the site does, and read their meaning once."""
    for start in range(0, len(entries), 64):
        index.put(*entries[start : start + 64], embed=False)
        progress(len(entries[start : start + 64]))
    index.count_words()
    rows = list(Passage.objects.order_by("pk").values_list("pk", "language", "heading", "text"))
    raw = _raw([index.whole(heading, text) for _, _, heading, text in rows])
    headings = np.zeros_like(raw)
    places = [i for i, row in enumerate(rows) if row[2]]
    headings[places] = _raw([rows[i][2] for i in places])
    return Pool([(pk, language) for pk, language, _, _ in rows], raw, headings)


def _raw(texts: Sequence[str]) -> np.ndarray:
    parts = [engines.embedder().embed(texts[i : i + 256], "passage") for i in range(0, len(texts), 256)]
    return np.concatenate(parts) if parts else np.zeros((0, 384), dtype=np.float32)


def summary(by_language: dict[str, float]) -> dict[str, object]:
    """The mean over languages and the worst beside the best."""
    values = list(by_language.values())
    best = max(values, default=0.0)
    return {
        "mean": round(sum(values) / len(values), 4) if values else None,
        "worst_over_best": round(min(values) / best, 4) if best else None,
    }
