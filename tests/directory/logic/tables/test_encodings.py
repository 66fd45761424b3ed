"""Files that are not UTF-8: the older encodings of the six are recognised, and nothing is taken for what it is not."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from corridor.directory.logic.tables.encodings import read_text
from corridor.directory.logic.tables.table import NotATable

PARALLEL = Path(__file__).resolve().parents[4] / "src" / "corridor" / "language" / "data" / "parallel"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def sentences(language: str) -> list[str]:
    """Sentences of the project's own parallel sample."""
    lines = [json.loads(line) for path in sorted(PARALLEL.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [line[language] for line in lines]


def table(language: str, rows: int) -> str:
    """A table of organisations as CSV."""
    file = io.StringIO()
    texts = sentences(language)
    said = [[texts[i % len(texts)][:40], "university", texts[i % len(texts)]] for i in range(rows)]
    csv.writer(file).writerows([["name", "type", "about"], *said])
    return file.getvalue()


def as_windows_1258(text: str) -> bytes:
    """Vietnamese as that code page keeps it: letters with their roof or hook whole, tone marks apart."""

    def letter(sign: str) -> str:
        base, tones = "", ""
        for part in unicodedata.normalize("NFD", sign):
            base, tones = (base, tones + part) if part in TONES else (unicodedata.normalize("NFC", base + part), tones)
        return base + tones

    return "".join(letter(sign) for sign in unicodedata.normalize("NFC", text)).encode("cp1258", "replace")


@pytest.mark.parametrize("rows", [2, 10, 300])
@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("zh-hans", "gb18030"),
        ("th", "cp874"),
        ("zh-hans", "utf-16-le"),
        ("zh-hans", "utf-16-be"),
        ("km", "utf-16-le"),
        ("my", "utf-16-be"),
        ("lo", "utf-16-le"),
    ],
)
def test_an_older_encoding_is_recognised_and_said_to_be_a_guess(language: str, encoding: str, rows: int) -> None:
    text = table(language, rows)
    found = read_text(text.encode(encoding, "replace"))
    assert (found.encoding, found.is_guessed) == (encoding, True)
    assert found.text == text.encode(encoding, "replace").decode(encoding)


@pytest.mark.parametrize("rows", [2, 10, 300])
def test_windows_1258_is_recognised(rows: int) -> None:
    text = table("vi", rows).replace("–", "-").replace("“", '"').replace("”", '"')
    found = read_text(as_windows_1258(text))
    assert (found.encoding, found.is_guessed) == ("cp1258", True)
    assert unicodedata.normalize("NFC", found.text)[:200] == unicodedata.normalize("NFC", text)[:200]


@pytest.mark.parametrize("language", ["en", "km", "lo", "my", "th", "vi", "zh-hans"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_itself_what_it_is_is_certain(language: str, encoding: str) -> None:
    text = table(language, 5)
    found = read_text(text.encode(encoding))
    assert (found.text, found.is_guessed) == (text, False)


def test_an_encoding_that_was_said_is_no_guess() -> None:
    found = read_text(table("th", 3).encode("cp874", "replace"), "cp874")
    assert (found.encoding, found.is_guessed) == ("cp874", False)


@pytest.mark.parametrize(
    ("data", "encoding", "code"),
    [
        ("ສະບາຍດີ".encode(), "cp1258", "encoding_wrong"),
        ("name,type\nПриветствие всем людям доброй воли,university\n".encode("koi8-r"), "", "encoding_unknown"),
        ("name\n".encode("utf-32"), "", "encoding_unknown"),
        (bytes(range(256)) * 20, "", "binary"),
        (b"\0" * 1000, "", "binary"),
        (b"name\0,type", "utf-8", "binary"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, encoding: str, code: str) -> None:
    with pytest.raises(NotATable) as refusal:
        read_text(data, encoding)
    assert refusal.value.code == code
