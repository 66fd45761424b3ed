"""Reading a dump of the Research Organization Registry (ROR), schema 1 and schema 2, without holding it in memory."""

from __future__ import annotations

import math
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import IO, Any

import ijson

# ROR's types, the telling ones first, as the directory's types. 'education' covers schools too: a person may mend it.
TYPES = {
    "healthcare": "hospital",
    "education": "university",
    "company": "enterprise",
    "facility": "institute",
    "government": "agency",
    "nonprofit": "ngo",
    "archive": "institute",
    "funder": "agency",
    "other": "institute",
}
LANGUAGES = {"zh": "zh-hans"}
# An identifier as ROR makes them: a zero, six characters and two digits; test data use others, so only its alphabet is asked for.
IDENTIFIER = re.compile(r"[0-9a-z]{6,12}")
LONGEST_NAME = 300


class NotADump(Exception):  # noqa: N818 - said of the file, in words for the person who gave it
    """The file is not a ROR dump; the message says what it is instead."""


@dataclass(frozen=True)
class Skipped:
    """A record that is not taken, and why, as a code that the report counts."""

    reason: str


@dataclass(frozen=True)
class Row:
    """An organisation as the directory will keep it. `names`: (kind, language, text)."""

    ror: str
    country: str
    type: str
    names: tuple[tuple[str, str, str], ...]
    place: str
    province: str
    latitude: float | None
    longitude: float | None
    website: str


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The JSON inside a dump: the file itself, or in a zip the newest schema that it holds. Raises `NotADump`."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as plain:
            yield plain
        return
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_chosen(archive)) as member:
            yield member
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise NotADump(f"the zip file is damaged: {error}") from error


def _chosen(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = {i.filename: i for i in archive.infolist() if i.filename.endswith(".json")}
    names = sorted(name for name in files if not name.startswith("__MACOSX/"))
    if not names:
        raise NotADump("the zip file holds no .json file")
    chosen = files[next((name for name in names if "schema_v2" in name), names[-1])]
    if chosen.flag_bits & 1:
        raise NotADump("the zip file is locked with a password")
    return chosen


def records(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The records of a dump, one at a time. Raises `NotADump` when it is not a JSON list of objects."""
    try:
        events = ijson.parse(stream, use_float=True)
        if next(events)[1] != "start_array":
            raise NotADump("the file is JSON, but not a list of organisations")
        for record in ijson.items(chain([("", "start_array", None)], events), "item"):
            if not isinstance(record, dict):
                raise NotADump("the file is a list, but not of organisations")
            yield record
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise NotADump(f"the file is not valid JSON: {error}") from error


def read(record: Mapping[str, Any], countries: frozenset[str]) -> Row | Skipped:
    """One record of either schema; organisations outside `countries`, withdrawn or nameless ones are skipped with the reason."""
    try:
        row = _whole(_second(record) if "names" in record else _first(record))
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        return Skipped("malformed")
    if row.country not in countries:
        return Skipped("other country")
    if record.get("status", "active") != "active":
        return Skipped(f"status {record['status']}")
    if not row.names:
        return Skipped("no name")
    return row


def _whole(row: Row) -> Row:
    """The row, if its parts are what they should be. Raises ValueError and TypeError."""
    texts = (row.country, row.place, row.province, row.website)
    if not IDENTIFIER.fullmatch(row.ror) or not all(isinstance(text, str) for text in texts):
        raise ValueError("not an organisation")
    on_earth = _within(row.latitude, 90) and _within(row.longitude, 180)
    return replace(
        row,
        place=_plain(row.place),
        province=_plain(row.province),
        website=row.website if row.website.startswith(("https://", "http://")) else "",
        latitude=row.latitude if on_earth else None,
        longitude=row.longitude if on_earth else None,
    )


def _within(value: object, bound: int) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) <= bound


def _plain(text: str) -> str:
    """Without NUL, which PostgreSQL does not keep, and without blanks around."""
    return text.replace("\0", "").strip()


def _second(record: Mapping[str, Any]) -> Row:
    details = record["locations"][0]["geonames_details"] if record["locations"] else {}
    return Row(
        ror=_identifier(record),
        country=details.get("country_code") or "",
        type=_type(record["types"]),
        names=_names(
            (name["value"], _kind(name["types"]), name.get("lang"), "ror_display" in name["types"])
            for name in record["names"]
        ),
        place=details.get("name") or "",
        province=details.get("country_subdivision_name") or "",
        latitude=details.get("lat"),
        longitude=details.get("lng"),
        website=next((link["value"] for link in record.get("links", []) if link["type"] == "website"), ""),
    )


def _first(record: Mapping[str, Any]) -> Row:
    address = (record.get("addresses") or [{}])[0]
    names = [
        (record["name"], "official", None, True),
        *((label["label"], "translation", label.get("iso639"), False) for label in record.get("labels", [])),
        *((alias, "alias", None, False) for alias in record.get("aliases", [])),
        *((acronym, "acronym", None, False) for acronym in record.get("acronyms", [])),
    ]
    return Row(
        ror=_identifier(record),
        country=record["country"]["country_code"],
        type=_type(record["types"]),
        names=_names(names),
        place=address.get("city") or "",
        province=address.get("state") or "",
        latitude=address.get("lat"),
        longitude=address.get("lng"),
        website=next(iter(record.get("links", [])), ""),
    )


def _identifier(record: Mapping[str, Any]) -> str:
    return str(record["id"]).rstrip("/").rsplit("/", 1)[-1]


def _type(types: list[str]) -> str:
    own = {t.lower() for t in types}
    return next((ours for theirs, ours in TYPES.items() if theirs in own), "institute")


def _kind(types: list[str]) -> str:
    for theirs, ours in (("acronym", "acronym"), ("ror_display", "official"), ("label", "translation")):
        if theirs in types:
            return ours
    return "alias"


def _names(names: Any) -> tuple[tuple[str, str, str], ...]:
    """Kinds, languages and texts; the displayed name first, each text once in each kind."""
    ordered = sorted(names, key=lambda name: not name[3])
    found = {
        (kind, _plain(text)[:LONGEST_NAME].strip()): LANGUAGES.get(lang or "", lang or "")
        for text, kind, lang, _ in ordered
        if _plain(text)
    }
    return tuple((kind, language, text) for (kind, text), language in found.items())
