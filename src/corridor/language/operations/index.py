"""Verbs of the one index: put a record in, take it out, give passages their meaning, copy all to a new engine."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from pgvector import HalfVector

from corridor.kernel.operations import tell
from corridor.kernel.states import Urgency
from corridor.language.logic.cutting import cut
from corridor.language.logic.identify import identify
from corridor.language.logic.sentences import sentences
from corridor.language.logic.words import index_terms
from corridor.language.models import Engine, Frequency, Passage
from corridor.language.operations import engines

BATCH = 64


@dataclass(frozen=True)
class Piece:
    """A text of a record in one language ('' when not known), with a heading that each of its passages repeats."""

    text: str
    language: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Entry:
    """What the index keeps of one record: who may find it, under which facets, and its texts."""

    kind: str
    record_id: UUID
    home: str
    visibility: str
    pieces: Sequence[Piece]
    direction: str = ""
    principals: Sequence[str] = ()
    owner: str = ""
    themes: Sequence[str] = ()
    open_until: datetime.date | None = None
    extra: str = field(default="")  # words found with the first passage but not read for meaning: names, acronyms


def put(entry: Entry, *, embed: bool = True) -> None:
    """Make the index say what the record says now. Words are found at once; meaning follows in the same call when the model answers.

    Doing it twice changes nothing, and an unchanged passage keeps its vector. Raises `EmbeddingUnavailable` after the words are in.
    """
    with transaction.atomic():
        for engine in engines.targets():
            _write(entry, engine)
    if embed:
        embed_missing(Passage.objects.filter(kind=entry.kind, record_id=entry.record_id))


def take_out(kind: str, record_id: UUID) -> None:
    """Remove a record from the index at once."""
    Passage.objects.filter(kind=kind, record_id=record_id).delete()


def passages_of(entry: Entry) -> list[tuple[str, str]]:
    """The passages of an entry: (language, text), long texts cut at sentence borders."""
    result = []
    for piece in entry.pieces:
        language = piece.language or (identify(piece.text).language or "")
        cuts = cut(piece.text, [(s.start, s.end) for s in sentences(piece.text)]) if piece.text.strip() else []
        bodies = [c.text for c in cuts] or [""]
        result += [(language, "\n".join(part for part in (piece.heading, body) if part)) for body in bodies]
    return [(language, text) for language, text in result if text.strip()]


def _write(entry: Entry, engine: Engine) -> None:
    facets = {
        "home": entry.home,
        "direction": entry.direction,
        "visibility": entry.visibility,
        "principals": list(entry.principals),
        "owner": entry.owner,
        "themes": list(entry.themes),
        "open_until": entry.open_until,
        "indexed_at": timezone.now(),
    }
    present = {p.ordinal: p for p in Passage.objects.filter(engine=engine, kind=entry.kind, record_id=entry.record_id)}
    wanted = passages_of(entry)
    Passage.objects.filter(pk__in=[p.pk for o, p in present.items() if o >= len(wanted)]).delete()
    for ordinal, (language, text) in enumerate(wanted):
        extra = entry.extra if ordinal == 0 else ""
        digest = hashlib.sha1(
            f"{language}\0{text}\0{extra}".encode(errors="replace"), usedforsecurity=False
        ).hexdigest()
        old = present.get(ordinal)
        if old is not None and old.digest == digest:
            Passage.objects.filter(pk=old.pk).update(**facets)
            continue
        Passage.objects.update_or_create(
            engine=engine,
            kind=entry.kind,
            record_id=entry.record_id,
            ordinal=ordinal,
            defaults={
                **facets,
                "language": language,
                "text": text,
                "digest": digest,
                "embedding": None,
                "words": tsvector(f"{text}\n{extra}"),
            },
        )


def tsvector(text: str) -> object:
    """The words of a text in the form PostgreSQL stores them, made by us and not by its parsers."""
    from django.db.models.expressions import RawSQL

    return RawSQL("%s::tsvector", [literal(index_terms(text))])


def literal(terms: dict[str, list[int]]) -> str:
    """A tsvector literal: quoted lexemes with their positions."""
    return " ".join(f"{quote(lexeme)}:{','.join(str(p) for p in places)}" for lexeme, places in terms.items())


def quote(lexeme: str) -> str:
    """A lexeme quoted for tsvector and tsquery literals."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def embed_missing(passages: object, *, batch: int = BATCH) -> int:
    """Give meaning to passages that have none yet, batch by batch, for the engine this process runs."""
    mine = Engine.objects.filter(name=engines.configured_name()).first()
    if mine is None:
        return 0
    todo = Passage.objects.filter(pk__in=passages.values("pk"), embedding__isnull=True, engine=mine).order_by("pk")  # type: ignore[attr-defined]
    rows = list(todo.values_list("pk", "language", "text", "digest"))
    for start in range(0, len(rows), batch):
        _embed(rows[start : start + batch])
    return len(rows)


def _embed(rows: Sequence[tuple[int, str, str, str]]) -> None:
    vectors = engines.embedder().embed([text for _, _, text, _ in rows], "passage")
    fair = engines.shipped_fairness().passages(vectors, [language for _, language, _, _ in rows])
    values = [(pk, digest, HalfVector(vector).to_text()) for (pk, _, _, digest), vector in zip(rows, fair, strict=True)]
    with connection.cursor() as cursor:
        # The digest keeps a vector from landing on a text that changed while the model was reading.
        cursor.executemany(
            "UPDATE language_passage SET embedding = %s::halfvec WHERE id = %s AND digest = %s",
            [(vector, pk, digest) for pk, digest, vector in values],
        )


def copy_to(engine: Engine, *, batch: int = 500) -> Iterable[int]:
    """Copy every passage of the serving engine to a new one, without its meaning; yields how many rows each step made."""
    current = engines.serving()
    columns = "kind, record_id, ordinal, home, direction, visibility, principals, owner, language, themes, open_until, text, digest, words"
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""WITH page AS (SELECT * FROM language_passage WHERE engine_id = %s AND id > %s ORDER BY id LIMIT %s),
                made AS (INSERT INTO language_passage (engine_id, indexed_at, {columns})
                         SELECT %s, now(), {columns} FROM page ON CONFLICT DO NOTHING RETURNING 1)
                SELECT max(id), count(*) FROM page""",  # noqa: S608 - names of columns, no input
                [current.pk, last, batch, engine.pk],
            )
            top, count = cursor.fetchone()
        if not count:
            return
        last = top
        yield count


def count_words() -> int:
    """Count anew in how many passages each lexeme stands; rare words then weigh more in search."""
    current = engines.serving()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM language_frequency")
        cursor.execute(
            "INSERT INTO language_frequency (lexeme, passages) SELECT left(word, 255), max(ndoc) FROM ts_stat(%s) "
            "WHERE ndoc > 1 GROUP BY 1",
            [f"SELECT words FROM language_passage WHERE engine_id = {current.pk:d}"],  # noqa: S608 - a number
        )
    return Frequency.objects.count()


def tell_count_words() -> None:
    """Have the words counted after a bulk change."""
    tell("language.count_words", urgency=Urgency.BULK)
