"""A pool of texts in the index, whose vectors can be exchanged between systems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection, connections
from pgvector import HalfVector
from pgvector.django import HnswIndex

from corridor.language.logic.embedding import Embedder
from corridor.language.logic.fairness import SEVEN, Fairness, headed, none
from corridor.language.models import Passage
from corridor.language.operations import engines, index
from corridor.language.operations.lexicon import mentions
from corridor.language.operations.questions import Method

Progress = Callable[[int], object]

SYSTEMS: dict[str, Method] = {
    "raw": Method(words=False, fair=False, evidence=False, lexicon=False, sounds=False),
    "words": Method(meaning=False, fair=False, evidence=False, lexicon=False, sounds=False),
    "unfair": Method(fair=False, evidence=False, lexicon=False, sounds=False),
    "ours_without_lexicon": Method(lexicon=False),
    "ours_without_sounds": Method(sounds=False),
    "ours": Method(),
}
"""What is compared: raw vectors, words only, meaning and words without fairness, ours without the lexicon, ours without

the sounds of names, and what the site does."""

STORED = ((False, False), (True, False), (True, True))
"""Which vectors the systems need, one after the other: with fairness or not, with the lexicon or not."""


def systems(*, fair: bool, lexicon: bool) -> dict[str, Method]:
    """Those that search the same vectors."""
    return {name: method for name, method in SYSTEMS.items() if (method.fair, method.lexicon) == (fair, lexicon)}


class Read(NamedTuple):
    """Vectors of passages and of their headings, zero where there is none, before any correction."""

    bodies: np.ndarray
    headings: np.ndarray


@dataclass(frozen=True)
class Pool:
    """Passages as (key, record, detected language), with their vectors as they are read: by the model alone, and as the site does."""

    rows: list[tuple[int, UUID, str]]
    texts: list[tuple[str, str]]
    plain: Read
    ours: Read

    def use(self, *, fair: bool, lexicon: bool, languages_of: Mapping[UUID, str] | None = None) -> None:
        """Store the vectors that systems with or without fairness and lexicon search, and build the index of meaning over them anew.

        `languages_of`: the records' languages, for the figures that are told them.
        """
        correction: Fairness = engines.shipped_fairness() if fair else none()
        bodies, headings = self.ours if fair else self.plain
        languages = [(languages_of or {}).get(record, detected) for _, record, detected in self.rows]
        read = np.any(headings, axis=1, keepdims=True)
        said = mentions([index.whole(*text) for text in self.texts]) if lexicon else ()
        headed_by = mentions([heading for heading, _ in self.texts]) if lexicon else ()
        vectors = correction.passages(bodies, languages, said)
        alone = np.where(read, correction.passages(headings, languages, headed_by), 0)
        vectors = headed(vectors, alone.astype(np.float32))
        if not fair:
            vectors[:, -SEVEN:] = 0  # nothing but the model's own vectors may shape the index that the baselines search
        values = [
            (HalfVector(v).to_text(), language, pk)
            for v, language, (pk, _, _) in zip(vectors, languages, self.rows, strict=True)
        ]
        meaning = next(i for i in Passage._meta.indexes if isinstance(i, HnswIndex))
        with connections["owner"].schema_editor() as tables:
            tables.remove_index(Passage, meaning)
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE language_passage SET embedding = %s::halfvec, language = %s WHERE id = %s", values
            )
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) language_passage")
        with connections["owner"].schema_editor() as tables:
            tables.add_index(Passage, meaning)


def load(entries: Sequence[index.Entry], progress: Progress) -> Pool:
    """Put entries into the index as the site does, in the order of their ids, and read their meaning once."""
    entries = sorted(entries, key=lambda entry: entry.record_id)
    for start in range(0, len(entries), index.BATCH):
        some = entries[start : start + index.BATCH]
        index.put(*some, embed=False)
        progress(len(some))
    index.count_words()
    rows = list(Passage.objects.order_by("pk").values_list("pk", "record_id", "language", "heading", "text"))
    model = engines.embedder()
    texts = [(heading, text) for *_, heading, text in rows]
    return Pool([row[:3] for row in rows], texts, _read(engines.plain(model), texts), _read(model, texts))


def _read(model: Embedder, texts: Sequence[tuple[str, str]]) -> Read:
    bodies = _raw(model, [index.whole(heading, text) for heading, text in texts])
    headings = np.zeros_like(bodies)
    if places := [i for i, (heading, _) in enumerate(texts) if heading]:
        headings[places] = _raw(model, [texts[i][0] for i in places])
    return Read(bodies, headings)


def _raw(model: Embedder, texts: Sequence[str]) -> np.ndarray:
    parts = [model.embed(texts[i : i + 256], "passage") for i in range(0, len(texts), 256)]
    return np.concatenate(parts) if parts else np.zeros((0, 384), dtype=np.float32)


def summary(by_language: dict[str, float]) -> dict[str, float | None]:
    """The mean over languages and the worst beside the best."""
    values = list(by_language.values())
    best = max(values, default=0.0)
    return {
        "mean": round(sum(values) / len(values), 4) if values else None,
        "worst_over_best": round(min(values) / best, 4) if best else None,
    }


def rounded(by_language: dict[str, float]) -> dict[str, float]:
    """As they are printed."""
    return {code: round(value, 4) for code, value in by_language.items()}
