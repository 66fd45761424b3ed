"""Verbs of imports: preview a table, take all of its rows or none, drop it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.logic.atlas import kept_land
from corridor.directory.logic.keys import key_of
from corridor.directory.logic.listing import Row, columns_of, look_for_same, row_of
from corridor.directory.logic.tables.cells import file_name as shown_name
from corridor.directory.logic.tables.reading import read
from corridor.directory.logic.tables.table import NotATable, Table
from corridor.directory.models import Import, ImportedRow, ImportProgress, Organisation, OrganisationName
from corridor.directory.operations.import_words import heads, words
from corridor.directory.operations.listed import look_for_listed
from corridor.directory.rules.imports import ready
from corridor.directory.rules.remarks import refusal
from corridor.directory.states import ImportState
from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.logic.verdict import together
from corridor.kernel.models import User
from corridor.kernel.operations import hold, move, record, tell
from corridor.kernel.states import Urgency

MOST_ON_THE_WEB = 5_000
MOST_ON_THE_COMMAND_LINE = 100_000
# More rows than these are entered by a job, since nobody should wait for them with a page half open.
MOST_AT_ONCE = 200
STEP = 200
Progress = Callable[[int], object]
KEPT = datetime.timedelta(days=3)


def preview(data: bytes, *, file_name: str, home: str, by: User | None, encoding: str = "") -> Import:
    """Read a table and say of every row what is wrong and what doubtful. Nothing is entered yet, and the file is not kept.

    `by=None` is the command line, where more rows may come at once. Raises `Refused` when it is no table of organisations.
    """
    if by is not None:
        rules.may_import(by, home).enforce()
    most = MOST_ON_THE_WEB if by is not None else MOST_ON_THE_COMMAND_LINE
    try:
        table = read(data, names=heads(), most=most, encoding=encoding)
        rows = rows_of(table, home)
    except NotATable as reason:
        raise refusal(reason) from reason
    return _keep(table, rows, home=home, by=by, file_name=shown_name(file_name))


def rows_of(table: Table, home: str) -> list[Row]:
    """The rows of a table, each looked at by itself, beside the others, and beside the directory. Raises `NotATable`."""
    columns, known, land = columns_of(table.head, heads()), words(), kept_land(settings.MAP_FILE)
    rows = [row_of(line, columns, home, known, land) for line in table.lines]
    look_for_same(rows)
    look_for_listed(rows, home)
    return rows


@transaction.atomic
def _keep(table: Table, rows: list[Row], *, home: str, by: User | None, file_name: str) -> Import:
    known = heads()
    batch = Import(
        home=home,
        made_by=by,
        file_name=file_name,
        format=table.format,
        encoding=table.encoding,
        is_encoding_guessed=table.is_encoding_guessed,
        row_count=len(rows),
        faulty_count=sum(bool(row.faults) for row in rows),
        doubtful_count=sum(bool(row.doubts) for row in rows),
        unknown_columns=[cell.strip()[:60] for cell in table.head.cells if cell.strip() and key_of(cell) not in known][
            :20
        ],
    )
    batch.save(force_insert=True)
    ImportedRow.objects.bulk_create((_imported(batch, row) for row in rows), batch_size=500)
    ImportProgress.objects.create(batch=batch)
    record("import.previewed", batch, by=by, rows=batch.row_count, faulty=batch.faulty_count, format=batch.format)
    return batch


def _imported(batch: Import, row: Row) -> ImportedRow:
    return ImportedRow(
        batch=batch,
        number=row.number,
        said=row.said,
        facts=row.facts,
        names=[list(name) for name in row.names],
        faults=[asdict(remark) for remark in row.faults],
        doubts=[asdict(remark) for remark in row.doubts],
    )


@transaction.atomic
def take(batch: Import, *, by: User, encoding: str = "") -> None:
    """Enter every organisation of an import, or none. `encoding` says that a guessed one reads right. Many rows are entered by a job."""
    hold(batch)
    rules.may_take_import(by, batch, encoding=encoding).enforce()
    if batch.row_count <= MOST_AT_ONCE:
        _enter(batch, by=by)
    else:
        move(batch, ImportState.TAKING, by=by)
        tell("directory.take_import", batch=str(batch.pk), lock=f"import:{batch.pk}", urgency=Urgency.BULK)


@transaction.atomic
def take_from_command_line(batch: Import, *, progress: Progress = lambda _entered: None) -> None:
    """As `take`, for the operator on the command line, at once whatever the number of rows."""
    hold(batch)
    together(*ready(batch)).enforce()
    _enter(batch, by=None, progress=progress)


@transaction.atomic
def carry_out(batch_id: str, *, progress: Progress = lambda _entered: None) -> None:
    """Enter the organisations of an import that somebody ordered; ordered once, it is entered once, however often this runs."""
    batch = Import.objects.select_for_update(of=("self",)).filter(pk=batch_id, state=ImportState.TAKING).first()
    if batch is not None:
        _enter(batch, by=batch.made_by, progress=progress)


def _enter(batch: Import, *, by: User | None, progress: Progress = lambda _entered: None) -> None:
    lines = batch.lines.order_by("number").iterator(chunk_size=STEP)
    entered = 0
    with _beside(batch) as say:
        while some := list(islice(lines, STEP)):
            _enter_some(batch, some, by=by)
            entered += len(some)
            say(entered)
            progress(len(some))
    batch.lines.all().delete()
    move(batch, ImportState.TAKEN, by=by, rows=entered)
    tell("language.count_words", urgency=Urgency.BULK)


def _enter_some(batch: Import, some: list[ImportedRow], *, by: User | None) -> None:
    made = [_organisation(batch, line) for line in some]
    Organisation.objects.bulk_create(made)
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=organisation, kind=kind, language=language, text=text)
            for organisation, line in zip(made, some, strict=True)
            for (kind, text), language in {(kind, text): language for kind, language, text in line.names}.items()
        ]
    )
    for organisation in made:
        record("organisation.listed", organisation, by=by, type=organisation.type, batch=batch.pk)
    tell("directory.index_organisations", organisations=[str(one.pk) for one in made], urgency=Urgency.BULK)


def _organisation(batch: Import, line: ImportedRow) -> Organisation:
    return Organisation(
        id=uuid7(), home=batch.home, source=f"import {batch.pk}", source_on=timezone.now().date(), **line.facts
    )


@contextmanager
def _beside(batch: Import) -> Iterator[Any]:
    """A way to say how far it has come, on a connection of its own: what is entered is not to be seen before all of it is."""
    if batch.row_count <= MOST_AT_ONCE:
        yield lambda _entered: None
        return
    other = connection.copy()

    def say(entered: int) -> None:
        with other.cursor() as cursor:
            cursor.execute("UPDATE directory_importprogress SET entered = %s WHERE batch_id = %s", [entered, batch.pk])

    try:
        yield say
    finally:
        other.close()


@transaction.atomic
def drop(batch: Import, *, by: User) -> None:
    """Leave an import. Its rows are forgotten; that there was one stays."""
    hold(batch)
    rules.may_drop_import(by, batch).enforce()
    _forget(batch, by=by, reason="dropped")


@transaction.atomic
def drop_from_command_line(batch: Import) -> None:
    """As `drop`, for the operator on the command line."""
    hold(batch)
    _forget(batch, by=None, reason="faulty")


def _forget(batch: Import, *, by: User | None, reason: str) -> None:
    batch.lines.all().delete()
    move(batch, ImportState.DROPPED, by=by, reason=reason)


def expire() -> int:
    """Drop previews that nobody took for some days. Answers how many."""
    old: list[UUID] = list(
        Import.objects.waiting().filter(created_at__lt=timezone.now() - KEPT).values_list("pk", flat=True)
    )
    return sum(_expire(key) for key in old)


@transaction.atomic
def _expire(key: UUID) -> bool:
    batch = Import.objects.select_for_update(of=("self",)).filter(pk=key, state=ImportState.PREVIEWED).first()
    if batch is not None:
        _forget(batch, by=None, reason="expired")
    return batch is not None
