"""Passages that came in: noted in the write that brings them, taken out by whoever answers standing questions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from corridor.language.models import Engine
from corridor.language.states import IndexState


def note_records(engine: Engine, records: Sequence[tuple[str, UUID]]) -> None:
    """Passages of these records, given as (kind, id), were written. Those of an index that is only being built are not new to anybody."""
    if engine.state == IndexState.SERVING:
        with connection.cursor() as cursor:
            cursor.executemany(
                """INSERT INTO language_arrival (passage_id) SELECT id FROM language_passage
                WHERE engine_id = %s AND kind = %s AND record_id = %s ON CONFLICT DO NOTHING""",
                [(engine.pk, kind, record) for kind, record in records],
            )


def note_passages(engine: Engine, passages: Sequence[int]) -> None:
    """These passages got their meaning."""
    if engine.state == IndexState.SERVING:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO language_arrival (passage_id) SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING",
                [list(passages)],
            )


def take(most: int) -> list[int]:
    """Take arrivals out, the oldest passages first; they come back when the transaction around this does not hold.

    What another worker is taking is left to it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM language_arrival WHERE passage_id IN (
                SELECT passage_id FROM language_arrival ORDER BY passage_id LIMIT %s FOR UPDATE SKIP LOCKED)
            RETURNING passage_id""",
            [most],
        )
        return [row[0] for row in cursor.fetchall()]
