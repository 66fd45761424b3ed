"""Cells that a spreadsheet would run, and names of files that would mislead."""

import csv
import io

import pytest

from corridor.directory.logic.tables.cells import file_name, harmless, is_formula, is_telephone
from corridor.directory.logic.tables.writing import as_csv


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(A1)", "+SUM(A1)", "-2+3|cmd", "@SUM(1)", " =1", "＝1+1", "＠x", "+855 23 880 340"]
)
def test_a_formula_is_known_by_how_it_begins(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "Works", "17.9", "-17.96", "+17,5", "−3.5", "a=b", "1-2", "ສະຫະກອນ", "-"])
def test_numbers_and_words_are_none(text: str) -> None:
    assert not is_formula(text)


def test_a_telephone_number_is_told_from_a_formula() -> None:
    assert is_telephone("+855 23 880-340")
    assert not is_telephone("+SUM(A1)")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@x", "\t=1", "\r=1", " =1", "＝1"])
def test_what_is_written_is_never_run(text: str) -> None:
    cell = harmless(text)
    assert cell == f"'{text}"
    written = as_csv([[text]]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(written, newline="")))[0] == cell


def test_a_plain_text_stays_as_it_is() -> None:
    assert harmless("Works") == "Works"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("list.csv", "list.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\list.xlsx", "list.xlsx"),
        ("li\u202est.csv\x00\n", "list.csv"),
        ("", "file"),
        ("...", "file"),
        ("ລາຍຊື່.csv", "ລາຍຊື່.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        ("y" * 300, "y" * 120),
        ("<script>alert(1)</script>.csv", "script>.csv"),
    ],
)
def test_the_name_of_a_file_is_shown_without_harm(sent: str, shown: str) -> None:
    assert file_name(sent) == shown
