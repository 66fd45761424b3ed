"""Finding: one question over everything a person may see, by meaning and by words, in any of the seven languages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from pgvector.django import MaxInnerProduct

from corridor.kernel.models import Audience, User
from corridor.kernel.states import Visibility
from corridor.language.logic import fusion
from corridor.language.logic.identify import Guess
from corridor.language.models import Passage
from corridor.language.operations import engines
from corridor.language.operations.index import quote
from corridor.language.operations.questions import Method, Question, ask

CANDIDATES = 120

# A passage's words lie compressed beside its row: here they are unpacked once, and not anew for each term that asks.
ONCE = "(SELECT {} FROM (SELECT words || ''::tsvector AS words OFFSET 0) AS unpacked)"


@dataclass(frozen=True)
class Facets:
    """What narrows a search down. Empty means everything."""

    kinds: Sequence[str] = ()
    directions: Sequence[str] = ()
    countries: Sequence[str] = ()
    languages: Sequence[str] = ()
    themes: Sequence[str] = ()
    concepts: Sequence[str] = ()
    open_on: datetime.date | None = None
    not_owners: Sequence[str] = ()
    not_records: Sequence[UUID] = ()


@dataclass(frozen=True)
class Hit:
    """One record that was found, by its best passage."""

    kind: str
    record_id: UUID
    score: float
    passage: str
    language: str
    home: str
    meaning: float
    terms: tuple[str, ...] = ()
    by_sound: bool = False  # a name in it surely sounds like the question, and no word is shared


@dataclass(frozen=True)
class Found:
    """What a search gave: hits, best first; what language the question was in; whether meaning could be used."""

    hits: list[Hit]
    guess: Guess
    has_meaning: bool
    has_more: bool = False


def find(
    query: str,
    *,
    by: User | None,
    kinds: Sequence[str] = (),
    countries: Sequence[str] = (),
    languages: Sequence[str] = (),
    themes: Sequence[str] = (),
    concepts: Sequence[str] = (),
    directions: Sequence[str] = (),
    open_on: datetime.date | None = None,
    limit: int = 20,
    offset: int = 0,
    method: Method | None = None,
) -> Found:
    """Find records for a question in any language; what the asker may not see is never looked at."""
    facets = Facets(kinds, directions, countries, languages, themes, concepts, open_on)
    audience = by.audience if by is not None else Audience(None)
    return find_like(ask(query, method=method), audience=audience, facets=facets, limit=limit, offset=offset)


def visible_passages(audience: Audience, facets: Facets) -> QuerySet[Passage]:
    """The passages this audience may find under these facets; every search begins with this filter."""
    circle = Q(visibility=Visibility.PUBLIC)
    if audience.is_member:
        circle |= Q(visibility=Visibility.MEMBERS)
    if audience.offices_of:
        circle |= Q(visibility=Visibility.SIX)
    if audience.homes:
        circle |= Q(visibility=Visibility.NATIONAL, home__in=audience.homes)
    if audience.offices_of:  # a focal point reads whatever it publishes, down to what only a team reads
        circle |= Q(home__in=audience.offices_of)
    if audience.principals:
        circle |= Q(principals__overlap=audience.principals)
    return Passage.objects.filter(circle, _facets(facets), engine=engines.serving_id())


def _facets(facets: Facets) -> Q:
    wanted = Q()
    for name, values in (
        ("kind__in", facets.kinds),
        ("direction__in", facets.directions),
        ("home__in", facets.countries),
        ("language__in", facets.languages),
        ("themes__overlap", facets.themes),
        ("concepts__overlap", facets.concepts),
    ):
        if values:
            wanted &= Q(**{name: list(values)})
    if facets.open_on:
        wanted &= Q(open_until__isnull=True) | Q(open_until__gte=facets.open_on)
    if facets.not_owners:
        wanted &= ~Q(owner__in=list(facets.not_owners))
    if facets.not_records:
        wanted &= ~Q(record_id__in=list(facets.not_records))
    return wanted


def find_like(
    question: Question,
    *,
    audience: Audience,
    facets: Facets,
    limit: int = 20,
    offset: int = 0,
    candidates: int = CANDIDATES,
) -> Found:
    """Answer a question that was made ready."""
    passages = visible_passages(audience, facets)
    # The same pool for every page: a larger one for later pages would bring records up that earlier pages have shown.
    wanted = max(candidates, limit * 4)
    with transaction.atomic():
        _prepare_scan(wanted)
        near = _nearest(passages, question, wanted)
        worded = _worded(passages, question, wanted)
        rows = _scored(passages, question, {*near, *worded})
        rows, scores, sounds = _worth_showing(rows, *_scores(rows, question), question)
        if question.vector is not None and question.method.evidence and not question.is_of_a_body:
            scores = _with_evidence(rows, scores, fair=question.method.fair)
        scores = scores + sounds  # what only sounds alike speaks for nothing else
    hits = _best_of_each(rows, scores, sounds, question)
    page = hits[offset : offset + limit]
    return Found(page, question.guess, question.vector is not None, has_more=len(hits) > offset + limit)


def _prepare_scan(wanted: int) -> None:
    """Let the HNSW index go on until enough rows pass the filters (pgvector's iterative scan), and look at twice as many as are wanted:

    the questions' thresholds lie outside of the passages' cloud, where the index's links lead astray more easily.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL hnsw.iterative_scan = strict_order; SET LOCAL hnsw.ef_search = {min(2 * wanted, 1000):d}; "
            "SET LOCAL hnsw.max_scan_tuples = 40000"
        )


