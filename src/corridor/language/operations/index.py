"""Verbs of the one index: put a record in, take it out, give passages their meaning, copy all to a new engine."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from pgvector import HalfVector

from corridor.kernel.operations import tell
from corridor.kernel.states import Urgency
from corridor.language.logic.cutting import cut
from corridor.language.logic.embedding import EmbeddingUnavailable, Vectors
from corridor.language.logic.fairness import headed
from corridor.language.logic.identify import identify
from corridor.language.logic.proper import known, proper
from corridor.language.logic.sentences import sentences
from corridor.language.logic.sounds import sounds_of
from corridor.language.logic.spotting import lexemes
from corridor.language.logic.words import index_terms, tidy
from corridor.language.models import DIMENSION, Engine, Frequency, Passage
from corridor.language.operations import arrivals, engines, lexicon
from corridor.language.states import IndexState

BATCH = 64
# Tokens, about: most notices are one passage, which finds better than two halves (docs/language.md).
LONGEST_PASSAGE = 320
MOST_CONCEPTS = 40


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
    extra: str = ""  # words found with the first passage but not read for meaning: names, acronyms
    as_of: datetime.datetime = field(default_factory=timezone.now)  # when the record was read


def put(*entries: Entry, embed: bool = True) -> None:
    """Make the index say what these records say now: words and meaning in one write.

    Doing it twice changes nothing, and an unchanged passage keeps its vector. When the model does not answer, the words are
    written all the same and `EmbeddingUnavailable` is raised afterwards, so that a job tries again. A record that says
    different things to different circles comes as several entries, all of them in one call.
    """
    wanted = _rows(entries)
    failure: EmbeddingUnavailable | None = None
    vectors: dict[int, dict[str, str]] = {}
    for engine in engines.targets() if embed else []:
        try:
            vectors[engine.pk] = _vectors(_unread(wanted, _present(entries, engine)), engine)
        except EmbeddingUnavailable as error:
            failure = error
    with transaction.atomic():
        for engine in engines.targets():
            _write(entries, wanted, engine, vectors.get(engine.pk, {}))
    if failure is not None:
        raise failure


def take_out(kind: str, record_id: UUID) -> None:
    """Remove a record from the index at once."""
    Passage.objects.filter(kind=kind, record_id=record_id).delete()


def take_out_owned(owner: str, *, kinds: Sequence[str], home: str) -> int:
    """Remove at once what belongs to an organisation, of some kinds. Answers how many passages went.

    Kinds and country are named because the index of the table begins with them; owners have none.
    """
    return Passage.objects.filter(kind__in=kinds, home=home, owner=owner).delete()[0]


def passages_of(entry: Entry) -> list[tuple[str, str, str]]:
    """The passages of an entry: (language, heading, text), long texts cut at sentence borders."""
    result = []
    for piece in entry.pieces:
        text = tidy(piece.text).text
        language = piece.language or (identify(text).language or "")
        cuts = cut(text, [(s.start, s.end) for s in sentences(text)], limit=LONGEST_PASSAGE) if text.strip() else []
        heading = tidy(piece.heading).text
        result += [(language, heading, c.text) for c in cuts] or [(language, "", heading)]
    return [row for row in result if row[2].strip()]


@dataclass(frozen=True)
class _Row:
    """One passage as it will be written."""

    entry: Entry
    ordinal: int
    language: str
    heading: str
    text: str
    extra: str

    @property
    def digest(self) -> str:
        """A fingerprint of what is found: a passage with the same one is left as it is."""
        whole = "\0".join((self.language, self.heading, self.text, self.extra))
        return hashlib.sha1(whole.encode(errors="replace"), usedforsecurity=False).hexdigest()


def _rows(entries: Sequence[Entry]) -> list[_Row]:
    """The passages of these entries; those of one record are numbered on from entry to entry."""
    rows: list[_Row] = []
    counts: Counter[UUID] = Counter()
    for entry in entries:
        first = counts[entry.record_id]
        for place, (language, heading, text) in enumerate(passages_of(entry)):
            rows.append(_Row(entry, first + place, language, heading, text, "" if place else entry.extra))
            counts[entry.record_id] += 1
    return rows


def _present(entries: Sequence[Entry], engine: Engine) -> set[tuple[UUID, int, str]]:
    """What an engine has read already: record, ordinal and digest."""
    known = Passage.objects.filter(record_id__in=[e.record_id for e in entries], embedding__isnull=False, engine=engine)
    return set(known.values_list("record_id", "ordinal", "digest"))


def _unread(wanted: Sequence[_Row], present: set[tuple[UUID, int, str]]) -> list[_Row]:
    return [row for row in wanted if (row.entry.record_id, row.ordinal, row.digest) not in present]


def _vectors(rows: Sequence[_Row], engine: Engine) -> dict[str, str]:
    """Digest → corrected vector as PostgreSQL writes it; nothing for an engine whose model this process does not have."""
    reader = engines.reader_of(engine.name)
    if reader is None or not rows:
        return {}
    fair = read([(row.language, row.heading, row.text) for row in rows], reader)
    return {row.digest: HalfVector(vector).to_text() for row, vector in zip(rows, fair, strict=True)}


def read(passages: Sequence[tuple[str, str, str]], reader: engines.Reader | None = None) -> Vectors:
    """Corrected vectors of passages given as (language, heading, text)."""
    reader = reader or engines.configured()
    languages = [language for language, _, _ in passages]
    bodies = [whole(heading, text) for _, heading, text in passages]
    raw = reader.embedder.embed(bodies, "passage")
    vectors = reader.fairness.passages(raw, languages, lexicon.mentions(bodies))
    return headed(vectors, _headings([heading for _, heading, _ in passages], languages, reader))


def _headings(headings: Sequence[str], languages: Sequence[str], reader: engines.Reader) -> Vectors:
    """Corrected vectors of headings; rows of zeros where there is none."""
    result = np.zeros((len(headings), DIMENSION), dtype=np.float32)
    places = [i for i, heading in enumerate(headings) if heading]
    if places:
        read_ones = [headings[i] for i in places]
        raw = reader.embedder.embed(read_ones, "passage")
        known = [languages[i] for i in places]
        result[places] = reader.fairness.passages(raw, known, lexicon.mentions(read_ones))
    return result


def whole(heading: str, text: str) -> str:
    """A passage as the model and the words read it: under its heading."""
    return f"{heading}\n{text}" if heading and text else heading or text


# A write that was read from its record earlier than what stands in the index comes too late and changes nothing.
UPSERT = """
INSERT INTO language_passage AS old (engine_id, kind, record_id, ordinal, home, direction, visibility, principals, owner,
    language, themes, open_until, heading, text, digest, words, concepts, embedding, indexed_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s, %s::halfvec, %s)
