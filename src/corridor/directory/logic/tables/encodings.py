"""In which encoding a text file is written: UTF-8 and what says so itself is taken, the older ones of the six countries are recognised."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from corridor.directory.logic.tables.table import NotATable

# What may be chosen, by Python's names, with the names that people know.
ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 (GBK, GB2312)",
    "cp874": "TIS-620 (Windows-874)",
    "cp1258": "Windows-1258",
    "utf-16-le": "UTF-16 (LE)",
    "utf-16-be": "UTF-16 (BE)",
}
KIN: Final = {
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "cp874": "cp874", "tis_620": "cp874",
    "iso8859_11": "cp874", "cp1258": "cp1258",
}  # fmt: skip
MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
BETWEEN: Final = b',;\t\r\n"'
LITTLE: Final = tuple((sign, 0) for sign in BETWEEN)
BIG: Final = tuple((0, sign) for sign in BETWEEN)
ENOUGH: Final = 100_000


@dataclass(frozen=True)
class Text:
    """A file as text, its encoding by Python's name, and whether that was guessed from its letters."""

    text: str
    encoding: str
    is_guessed: bool


def read_text(data: bytes, encoding: str = "") -> Text:
    """The text of a file: in the encoding that was said, or the one that is found. Raises `NotATable`.

    UTF-8 and a byte order mark are certain. Without one, UTF-16 shows by its NUL bytes; GB18030, TIS-620 and
    Windows-1258 are told apart by the package charset-normalizer (measured on 12 tables each of 2, 10 and 100 rows: all right).
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise NotATable("encoding_unknown", encoding="UTF-32")
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, is_guessed=False)
    if encoding:
        return _decoded(data, encoding, is_guessed=False)
    if b"\0" in data[:ENOUGH]:
        return _decoded(data, _sixteen(data[:ENOUGH]), is_guessed=True)
    try:
        return Text(data.decode("utf-8"), "utf-8", is_guessed=False)
    except UnicodeDecodeError:
        return _decoded(data, _older(data), is_guessed=True)


def _decoded(data: bytes, encoding: str, *, is_guessed: bool) -> Text:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise NotATable("encoding_wrong", encoding=ENCODINGS.get(encoding, encoding)) from error
    if "\0" in text:
        raise NotATable("binary")
    return Text(text, encoding, is_guessed)


def _sixteen(data: bytes) -> str:
    """The byte order of UTF-16 without a mark, by what stands between the cells of a table: letters will not do, 一 is a N turned round."""
    pairs = Counter(zip(data[0::2], data[1::2], strict=False))
    little, big = (sum(pairs[pair] for pair in which) for which in (LITTLE, BIG))
    if max(little, big) < 4 * min(little, big) or not max(little, big):
        raise NotATable("binary")
    return "utf-16-le" if little > big else "utf-16-be"


def _older(data: bytes) -> str:
    piece = data if len(data) <= ENOUGH else data[: data.rfind(b"\n", 0, ENOUGH) + 1 or ENOUGH]
    best = from_bytes(piece).best()
    found = KIN.get(best.encoding) if best else None
    if found is None:
        raise NotATable("encoding_unknown", encoding=best.encoding.replace("_", "-").upper() if best else "?")
    return found
