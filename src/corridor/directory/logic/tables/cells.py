"""Cells that a spreadsheet would run as formulas, and names of files that would mislead."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What spreadsheets take for the beginning of a formula (OWASP, CSV Injection), full-width forms included through NFKC.
STARTS: Final = "=+-@"
NUMBER: Final = re.compile(r"[+-]?\d*[.,]?\d+°?")
DASHES: Final = re.compile(r"[-‐-―−\s]*")
TELEPHONE: Final = re.compile(r"\+[\d\s().\-/]{5,25}")
LONGEST_NAME: Final = 120


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could run a cell: it begins with =, +, - or @ and is no plain number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain[:1] in tuple(STARTS) and not is_nothing(plain) and NUMBER.fullmatch(plain.replace("−", "-")) is None


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: it is empty, or holds the dash that people write for it."""
    return DASHES.fullmatch(text) is not None


def is_telephone(text: str) -> bool:
    """Whether it is an international telephone number, which begins with + and is no formula."""
    return TELEPHONE.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def harmless(text: str) -> str:
    """A text as a cell that no spreadsheet runs: with an apostrophe before what would begin a formula."""
    begins = unicodedata.normalize("NFKC", text.lstrip() or text)[:1]
    return f"'{text}" if begins in tuple(STARTS) or text[:1] in ("\t", "\r", "\n") else text


def file_name(text: str) -> str:
    """The name of a file as it is shown: without folders, controls and signs that turn the direction of writing, 120 characters at most."""
    last = re.split(r"[/\\]", text)[-1]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = " ".join(plain.split()).strip(". ") or "file"
    stem, dot, suffix = plain.rpartition(".")
    if len(plain) <= LONGEST_NAME or not dot or len(suffix) > 8:
        return plain[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
