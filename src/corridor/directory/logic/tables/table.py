"""A table as it was read, and why a file is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_COLUMNS: Final = 60
MOST_SCANNED: Final = 20_000
"""Rows of a sheet that are looked at beyond those that are wanted, empty ones counted: people format whole columns."""

LONGEST_CELL: Final = 32_767
"""Characters that a cell of a spreadsheet holds at most (ECMA-376)."""

PREVIEWED: Final = 5


class NotATable(Exception):  # noqa: N818 - said of a file
    """The file cannot be read as a table. `code` says why, `facts` what goes into the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code, facts)


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells as texts, and which of them (from 0) are formulas or errors."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    errors: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells) and not self.formulas

    @property
    def is_remark(self) -> bool:
        """Whether it explains something: its first cell begins with #."""
        return bool(self.cells) and self.cells[0].lstrip().startswith("#")


@dataclass(frozen=True)
class Table:
    """The head and the rows of a file that say something; `format` is csv or xlsx, `encoding` that of its text."""

    format: str
    encoding: str
    is_encoding_guessed: bool
    head: Line
    lines: tuple[Line, ...]