ON CONFLICT (engine_id, kind, record_id, ordinal) DO UPDATE SET
    home = excluded.home, direction = excluded.direction, visibility = excluded.visibility, principals = excluded.principals,
    owner = excluded.owner, language = excluded.language, themes = excluded.themes, open_until = excluded.open_until,
    heading = excluded.heading, text = excluded.text, digest = excluded.digest, words = excluded.words,
    concepts = excluded.concepts, indexed_at = excluded.indexed_at,
    embedding = CASE WHEN old.digest = excluded.digest THEN coalesce(excluded.embedding, old.embedding)
                     ELSE excluded.embedding END
WHERE old.indexed_at <= excluded.indexed_at"""


def _write(entries: Sequence[Entry], rows: Sequence[_Row], engine: Engine, vectors: dict[str, str]) -> None:
    counts = Counter(row.entry.record_id for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM language_passage WHERE engine_id = %s AND kind = %s AND record_id = %s AND ordinal >= %s AND indexed_at <= %s",
            [(engine.pk, e.kind, e.record_id, counts[e.record_id], e.as_of) for e in entries],
        )
        if rows:
            cursor.executemany(UPSERT, [_values(row, engine, vectors.get(row.digest)) for row in rows])
    arrivals.note_records(engine, [(entry.kind, entry.record_id) for entry in entries])


def _values(row: _Row, engine: Engine, vector: str | None) -> tuple[Any, ...]:
    e = row.entry
    facets = (
        e.home,
        e.direction,
        e.visibility,
        list(e.principals),
        e.owner,
        row.language,
        list(e.themes),
        e.open_until,
    )
    said = f"{row.heading}\n{row.text}\n{row.extra}"
    concepts = concepts_of(row.heading, row.text)
    marked = [*lexemes(concepts, lexicon.ancestors(concepts)), *sounds_of(_names(row), names_in)]
    return (
        engine.pk,
        e.kind,
        e.record_id,
        row.ordinal,
        *facets,
        row.heading[:300],
        row.text,
        row.digest,
        literal(index_terms(said) | {lexeme: [1] for lexeme in marked}),
        concepts,
        vector,
        e.as_of,
    )


def _names(row: _Row) -> list[str]:
    """The lines of a passage that may be names or hold one: its heading, the names found with it, and a text of one line."""
    text = row.text.strip()
    return [row.heading, *row.extra.splitlines(), *([] if "\n" in text else [text])]


def names_in(line: str) -> list[str]:
    """The proper names of a line, as far as the lexicon tells."""
    return proper(line, lexicon.known().spotter.spot(line))


def known_in(line: str) -> list[tuple[int, int]]:
    """Where in a line stands what is no name, as characters."""
    return known(line, lexicon.known().spotter.spot(line))


def concepts_of(heading: str, text: str) -> list[str]:
    """Codes of the concepts that a passage says, those said most first."""
    worths = lexicon.mentions([whole(heading, text)])[0].worths
    return sorted(worths, key=lambda code: (-worths[code], code))[:MOST_CONCEPTS]


def literal(terms: dict[str, list[int]]) -> str:
    """A tsvector literal: quoted lexemes with their positions."""
    return " ".join(f"{quote(lexeme)}:{','.join(str(p) for p in places)}" for lexeme, places in terms.items())


def quote(lexeme: str) -> str:
    """A lexeme quoted for tsvector and tsquery literals."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def embed_missing(passages: object, *, batch: int = BATCH) -> int:
    """Give meaning to passages that have none yet, batch by batch, for the engines whose model this process has."""
    count = 0
    for engine in Engine.objects.exclude(state=IndexState.RETIRED):
        reader = engines.reader_of(engine.name)
        if reader is None:
            continue
        todo = Passage.objects.filter(pk__in=passages.values("pk"), embedding__isnull=True, engine=engine)  # type: ignore[attr-defined]
        rows = list(todo.order_by("pk").values_list("pk", "digest", "language", "heading", "text"))
        for start in range(0, len(rows), batch):
            _embed(rows[start : start + batch], reader, engine)
        count += len(rows)
    return count


