"""What a row of an imported table says of an organisation, and what is wrong with which of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from corridor.directory.logic.coordinates import NoDegrees, degrees, doubt
from corridor.directory.logic.gazetteer import called
from corridor.directory.logic.keys import key_of
from corridor.directory.logic.subdivisions import recognised, subdivisions
from corridor.directory.logic.tables.cells import is_formula, is_nothing, is_telephone
from corridor.directory.logic.tables.table import Line, NotATable
from corridor.language.logic.scripts import main_script
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.logic.words import tidy

# The columns in their order, each with the most characters that the directory keeps.
COLUMNS: Final[dict[str, int]] = {
    "name": 300, "name_language": 40, "type": 60, "size": 60, "place": 120, "province": 120, "latitude": 20, "longitude": 20,
    "website": 200, "about": 4000, "about_language": 40, "other_names": 3000,
    **{f"name_{code}": 300 for code in LANGUAGES},
}  # fmt: skip
REQUIRED: Final = ("name", "type")
LANGUAGE_OF: Final = {"khmer": "km", "lao": "lo", "myanmar": "my", "thai": "th", "han": "zh-hans"}
BETWEEN: Final = re.compile(r"[;|\n；]")
LONGEST_ACRONYM: Final = 10
EXCERPT: Final = 200


@dataclass(frozen=True)
class Remark:
    """Something to say of a cell: its column, a code, and what goes into the sentence."""

    column: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """Words that may stand in cells, as keys, with the codes that they mean."""

    types: Mapping[str, str]
    sizes: Mapping[str, str]
    languages: Mapping[str, str]


@dataclass
class Row:
    """A row as it was read: what stood in its cells, what the directory would keep, what is wrong, and what should be looked at."""

    number: int
    said: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)
    names: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)

    def wrong(self, column: str, code: str, **facts: Any) -> None:
        """Say what keeps the row from being taken."""
        self.faults.append(Remark(column, code, facts))

    def unsure(self, column: str, code: str, **facts: Any) -> None:
        """Say what should be looked at."""
        self.doubts.append(Remark(column, code, facts))

    @property
    def keys(self) -> set[str]:
        """Its names as they are compared."""
        return {key for _kind, _language, text in self.names if (key := key_of(text))}


def columns_of(head: Line, words: Mapping[str, str]) -> tuple[str, ...]:
    """The column that each cell of the head names, empty for words that are not known. Raises `NotATable` when one is missing or twice."""
    found = tuple(words.get(key_of(cell), "") for cell in head.cells)
    twice = next((code for code in found if code and found.count(code) > 1), "")
    missing = [code for code in REQUIRED if code not in found]
    if missing:
        raise NotATable("no_columns", columns=", ".join(missing))
    if twice:
        raise NotATable("column_twice", column=twice)
    return found


def row_of(line: Line, columns: Sequence[str], home: str, words: Words, land: dict[str, Any]) -> Row:
    """One row, checked. `home` is the country (ISO 3166-1 alpha-2), `land` the outline that `coordinates.doubt` needs."""
    texts = ["" if is_nothing(text) else text for text in line.cells]
    cells = {code: texts[place] if place < len(texts) else "" for place, code in enumerate(columns) if code}
    row = Row(line.number, {code: text.strip()[:EXCERPT] for code, text in cells.items() if text.strip()})
    _look_at_cells(row, line, columns)
    if row.faults:
        return row
    said = {code: _tidied(row, code, text) for code, text in cells.items()}
    for code, text in said.items():
        if len(text) > COLUMNS[code]:
            row.wrong(code, "too_long", most=COLUMNS[code])
    _read_names(row, said, words)
    _read_kind(row, said, words)
    _read_place(row, said, home, land)
    _read_rest(row, said, words)
    return row


def _look_at_cells(row: Row, line: Line, columns: Sequence[str]) -> None:
    for place, text in enumerate(line.cells):
        code = columns[place] if place < len(columns) else ""
        name = code or f"#{place + 1}"
        if place in line.errors:
            row.wrong(name, "error_value")
        elif place in line.formulas or (is_formula(text) and not (not code and is_telephone(text))):
            row.said.setdefault(name, text.strip()[:EXCERPT])
            row.wrong(name, "telephone" if is_telephone(text) else "formula")
        elif place >= len(columns) and text.strip():
            row.said.setdefault(name, text.strip()[:EXCERPT])
            row.wrong(name, "beyond")


def _tidied(row: Row, code: str, text: str) -> str:
    tidied = tidy(text.strip())
    if tidied.converted:
        row.unsure(code, "zawgyi")
    return tidied.text.strip() if code in ("about", "other_names") else " ".join(tidied.text.split())


def _read_names(row: Row, said: Mapping[str, str], words: Words) -> None:
    name = said["name"]
    if not name:
        row.wrong("name", "required")
    elif not any(letter.isalnum() for letter in name):
        row.wrong("name", "no_words")
    language = _language(row, said, "name_language", words) or LANGUAGE_OF.get(main_script(name), "")
    translated = [("translation", code, said.get(f"name_{code}", "")) for code in LANGUAGES]
    others = [" ".join(text.split()) for text in BETWEEN.split(said.get("other_names", ""))]
    if any(len(text) > COLUMNS["name"] for text in others):
        row.wrong("other_names", "too_long", most=COLUMNS["name"])
    known = [("official", language, name), *((k, c, t) for k, c, t in translated if t != name)]
    row.names = [one for one in [*known, *((kind_of(text), "", text) for text in dict.fromkeys(others))] if one[2]]


def kind_of(text: str) -> str:
    """Whether a further name is an acronym or another name."""
    return "acronym" if text.isupper() and len(text) <= LONGEST_ACRONYM else "alias"


def _language(row: Row, said: Mapping[str, str], column: str, words: Words) -> str:
    text = said.get(column, "")
    found = words.languages.get(key_of(text), "") if text else ""
    if text and not found:
        row.wrong(column, "unknown_language")
    return found


def _read_kind(row: Row, said: Mapping[str, str], words: Words) -> None:
    for column, known in (("type", words.types), ("size", words.sizes)):
        text = said.get(column, "")
        found = known.get(key_of(text), "") if text else ""
        if column in REQUIRED and not text:
            row.wrong(column, "required")
        elif text and not found:
            row.wrong(column, f"unknown_{column}")
        row.facts[column] = found


def _read_place(row: Row, said: Mapping[str, str], home: str, land: dict[str, Any]) -> None:
    place, province = said.get("place", ""), said.get("province", "")
    known = recognised(home, province) if province else None
    if province and known is None:
        row.unsure("province", "unknown_province")
    row.facts |= {"place": place, "province": known.name if known else province}
    found = [_degrees(row, said, column) for column in ("latitude", "longitude")]
    if not any(fault.column in ("latitude", "longitude") for fault in row.faults):
        doubted = doubt(home, found[0], found[1], land)
        if doubted:
            row.wrong("latitude", doubted.value)
        if place and found == [None, None]:
            found = _from_town(row, home, place, province)
    row.facts |= {"latitude": str(found[0] or "") or None, "longitude": str(found[1] or "") or None}


def _degrees(row: Row, said: Mapping[str, str], column: str) -> Decimal | None:
    try:
        return degrees(said.get(column, ""))
    except NoDegrees:
        row.wrong(column, "no_degrees")
        return None


def _from_town(row: Row, home: str, place: str, province: str) -> list[Decimal | None]:
    """The coordinates of the one town of this name; of several none is guessed."""
    found = called(home, place, province=province)
    if len(found) != 1:
        if found:
            row.unsure("place", "several_towns", count=len(found))
        return [None, None]
    codes = {one.code: one.name for one in subdivisions(home)}
    row.facts["province"] = row.facts["province"] or codes.get(found[0].province, "")
    return [degrees(f"{found[0].latitude:.5f}"), degrees(f"{found[0].longitude:.5f}")]


def _read_rest(row: Row, said: Mapping[str, str], words: Words) -> None:
    about = said.get("about", "")
    language = _language(row, said, "about_language", words)
    row.facts |= {
        "about": about,
        "about_language": (language or LANGUAGE_OF.get(main_script(about), "")) if about else "",
    }
    website = said.get("website", "")
    address = website if "://" in website or not website else f"https://{website}"
    if website and not _is_address(address):
        row.wrong("website", "no_website")
    row.facts["website"] = address


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        return False
    is_plain = not re.search(r"[\s<>\"\\^`{|}]", text) and not parts.username
    return parts.scheme in ("http", "https") and is_plain and bool(re.fullmatch(r"[^.\s]+(\.[^.\s]+)+", host))


def site_of(website: str) -> str:
    """A web address as it is compared: its host without www and its path. Empty for none."""
    try:
        parts = urlsplit(website.casefold())
        return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
    except ValueError:
        return ""


def look_for_same(rows: Sequence[Row]) -> None:
    """Say where rows of one table name the same organisation, or give the same web site."""
    names: dict[str, int] = {}
    sites: dict[str, int] = {}
    for row in rows:
        same = next((names[key] for key in sorted(row.keys) if key in names), None)
        if same is not None:
            row.unsure("name", "same_in_file", row=same)
        site = site_of(row.facts.get("website", ""))
        if site and site in sites:
            row.unsure("website", "same_site_in_file", row=sites[site])
        for key in row.keys:
            names.setdefault(key, row.number)
        if site:
            sites.setdefault(site, row.number)
