"""A list to take away: a table that a spreadsheet opens as it is, and none of whose cells it takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse

# How a spreadsheet would read a cell as a formula; such a cell gets an apostrophe before it.
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def spreadsheet(filename: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The rows under their columns as CSV, in UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def safe_cell(value: object) -> str:
    """A cell's text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULAS) or text.startswith(FORMULAS) else text
