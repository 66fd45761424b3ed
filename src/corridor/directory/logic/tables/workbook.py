"""Reading XLSX as a stream: the sheet of organisations, or the first one."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from typing import IO, Any, Final

from openpyxl import load_workbook

from corridor.directory.logic.tables.table import LONGEST_CELL, MOST_COLUMNS, MOST_SCANNED, Line, NotATable
from corridor.directory.logic.tables.unpacking import look_into

SHEET: Final = "organisations"


def lines_of(stream: IO[bytes], most: int) -> Iterator[Line]:
    """The rows of a workbook, formulas and errors marked. Raises `NotATable`.

    openpyxl (read-only) is used since it shows what is a formula; calamine gives results alone, and aborts the process on a file
    of two far cells (tafia/calamine #693). `look_into` goes first, so that what openpyxl keeps in memory is bounded.
    """
    look_into(stream)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that nobody needs here
        try:
            book = load_workbook(stream, read_only=True, keep_links=False)
            yield from _rows(book, most + MOST_SCANNED)
            book.close()
        except NotATable:
            raise
        except Exception as error:  # whatever a damaged part makes the library raise
            raise NotATable("damaged") from error


def _rows(book: Any, most: int) -> Iterator[Line]:
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    if not sheets:
        raise NotATable("empty")
    sheet = next((sheet for sheet in sheets if sheet.title.strip().casefold() == SHEET), sheets[0])
    sheet.reset_dimensions()  # a sheet's word for its own size is not taken
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        if number > most:
            raise NotATable("too_many_empty_rows", most=most)
        yield _line(number, row)


def _line(number: int, row: tuple[Any, ...]) -> Line:
    texts = tuple(_text(cell.value) for cell in row)
    if len(texts) > MOST_COLUMNS and texts[MOST_COLUMNS]:
        raise NotATable("too_many_columns", row=number, most=MOST_COLUMNS)
    if any(len(text) > LONGEST_CELL for text in texts):
        raise NotATable("cell_too_long", row=number)
    kinds = [getattr(cell, "data_type", "") for cell in row]
    return Line(number, texts, _which(kinds, "f"), _which(kinds, "e"))


def _which(kinds: list[str], kind: str) -> frozenset[int]:
    return frozenset(place for place, found in enumerate(kinds) if found == kind)


def _text(value: object) -> str:
    """A cell's value as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return str(value)
