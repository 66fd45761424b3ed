"""Writing tables that spreadsheets open and never run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.writer.excel import save_workbook

from corridor.directory.logic.tables.cells import harmless

MARK = "\ufeff"
WIDTH = 24


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a mark, by which spreadsheets know the encoding; what would begin a formula gets an apostrophe."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows([harmless(str(cell)) for cell in row] for row in rows)
    return (MARK + file.getvalue()).encode()


def as_xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Sheets by their titles as XLSX: every cell a text, the first row bold and in sight, remarks in grey."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows, 1):
            is_remark = bool(row) and str(row[0]).startswith("#")
            for place, value in enumerate(row, 1):
                cell = sheet.cell(number, place, harmless(str(value)))
                cell.number_format, cell.data_type = "@", "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
                if is_remark:
                    cell.fill = PatternFill("solid", fgColor="EFE9DC")
        for column in sheet.iter_cols(min_row=1, max_row=1):
            sheet.column_dimensions[column[0].column_letter].width = WIDTH
    file = io.BytesIO()
    save_workbook(book, file)
    return file.getvalue()