def _nearest(passages: QuerySet[Passage], question: Question, wanted: int) -> list[int]:
    if question.vector is None:
        return []
    near = passages.filter(embedding__isnull=False).order_by(MaxInnerProduct("embedding", question.vector))
    return list(near.values_list("pk", flat=True)[:wanted])


def _worded(passages: QuerySet[Passage], question: Question, wanted: int) -> list[int]:
    if not question.terms:
        return []
    chosen = fusion.selective(question.terms, question.weights)
    together = fusion.telling_sounds(question.sounds, question.rarities)
    ways = [quote(question.terms[i].lexeme) for i in chosen]
    ways += [f"({' & '.join(map(quote, sounds))})" for sounds in together]
    anything = " | ".join(ways)
    score = RawSQL(*_coverage(question))  # noqa: S611 - lexemes are parameters
    found = passages.extra(where=["words @@ %s::tsquery"], params=[anything])
    return list(found.annotate(coverage=score).order_by("-coverage", "pk").values_list("pk", flat=True)[:wanted])


def _coverage(question: Question) -> tuple[str, list[Any]]:
    cases, parameters = [], []
    weights = [*question.weights, *(fusion.SOUND_WORTH * question.rarities)]
    for lexeme, weight in zip(_lexemes(question), weights, strict=True):
        cases.append("CASE WHEN words @@ %s::tsquery THEN %s ELSE 0 END")
        parameters += [quote(lexeme), float(weight)]
    return ONCE.format(f"({' + '.join(cases)})::float8"), parameters


def _lexemes(question: Question) -> list[str]:
    """All that is looked for in the words of a passage: the terms, then the sounds."""
    return [*(t.lexeme for t in question.terms), *question.sounds]


def _scored(passages: QuerySet[Passage], question: Question, chosen: set[int]) -> list[tuple[Any, ...]]:
    if not chosen:
        return []
    rows = passages.filter(pk__in=chosen)
    if question.vector is not None:
        rows = rows.annotate(nearness=MaxInnerProduct("embedding", question.vector))
    lexemes = [quote(lexeme) for lexeme in _lexemes(question)]
    matches = ", ".join(["words @@ %s::tsquery"] * len(lexemes))
    array = RawSQL(ONCE.format(f"ARRAY[{matches}]::boolean[]"), lexemes) if lexemes else RawSQL("'{}'::boolean[]", [])  # noqa: S611
    rows = rows.annotate(matches=array)
    fields = ("pk", "kind", "record_id", "text", "language", "home", "matches")
    return [
        (*row, nearness)
        for *row, nearness in (
            rows.values_list(*fields, "nearness")
            if question.vector is not None
            else ((*r, None) for r in rows.values_list(*fields))
        )
    ]


