"""Reading CSV in the ways that spreadsheets write it: with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from typing import Final

from corridor.directory.logic.tables.table import LONGEST_CELL, MOST_COLUMNS, Line, NotATable

DELIMITERS: Final = (",", ";", "\t")
SEPARATOR_LINE: Final = re.compile(r'\A"?sep=(.)"?\r?\n', re.IGNORECASE)


def lines_of(text: str, names: Collection[str]) -> Iterator[Line]:
    """The rows of a CSV text, numbered as a spreadsheet numbers them. `names` are words of the head, by which the separator is found.

    Raises `NotATable` at a row that has too many columns, too long a cell, or a quotation mark that does not end.
    """
    said = SEPARATOR_LINE.match(text)
    body, before = (text[said.end() :], 1) if said else (text, 0)
    delimiter = said[1] if said else separator(body, names)
    if delimiter not in DELIMITERS:
        raise NotATable("separator")
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    number = before
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise NotATable("quotes", row=number) from error
        yield _checked(number, cells)


def _checked(number: int, cells: list[str]) -> Line:
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise NotATable("too_many_columns", row=number, most=MOST_COLUMNS)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise NotATable("cell_too_long", row=number)
    return Line(number, tuple(cells))


def separator(text: str, names: Collection[str]) -> str:
    """What stands between the cells: the sign by which the first row that is no remark has most of the names, then most cells."""
    rows = (row for row in io.StringIO(text) if row.strip() and not row.lstrip('" ').startswith("#"))
    head = next(rows, "")[:LONGEST_CELL]

    def known(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip(' "\r\n').casefold() for cell in head.split(delimiter)]
        return sum(cell in names for cell in cells), len(cells)

    return max(DELIMITERS, key=known)
