"""The sieve: what standing questions find among given passages, under the same filter as `find` and with its scores, sounds apart."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from corridor.kernel.models import Audience
from corridor.kernel.states import Visibility
from corridor.language.logic import bulk
from corridor.language.models import DIMENSION, Passage
from corridor.language.operations import engines
from corridor.language.operations.find import Facets, Hit
from corridor.language.operations.questions import Question

# Vectors in PostgreSQL's own binary form: two numbers of two bytes, then the values as big-endian half floats.
VECTOR = RawSQL("halfvec_send(embedding)", [])
WORDS = RawSQL("tsvector_to_array(words)", [])


@dataclass(frozen=True)
class Sifted:
    """One passage with all that decides on who may find it, and by what."""

    kind: str
    record_id: UUID
    home: str
    direction: str
    visibility: str
    principals: Sequence[str]
    owner: str
    language: str
    themes: Sequence[str]
    concepts: Sequence[str]
    open_until: datetime.date | None
    words: Sequence[str]
    vector: bytes | memoryview | None


def passages(which: QuerySet[Passage]) -> list[Sifted]:
    """These passages, those of the index in service."""
    found = which.filter(engine=engines.serving_id()).annotate(said=WORDS, read=VECTOR).order_by("pk")
    fields = ("kind", "record_id", "home", "direction", "visibility", "principals", "owner", "language")
    rows = found.values_list(*fields, "themes", "concepts", "open_until", "said", "read")
    return [Sifted(*row) for row in rows]


def vectors(rows: Sequence[Sifted]) -> np.ndarray:
    """The passages' vectors, (m, d); NaN for those that have none yet."""
    result = np.full((len(rows), DIMENSION), np.nan, dtype=np.float32)
    for place, row in enumerate(rows):
        if row.vector is not None:
            result[place] = np.frombuffer(bytes(row.vector), dtype=">f2", offset=4)
    return result


def admits(audience: Audience, facets: Facets, row: Sifted) -> bool:
    """Whether this audience may find a passage under these facets: `visible_passages` of find.py, for one row in hand."""
    return _may_find(audience, row) and fits(facets, row)


def _may_find(audience: Audience, row: Sifted) -> bool:
    offices = audience.offices_of
    return (
        row.visibility == Visibility.PUBLIC
        or (row.visibility == Visibility.MEMBERS and audience.is_member)
        or (row.visibility == Visibility.SIX and bool(offices))
        or (row.visibility == Visibility.NATIONAL and row.home in audience.homes)
        or row.home in offices
        or _meet(row.principals, audience.principals)
    )


def fits(facets: Facets, row: Sifted) -> bool:
    """Whether a passage lies within these facets, whoever may read it."""
    single: Iterable[tuple[Collection[Any], Any]] = (
        (facets.kinds, row.kind),
        (facets.directions, row.direction),
        (facets.countries, row.home),
        (facets.languages, row.language),
    )
    return (
        all(not wanted or value in wanted for wanted, value in single)
        and all(
            not wanted or _meet(wanted, values)
            for wanted, values in ((facets.themes, row.themes), (facets.concepts, row.concepts))
        )
        and not (facets.open_on and row.open_until is not None and row.open_until < facets.open_on)
        and row.owner not in facets.not_owners
        and row.record_id not in facets.not_records
    )


def _meet(some: Collection[Any], others: Collection[Any]) -> bool:
    return not set(some).isdisjoint(others)


def near_enough(question: Question, hits: Sequence[Hit], *, audience: Audience, facets: Facets) -> list[Hit]:
    """Those of these hits that a standing question would tell of; all where the question has no meaning to measure by."""
    if question.vector is None:
        return list(hits)
    found = passages(Passage.objects.filter(record_id__in=[hit.record_id for hit in hits]))
    rows = [row for row in found if admits(audience, facets, row)]
    standing = bulk.Standing(question.vector[None], [question.terms], [question.weights.tolist()])
    near = {
        rows[place].record_id
        for _, places, _ in standing.near(
            vectors(rows), [row.words for row in rows], least=[bulk.near_enough(question.guess.language)]
        )
        for place in places.tolist()
    }
    return [hit for hit in hits if hit.record_id in near]
