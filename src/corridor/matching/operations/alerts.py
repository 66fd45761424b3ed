"""What comes in is held against every saved search: in bulk, under each person's own filter, as `find` would answer."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from corridor.directory.models import Facility, Organisation, Profile
from corridor.kernel.models import Audience, Record, User
from corridor.language.logic.bulk import Standing
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.models import Passage
from corridor.language.operations import arrivals, sieve
from corridor.language.operations.find import Facets, Hit
from corridor.language.operations.sieve import Sifted, admits
from corridor.matching.models import Digest, Finding, Notice, SavedSearch
from corridor.matching.operations.saved_searches import ready

PASSAGES: Final = 2000
SEARCHES: Final = 5000
MOST_SHOWN: Final = 200
Key = tuple[UUID, str, UUID]  # saved search, kind and identifier of a record


@transaction.atomic
def match_arrivals() -> int:
    """Hold the next passages that came in against all saved searches, and keep what fits. Answers how many passages those were.

    Taking them out and keeping what they answer is one write: a worker that dies leaves them where they were.
    """
    taken = arrivals.take(PASSAGES)
    rows = sieve.passages(Passage.objects.filter(pk__in=taken)) if taken else []
    if rows:
        vectors, born = sieve.vectors(rows), births(rows)
        for searches in _standing():
            found = matches(searches, rows, vectors)
            saved = {search.pk: search.created_at for search in searches}
            Finding.objects.bulk_create(
                [
                    Finding(search_id=search, kind=kind, record_id=pk, score=score)
                    for (search, kind, pk), score in found.items()
                    if (kind, pk) in born and born[kind, pk] > saved[search]
                ],
                ignore_conflicts=True,
                batch_size=5000,
            )
    return len(taken)


def _standing() -> Iterator[Sequence[SavedSearch]]:
    """All saved searches of people with an open account, some thousands at a time."""
    found = SavedSearch.objects.filter(user__is_active=True).order_by("pk")
    some = list(found[:SEARCHES])
    while some:
        yield ready(some)
        some = list(found.filter(pk__gt=some[-1].pk)[:SEARCHES])


def births(rows: Iterable[Sifted]) -> dict[tuple[str, UUID], datetime.datetime]:
    """Since when these records can be found in what they say now; a record that was only read anew is not new."""
    ids: dict[str, set[UUID]] = {}
    for row in rows:
        ids.setdefault(row.kind, set()).add(row.record_id)
    since: dict[str, tuple[type[Record], Any]] = {
        "notice": (Notice, Coalesce("published__decided_at", "published_at")),
        "organisation": (Organisation, F("created_at")),
        "facility": (Facility, F("created_at")),
        "person": (Profile, Max("consents__created_at")),
    }
    return {
        (kind, pk): born
        for kind, keys in ids.items()
        if kind in since
        for pk, born in _read(*since[kind], keys)
        if born is not None
    }


def _read(model: type[Record], born: Any, keys: Collection[UUID]) -> Iterable[tuple[UUID, datetime.datetime | None]]:
    return model._base_manager.filter(pk__in=keys).annotate(born=born).values_list("pk", "born")


def matches(searches: Sequence[SavedSearch], rows: Sequence[Sifted], vectors: np.ndarray) -> dict[Key, float]:
    """Which records these searches find among these passages, each with its best score; nobody finds what they may not read."""
    asking = [search for search in searches if search.text]
    best: dict[Key, float] = {}
    owners: dict[UUID, Audience] = {}
    facets = {search.pk: search.narrowing for search in searches}
    for search, row, score in chain(_by_question(asking, rows, vectors), _by_filter(searches, facets, rows)):
        key = (search.pk, row.kind, row.record_id)
        if score <= best.get(key, -np.inf):
            continue
        if not owners:
            owners = Audience.of_all({one.user_id for one in searches})
        if admits(owners[search.user_id], facets[search.pk], row):
            best[key] = score
    return best


def _by_question(
    asking: Sequence[SavedSearch], rows: Sequence[Sifted], vectors: np.ndarray
) -> Iterator[tuple[SavedSearch, Sifted, float]]:
    """Pairs of a search and a passage that are near enough to one another."""
    if not asking:
        return
    said = [search.words for search in asking]
    read = np.stack([np.frombuffer(search.vector or b"", dtype=np.float32) for search in asking])
    standing = Standing(read, [terms for terms, _ in said], [heavy for _, heavy in said])
    least = [search.least for search in asking]
    for questions, passages, scores in standing.near(vectors, [row.words for row in rows], least=least):
        for question, passage, score in zip(questions.tolist(), passages.tolist(), scores.tolist(), strict=True):
            yield asking[question], rows[passage], score


def _by_filter(
    searches: Sequence[SavedSearch], facets: dict[UUID, Facets], rows: Sequence[Sifted]
) -> Iterator[tuple[SavedSearch, Sifted, float]]:
    """Pairs for searches that have filters and no question: whatever passes, sifted once for all that filter alike."""
    passing: dict[str, list[Sifted]] = {}
    for search in searches:
        if search.text:
            continue
        alike = json.dumps(search.facets, sort_keys=True)
        if alike not in passing:
            passing[alike] = [row for row in rows if sieve.fits(facets[search.pk], row)]
        for row in passing[alike]:
            yield search, row, 0.0


def holding(searches: Sequence[SavedSearch], findings: Sequence[Finding]) -> dict[UUID, list[Hit]]:
    """What of these findings is found at this moment still, best first, by the search that found it.

    Read anew from the index: who took a consent back or narrowed the readers of a text meanwhile is not told of.
    """
    known = {search.pk: search for search in searches}
    rows = sieve.passages(Passage.objects.filter(record_id__in={finding.record_id for finding in findings}))
    found = matches(ready(list(searches)), rows, sieve.vectors(rows)) if rows else {}
    result: dict[UUID, list[Hit]] = {pk: [] for pk in known}
    for finding in findings:
        score = found.get((finding.search_id, finding.kind, finding.record_id))
        if score is not None:
            result[finding.search_id].append(Hit(finding.kind, finding.record_id, score, "", "", "", 0.0))
    return {pk: sorted(hits, key=lambda hit: (-hit.score, str(hit.record_id))) for pk, hits in result.items()}


def told_by(digest: Digest) -> list[tuple[SavedSearch, list[Hit]]]:
    """What a digest has to say at this moment, by saved search; those for which its reader wants no such letters any more are left out."""
    searches = list(SavedSearch.objects.filter(user=digest.user_id, rhythm=digest.rhythm).order_by("created_at", "pk"))
    findings = list(Finding.objects.filter(digest=digest, search__in=searches).order_by("-score", "pk")[:MOST_SHOWN])
    held = holding(searches, findings)
    return [(search, held[search.pk]) for search in searches if held[search.pk]]


def news_of(user: User, *, of: SavedSearch | None = None) -> list[tuple[SavedSearch, list[Hit]]]:
    """A person's saved searches, the newest first, each with what came in since its owner looked; with `of`, of that one alone."""
    own = SavedSearch.objects.filter(user=user).order_by("-created_at", "-pk")
    searches = [of] if of is not None else list(own)
    fresh = Q()
    for search in searches:
        fresh |= Q(search=search, found_at__gt=search.looked_at)
    findings = list(Finding.objects.filter(fresh).order_by("-found_at", "pk")[:MOST_SHOWN]) if searches else []
    try:
        held = holding(searches, findings) if findings else {}
    except EmbeddingUnavailable:  # the index has just changed over and the model does not answer: a page does without
        held = {}
    return [(search, held.get(search.pk, [])) for search in searches]
