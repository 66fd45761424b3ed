"""The index follows the lexicon: passages whose concepts have changed get new concepts, words and meaning."""

from __future__ import annotations

from django.db import connection
from django.db.models.expressions import RawSQL
from pgvector import HalfVector

from corridor.language.logic.spotting import MARK, lexemes
from corridor.language.models import Engine, Passage
from corridor.language.operations import engines, index, lexicon
from corridor.language.states import IndexState

BATCH = 256

MARKS = "ARRAY(SELECT lexeme FROM unnest(words) WHERE starts_with(lexeme, %s))"

# The digest keeps what was found from landing on a text that changed meanwhile.
UPDATE = """
UPDATE language_passage SET concepts = %s, embedding = coalesce(%s::halfvec, embedding), words = ts_delete(
    words, ARRAY(SELECT lexeme FROM unnest(words) WHERE starts_with(lexeme, %s))) || %s::tsvector
WHERE id = %s AND digest = %s"""


def follow_lexicon(after: int) -> int | None:
    """Bring the next passages behind `after` in step with the lexicon; answers the last one looked at, None at the end.

    A passage that says the same concepts as before, under the same wider ones, is left alone. Meaning is read anew of those that say
    others, where this process has the model of the passage's engine, and stays as it was where not. Raises `EmbeddingUnavailable`;
    the job tries again.
    """
    lexicon.look_again()  # the job may run within moments of the change, in a process that has not heard of it
    fields = ("pk", "digest", "engine_id", "language", "heading", "text", "concepts", "marks")
    passages = Passage.objects.annotate(marks=RawSQL(MARKS, [MARK]))  # noqa: S611 - the mark is a parameter
    rows = list(passages.filter(pk__gt=after).order_by("pk").values_list(*fields)[:BATCH])
    said = [(row, index.concepts_of(row[4], row[5])) for row in rows]
    found = [(row, new, lexemes(new, lexicon.ancestors(new))) for row, new in said]
    changed = [(row, new, marks) for row, new, marks in found if new != row[6] or set(marks) != set(row[7])]
    vectors = _vectors([row[:6] for row, new, _ in changed if new != row[6]])
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(
                UPDATE,
                [
                    (new, vectors.get(row[0]), MARK, index.literal({lexeme: [1] for lexeme in marks}), row[0], row[1])
                    for row, new, marks in changed
                ],
            )
    return rows[-1][0] if rows else None


def _vectors(rows: list[tuple[int, str, int, str, str, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for engine in Engine.objects.exclude(state=IndexState.RETIRED):
        reader = engines.reader_of(engine.name)
        own = [row for row in rows if row[2] == engine.pk]
        if reader is None or not own:
            continue
        vectors = index.read([(language, heading, text) for _, _, _, language, heading, text in own], reader)
        found |= {row[0]: HalfVector(vector).to_text() for row, vector in zip(own, vectors, strict=True)}
    return found
