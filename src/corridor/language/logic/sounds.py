"""How a name sounds, whatever it is written in: its consonants in a few classes, and the pieces of that by which names meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from anyascii import anyascii

MARK: Final = "\u2248"
INSIDE: Final = "\u224b"
"""What lexemes of sounds begin with (the signs ≈ and ≋), so that they are never taken for words: of short lines, which are names

themselves, and of lines in which a name may stand."""

SIZES: Final = {MARK: (2, 3), INSIDE: (3, 4)}
"""How many neighbours make a piece. In longer lines pairs are in everything, as counted on the project's own sample."""

ASKS: Final = {MARK: (3, 10), INSIDE: (5, 14)}
"""Consonants of a question, fewest and most: with less much sounds alike, with more it is no name."""

SHORT_LINE: Final = 10
LONGEST_LINE: Final = 120
"""Consonants of a line that is a name itself; characters of one that can hold a name: what is longer is a sentence."""

MOST_OF_A_LINE: Final = 60

_THAI, _LAO, _KHMER = "\u0e00-\u0e7f", "\u0e80-\u0eff", "\u1780-\u17ff"
_MYANMAR, _HAN = "\u1000-\u109f", "\u3400-\u4dbf\u4e00-\u9fff"
_LOCAL: Final = re.compile(f"[{_MYANMAR}]+|[{_HAN}]+")

# What is written and not said: Thai, Lao and Khmer letters under their sign of silence.
_SILENT: Final = re.compile("[ก-ฮກ-ຮ][\u0e34-\u0e39\u0eb4-\u0eb9]?[\u0e4c\u0ecc]")

# Where letters together say something else than each by itself, by how the orthographies are taught.
_TOGETHER: Final = {
    "ဂျ": "s", "ကျ": "s", "ချ": "s", "ရှ": "s", "သျှ": "s", "လျှ": "s", "ဗ": "v",
    "ຊ": "s", "ຈ": "s", "ໍາ": "am", "ໍ່າ": "am", "ໍ້າ": "am", "ຫຼ": "l", "ຫລ": "l", "ຫນ": "n", "ຫມ": "m",
    "ํา": "am", "ทร": "t", "ศร": "s", "สร": "s", "จร": "s", "หล": "l", "หน": "n", "หม": "m",
    "ហ្វ": "f", "ហ្គ": "g", "ហ្ស": "s", "ហ្ន": "n", "ហ្ល": "l", "ហ្ម": "m", "ាំង": "ang",
}  # fmt: skip
_TOGETHER_SEEN: Final = re.compile("|".join(sorted(_TOGETHER, key=len, reverse=True)))

_VIETNAMESE: Final = re.compile("[ăâđêôơư\u1ea0-\u1ef9]")
_SAID: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "myanmar": (("c", "s"), ("rh", "s")),
    "han": (("zh", "s"), ("ch", "s"), ("c", "s"), ("q", "s"), ("j", "k"), ("er", "l"), ("ng", "n")),
    "vietnamese": (("gi", "s"), ("tr", "t"), ("ngh", "n"), ("x", "s")),
    "any": (
        ("x", "ks"), ("tch", "s"), ("sch", "s"), ("ph", "p"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("kh", "k"),
        ("ck", "k"), ("bh", "b"), ("dh", "d"), ("ng", "n"), ("ny", "n"), ("nh", "n"),
    ),
}  # fmt: skip
_SOFT_C: Final = re.compile("c(?=[eiy])")
_FIRST_X: Final = re.compile(r"\bx")
_QUIET_GH: Final = re.compile("(?<=[aeiou])gh")
_CLASSES: Final = {
    **dict.fromkeys("bfp", "p"),
    **dict.fromkeys("dt", "t"),
    **dict.fromkeys("cgkq", "k"),
    **dict.fromkeys("jsxz", "s"),
    **dict.fromkeys("lr", "l"),
    **dict.fromkeys("vw", "w"),
    "m": "m",
    "n": "n",
}
_AGAIN: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def sound(text: str) -> str:
    """The consonants of a short text as classes (p, t, k, s, l, w, m, n); '' where there is none.

    In the manner of Soundex (Russell 1918), for writings of the seven languages: letters come into Latin ones by anyascii,
    after what each orthography writes together or leaves silent; then voice and breath, which the writings render each
    in its own way, fall away with the vowels, and of those of one class with nothing left between them one stays. So
    London, ລອນດອນ, လန်ဒန်, ลอนดอน and 伦敦 are all lntn.
    """
    text = unicodedata.normalize("NFC", text).casefold()
    vietnamese = _VIETNAMESE.search(text) is not None
    text = _SILENT.sub("", text)
    text = _TOGETHER_SEEN.sub(lambda seen: _TOGETHER[seen[0]], text)
    text = anyascii(_LOCAL.sub(lambda run: _in_latin(run[0]), text)).lower()
    text = _QUIET_GH.sub("", _FIRST_X.sub("s", _SOFT_C.sub("s", text)))
    if vietnamese:
        text = _as_said(text, "vietnamese")
    text = _as_said(text, "any")
    return _AGAIN.sub(r"\1", "".join(_CLASSES.get(letter, "") for letter in text))


def _in_latin(run: str) -> str:
    return _as_said(anyascii(run).lower(), "han" if re.match(f"[{_HAN}]", run) else "myanmar")


def _as_said(text: str, how: str) -> str:
    for written, said in _SAID[how]:
        text = text.replace(written, said)
    return text


def sounds_of(text: str) -> list[str]:
    """The lexemes by which a text can be found by its sound: those of each line that is short enough for a name.

    Every line gives pieces of neighbouring classes, its beginning and end counting as neighbours; so does each word of a line,
    so that a name is met inside a longer one.
    """
    found: dict[str, None] = {}
    for line in text.splitlines():
        if len(line) <= LONGEST_LINE:
            is_short = len(sound(line)) <= SHORT_LINE
            for part in dict.fromkeys((line, *line.split())):
                said = sound(part)[:MOST_OF_A_LINE]
                found |= _pieces(said, INSIDE) if not is_short else _pieces(said, MARK) | _pieces(said, INSIDE)
    return list(found)


def sounds_asked(text: str) -> list[str]:
    """The lexemes that a question asks with; none where it is too long for a name, or too short to be told from others."""
    text = text.strip()
    if "\n" in text or len(text) > LONGEST_LINE:
        return []
    said = sound(text)
    return [
        piece for mark, (fewest, most) in ASKS.items() if fewest <= len(said) <= most for piece in _pieces(said, mark)
    ]


def _pieces(said: str, mark: str) -> dict[str, None]:
    if not said:
        return {}
    whole = f"^{said}$"
    return dict.fromkeys(mark + whole[i : i + size] for size in SIZES[mark] for i in range(len(whole) - size + 1))