def _scores(rows: Sequence[tuple[Any, ...]], question: Question) -> tuple[np.ndarray, np.ndarray]:
    """The scores by meaning and words, and what the sounds add."""
    nearness = np.array([-r[7] if r[7] is not None else np.nan for r in rows], dtype=float)
    present = np.array([r[6] for r in rows], dtype=bool).reshape(len(rows), len(_lexemes(question)))
    said, sounds = np.split(present, [len(question.terms)], axis=1)
    fused = fusion.fuse(nearness, said, question.weights, question.terms)
    return fused, fusion.heard(sounds, question.rarities, question.sounds)


def _worth_showing(
    rows: Sequence[tuple[Any, ...]], scores: np.ndarray, sounds: np.ndarray, question: Question
) -> tuple[list[tuple[Any, ...]], np.ndarray, np.ndarray]:
    """Leave out what has nothing to do with the question, so that "nothing found" can be said."""
    whole = scores + sounds
    kept = whole >= fusion.NOTHING if question.vector is not None else whole > 0
    return [row for row, keep in zip(rows, kept, strict=True) if keep], scores[kept], sounds[kept]


def _with_evidence(rows: Sequence[tuple[Any, ...]], scores: np.ndarray, *, fair: bool) -> np.ndarray:
    """Let the best answers speak for what says the same as they do, in whichever language."""
    best = fusion.leaders(scores, [(row[1], row[2]) for row in rows])
    if len(best) < 2:
        return scores
    near = _between(rows, [rows[i] for i in best], fair=fair)
    return fusion.with_evidence(scores, near, best)


def _between(rows: Sequence[tuple[Any, ...]], leaders: Sequence[tuple[Any, ...]], *, fair: bool) -> np.ndarray:
    """How near each passage is to each leader, (n, k), comparable between pairs of languages; NaN where there is no vector."""
    places = {row[0]: i for i, row in enumerate(rows)}
    columns = {row[0]: i for i, row in enumerate(leaders)}
    near = np.full((len(rows), len(leaders)), np.nan)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, t.id, -(c.embedding <#> t.embedding) FROM language_passage c CROSS JOIN language_passage t "
            "WHERE c.id = ANY(%s) AND t.id = ANY(%s)",
            [list(places), list(columns)],
        )
        for passage, leader, value in cursor.fetchall():
            near[places[passage], columns[leader]] = np.nan if value is None else value
    correction = engines.serving_fairness() if fair else engines.no_fairness()
    return near - correction.between([row[4] for row in rows], [row[4] for row in leaders])


def _best_of_each(
    rows: Sequence[tuple[Any, ...]], scores: np.ndarray, sounds: np.ndarray, question: Question
) -> list[Hit]:
    best: dict[tuple[str, UUID], Hit] = {}
    for row, score, heard in zip(rows, scores, sounds, strict=True):
        _, kind, record_id, text, language, home, matched, negative = row
        old = best.get((kind, record_id))
        if old is None or score > old.score:
            # What matched goes on with the sounds, which are no terms.
            terms = tuple(t.lexeme for t, m in zip(question.terms, matched, strict=False) if m)
            meaning = 0.0 if negative is None else -float(negative)
            by_sound = bool(heard >= fusion.SURELY_HEARD) and not terms
            best[kind, record_id] = Hit(kind, record_id, float(score), text, language, home, meaning, terms, by_sound)
    return sorted(best.values(), key=lambda hit: (-hit.score, str(hit.record_id)))


def today() -> datetime.date:
    """The day a search is asked on."""
    return timezone.now().date()
