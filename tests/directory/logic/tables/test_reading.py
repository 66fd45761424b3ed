"""Reading CSV in the ways that spreadsheets write it, with limits."""

import io
import time
import zipfile

import pytest

from corridor.directory.logic.tables.reading import read
from corridor.directory.logic.tables.table import NotATable, Table

NAMES = {"name", "type", "place", "about"}


def rows(data: bytes, most: int = 100) -> Table:
    """The table in a file."""
    return read(data, names=NAMES, most=most)


@pytest.mark.parametrize(
    "data",
    [
        b"name,type\nWorks,enterprise\n",
        b"name;type\r\nWorks;enterprise\r\n",
        b"name\ttype\nWorks\tenterprise",
        b"sep=;\nname;type\nWorks;enterprise\n",
        b'\xef\xbb\xbf"name","type"\n"Works","enterprise"\n',
        "name,type\nWorks,enterprise\n".encode("utf-16"),
        b"# remark; with; many; semicolons\nname,type\n# name,type\nWorks,enterprise\n\n,,\n",
    ],
)
def test_commas_semicolons_and_tabs_are_told_apart(data: bytes) -> None:
    table = rows(data)
    assert (table.head.cells, [line.cells for line in table.lines]) == (("name", "type"), [("Works", "enterprise")])


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = rows(b'name,about\n# remark\n\nOne,"two\nlines"\nTwo,x\n')
    assert [line.number for line in table.lines] == [4, 5]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"# only a remark\n", "empty"),
        (b"name,type\n", "no_rows"),
        (b'name,type\n"Works,enterprise\nB,c\n', "quotes"),
        (b'name,type\n"Wo"rks,enterprise\n', "quotes"),
        (b"name,type\n" + b"x" * 200_000 + b",b\n", "quotes"),
        (b"name,type\n" + b"x" * 40_000 + b",b\n", "cell_too_long"),
        (b"name,type\n" + b"x," * 70 + b"x\n", "too_many_columns"),
        (b"sep=%\nname%type\na%b\n", "separator"),
        (b"%PDF-1.7 text", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old_excel"),
    ],
)
def test_what_is_no_table_is_said(data: bytes, code: str) -> None:
    with pytest.raises(NotATable) as refusal:
        rows(data)
    assert refusal.value.code == code


def test_a_million_rows_are_refused_at_once() -> None:
    data = b"name,type\n" + b"a,b\n" * 1_000_000
    began = time.monotonic()
    with pytest.raises(NotATable) as refusal:
        rows(data, most=5_000)
    assert (refusal.value.code, refusal.value.facts) == ("too_many_rows", {"most": 5_000})
    assert time.monotonic() - began < 2


def test_exactly_as_many_rows_as_allowed_are_taken() -> None:
    assert len(rows(b"name,type\n" + b"a,b\n" * 100).lines) == 100


def test_another_packed_file_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")
    with pytest.raises(NotATable) as refusal:
        rows(file.getvalue())
    assert refusal.value.code == "other_zip"


def test_an_open_document_is_told_apart() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(NotATable) as refusal:
        rows(file.getvalue())
    assert refusal.value.code == "open_document"