def _embed(rows: Sequence[tuple[int, str, str, str, str]], reader: engines.Reader, engine: Engine) -> None:
    fair = read([(language, heading, text) for _, _, language, heading, text in rows], reader)
    values = [(HalfVector(vector).to_text(), pk, digest) for (pk, digest, *_), vector in zip(rows, fair, strict=True)]
    with transaction.atomic(), connection.cursor() as cursor:
        # The digest keeps a vector from landing on a text that changed while the model was reading.
        cursor.executemany("UPDATE language_passage SET embedding = %s::halfvec WHERE id = %s AND digest = %s", values)
        arrivals.note_passages(engine, [row[0] for row in rows])


def copy_to(engine: Engine, *, batch: int = 500) -> Iterable[int]:
    """Copy every passage of the serving engine to a new one, without its meaning; yields how many rows each step made."""
    current = engines.serving()
    columns = (
        "kind, record_id, ordinal, home, direction, visibility, principals, owner, language, themes, open_until, "
        "heading, text, digest, words, concepts, indexed_at"
    )
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""WITH page AS (SELECT * FROM language_passage WHERE engine_id = %s AND id > %s ORDER BY id LIMIT %s),
                made AS (INSERT INTO language_passage (engine_id, {columns})
                         SELECT %s, {columns} FROM page ON CONFLICT DO NOTHING RETURNING 1)
                SELECT max(id), (SELECT count(*) FROM made) FROM page""",  # noqa: S608 - names of columns, no input
                [current.pk, last, batch, engine.pk],
            )
            top, count = cursor.fetchone()
        if top is None:
            return
        last = top
        yield count


def catch_up(engine: Engine) -> int:
    """Bring a copy in step with the index in service: what was taken out or changed while it was copied. Answers how many rows differed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM language_passage AS copy WHERE engine_id = %s AND NOT EXISTS (
                SELECT FROM language_passage AS own WHERE own.engine_id = %s AND own.kind = copy.kind
                AND own.record_id = copy.record_id AND own.ordinal = copy.ordinal AND own.indexed_at = copy.indexed_at)""",
            [engine.pk, engines.serving().pk],
        )
        gone = cursor.rowcount
    return int(gone) + sum(copy_to(engine))


def count_words() -> int:
    """Count anew in how many passages each lexeme stands; rare words then weigh more in search."""
    current = engines.serving()
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time: two that emptied the table at once would both put the same lexemes in.
        cursor.execute("LOCK TABLE language_frequency IN SHARE ROW EXCLUSIVE MODE")
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
