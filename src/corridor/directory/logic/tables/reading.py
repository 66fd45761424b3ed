"""Reading whatever file somebody sends as a table of organisations."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final

from corridor.directory.logic.tables import comma, workbook
from corridor.directory.logic.tables.encodings import read_text
from corridor.directory.logic.tables.table import Line, NotATable, Table

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


def read(data: bytes, *, names: Collection[str], most: int, encoding: str = "") -> Table:
    """The table in a file, told by its content and not by its name: at most `most` rows that say something. Raises `NotATable`.

    `names` are the words that may head a column. A row whose first cell begins with # is a remark and left out.
    """
    _refuse_others(data)
    if data.startswith(ZIP):
        return _table(workbook.lines_of(io.BytesIO(data), most), "xlsx", "", False, most)
    text = read_text(data, encoding)
    return _table(comma.lines_of(text.text, names), "csv", text.encoding, text.is_guessed, most)


def _refuse_others(data: bytes) -> None:
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise NotATable("empty")
    if data.startswith(OLE):
        raise NotATable("old_excel")
    if OPEN_DOCUMENT in data[:200]:
        raise NotATable("open_document")
    if data.startswith(OTHERS):
        raise NotATable("binary")


def _table(lines: Iterable[Line], kind: str, encoding: str, is_guessed: bool, most: int) -> Table:
    telling = _telling(lines)
    head = next(telling, None)
    if head is None:
        raise NotATable("empty")
    found = tuple(islice(telling, most + 1))
    if len(found) > most:
        raise NotATable("too_many_rows", most=most)
    if not found:
        raise NotATable("no_rows")
    return Table(kind, encoding, is_guessed, head, found)


def _telling(lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if not line.is_empty and not line.is_remark)
