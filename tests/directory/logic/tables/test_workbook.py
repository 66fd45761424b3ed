"""Reading XLSX: values, formulas and errors, and workbooks that are built to exhaust whoever opens them."""

import datetime
import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from corridor.directory.logic.tables.reading import read
from corridor.directory.logic.tables.table import NotATable, Table
from corridor.directory.logic.tables.writing import as_xlsx

NAMES = {"name", "type"}
MEMORY = 700 * 1024 * 1024
SECONDS = 20
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
SHARED = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from corridor.directory.logic.tables.reading import read
from corridor.directory.logic.tables.table import NotATable
try:
    read(open(sys.argv[1], "rb").read(), names={{"name"}}, most=5000)
    print("read")
except NotATable as reason:
    print(reason.code)
"""


def workbook(*rows: list[object], title: str = "organisations") -> bytes:
    """A workbook as a spreadsheet saves it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(data: bytes, **parts: bytes) -> bytes:
    """The same workbook with other parts; `sheet` is the first sheet, `styles`, `strings`, `book` the others."""
    names = {"sheet": SHEET, "styles": "xl/styles.xml", "strings": STRINGS, "book": "xl/workbook.xml"}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        kept = {name: old.read(name) for name in old.namelist()}
        if "strings" in parts:
            kept["[Content_Types].xml"] = kept["[Content_Types].xml"].replace(b"</Types>", SHARED + b"</Types>")
        for name, content in {**kept, **{names[key]: content for key, content in parts.items()}}.items():
            new.writestr(name, content)
    return file.getvalue()


def rows(data: bytes) -> Table:
    """The table in a workbook."""
    return read(data, names=NAMES, most=100)


def refused(data: bytes) -> str:
    """Why it is none."""
    with pytest.raises(NotATable) as refusal:
        rows(data)
    return refusal.value.code


def test_values_come_as_somebody_would_type_them() -> None:
    table = rows(workbook(["name", "type"], ["ສະຫະກອນ", 17.5, 3, True, datetime.date(2026, 1, 2), None]))
    assert table.head.cells[:2] == ("name", "type")
    assert table.lines[0].cells[:6] == ("ສະຫະກອນ", "17.5", "3", "yes", "2026-01-02T00:00:00", "")
    assert (table.format, table.is_encoding_guessed) == ("xlsx", False)


def test_formulas_and_errors_are_marked_at_their_cells() -> None:
    table = rows(workbook(["name", "type"], ["=1+1", "x", "#N/A"]))
    assert (table.lines[0].formulas, table.lines[0].errors) == ({0}, {2})


def test_the_sheet_of_organisations_is_read_wherever_it_lies() -> None:
    data = as_xlsx({"notes": [["hello"]], "Organisations": [["name", "type"], ["Works", "hub"]]})
    assert [line.cells[:2] for line in rows(data).lines] == [("Works", "hub")]


def test_a_wrong_word_for_the_size_of_a_sheet_loses_no_row() -> None:
    data = workbook(["name", "type"], ["One", "hub"], ["Two", "hub"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(SHEET).replace(b'ref="A1:B3"', b'ref="A1"')
    assert [line.cells[0] for line in rows(changed(data, sheet=sheet)).lines] == ["One", "Two"]


def test_shared_strings_are_read_as_excel_writes_them() -> None:
    sheet = (
        f'{OPEN}<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row></sheetData></worksheet>'
    )
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>name</t></si><si><t>type</t></si>'
        "<si><r><t>ສະຫະ</t></r><r><t>ກອນ</t></r></si><si><t>=1+1</t></si></sst>"
    )
    table = rows(changed(workbook(["name"]), sheet=sheet.encode(), strings=strings.encode()))
    assert [line.cells[:2] for line in table.lines] == [("ສະຫະກອນ", "=1+1")]


def far_cell(place: str) -> bytes:
    """A sheet with a head and one cell far away."""
    row = "".join(sign for sign in place if sign.isdigit())
    cells = '<c r="A1" t="inlineStr"><is><t>name</t></is></c>'
    return f'{OPEN}<sheetData><row r="1">{cells}</row><row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'.encode()


BOMBS = {
    "zeros": lambda data: changed(data, sheet=f"{OPEN}<!--".encode() + b"0" * 30_000_000 + b"--></worksheet>"),
    "cells": lambda data: changed(data, sheet=f'{OPEN}<sheetData><row r="1">'.encode() + b"<c/>" * 5_000_000),
    "columns": lambda data: changed(data, sheet=f"{OPEN}<cols>".encode() + b'<col min="1"/>' * 2_000_000),
    "styles": lambda data: changed(data, styles=b"<styleSheet><cellXfs>" + b"<xf/>" * 4_000_000),
    "strings": lambda data: changed(data, strings=b"<sst>" + b"<si/>" * 6_000_000),
    "deep": lambda data: changed(data, book=b"<a>" * 3_000_000),
    "entities": lambda data: changed(
        data, book=b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    ),
    "outside entity": lambda data: changed(
        data, sheet=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_bounded_memory_and_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(BOMBS[name](workbook(["name", "type"], ["Works", "hub"])))
    said = subprocess.run(
        [sys.executable, "-c", CHILD.format(memory=MEMORY), str(path)],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert (said.stdout.strip(), said.stderr[-300:]) == ("bomb", "")


@pytest.mark.parametrize(
    ("place", "code"), [("A1048576", "too_many_empty_rows"), ("XFD2", "no_rows"), ("AAAAAAA2", "damaged")]
)
def test_a_far_cell_takes_no_memory(place: str, code: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(changed(workbook(["name"]), sheet=far_cell(place))) == code
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_many_members_are_refused_before_any_is_opened() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(5_000):
            archive.writestr(f"xl/{number}.xml", "")
    assert refused(file.getvalue()) == "bomb"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_workbook_that_is_cut_off_is_damaged(cut: float) -> None:
    data = workbook(["name", "type"], ["Works", "hub"])
    assert refused(data[: int(len(data) * cut)]) == "damaged"


@pytest.mark.parametrize("part", ["sheet", "styles", "strings", "book"])
def test_a_workbook_with_a_broken_part_is_damaged(part: str) -> None:
    assert refused(changed(workbook(["name", "type"], ["Works", "hub"]), **{part: b"<not xml"})) == "damaged"


def read_or_refused(data: bytes) -> str:
    """What became of a workbook: read, refused as one, or the name of another error."""
    try:
        rows(data)
    except NotATable:
        return "refused"
    except Exception as error:  # any other error is what the test looks for
        return type(error).__name__
    return "read"


def test_random_bytes_in_a_part_raise_nothing_else() -> None:
    data = workbook(["name", "type"], ["Works", "hub"])
    places = range(50, len(data), 97)
    outcomes = [read_or_refused(data[:place] + b"\xff\x00" + data[place + 2 :]) for place in places]
    assert [outcome for outcome in outcomes if outcome not in ("read", "refused")] == []
    assert set(outcomes) == {"read", "refused"}
