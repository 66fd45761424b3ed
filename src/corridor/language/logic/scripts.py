"""Which script a character belongs to, as far as Corridor must tell scripts apart."""

import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import Final

# (first, last, script); Unicode 16 blocks. Letters and marks only count as a script when they are not digits or signs.
_RANGES: Final = (
    (0x0041, 0x024F, "latin"),
    (0x0250, 0x02AF, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x0DFF, "indic"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "hangul"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x1950, 0x19DF, "tai"),
    (0x1A20, 0x1AAF, "tai"),
    (0x1E00, 0x1EFF, "latin"),
    (0x2C60, 0x2C7F, "latin"),
    (0x2E80, 0x2FDF, "han"),
    (0x3005, 0x3007, "han"),
    (0x3021, 0x3029, "han"),
    (0x3040, 0x30FF, "kana"),
    (0x3100, 0x312F, "bopomofo"),
    (0x3130, 0x318F, "hangul"),
    (0x31F0, 0x31FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xA720, 0xA7FF, "latin"),
    (0xA9E0, 0xA9FF, "myanmar"),
    (0xAA60, 0xAA7F, "myanmar"),
    (0xAA80, 0xAADF, "tai"),
    (0xAB30, 0xAB6F, "latin"),
    (0xAC00, 0xD7FF, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0xFF21, 0xFF5A, "latin"),
    (0xFF66, 0xFF9F, "kana"),
    (0x1B000, 0x1B16F, "kana"),
    (0x20000, 0x3FFFF, "han"),
)
_STARTS: Final = tuple(first for first, _, _ in _RANGES)


@lru_cache(maxsize=16384)
def script_of(character: str) -> str:
    """The script of one character: `latin`, `khmer`, ..., `other` for other letters, `` for what is no letter.

    Combining marks of a script count for it; digits, punctuation, spaces and symbols belong to none.
    """
    code = ord(character)
    place = bisect_right(_STARTS, code) - 1
    if place >= 0 and code <= _RANGES[place][1]:
        script = _RANGES[place][2]
        return script if _is_written(character, script) else ""
    return "other" if character.isalpha() else ""


def _is_written(character: str, script: str) -> bool:
    if character.isalpha():
        return True
    if script in ("latin", "han") or character.isdigit():
        return character in "〇〻〆々"
    # Marks are category M; the punctuation of a script (។ ။ ฯ) does not say which language is written.
    return not character.isascii() and character.isprintable() and not _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSN"


def script_counts(text: str) -> Counter[str]:
    """How many letters and marks of each script a text has; scripts without any are absent."""
    counts: Counter[str] = Counter()
    for character, times in Counter(text).items():
        script = script_of(character)
        if script:
            counts[script] += times
    return counts


def main_script(text: str) -> str:
    """The script with most letters, `` when there is none; a tie goes to the script that is not Latin."""
    counts = script_counts(text)
    if not counts:
        return ""
    return max(counts, key=lambda script: (counts[script], script != "latin", script))
