"""Where a Vietnamese syllable carries its tone: one place for every spelling (hoá and hóa, thuỷ and thủy)."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONED: Final = "àáãảạằắẵẳặầấẫẩậèéẽẻẹềếễểệìíĩỉịòóõỏọồốỗổộờớỡởợùúũủụừứữửựỳýỹỷỵ"
_LETTERS: Final = "a-zăâđêôơư" + _TONED
TONED_SYLLABLE: Final = re.compile(f"(?<![{_LETTERS}])[{_LETTERS}]{{2,7}}(?![{_LETTERS}])")

_ONSET: Final = "ngh|ng|gh|gi|qu|ch|kh|nh|ph|th|tr|[bcdđghklmnpqrstvx]"
_NUCLEUS: Final = (
    "iêu|oai|oao|oay|oeo|uai|uao|uây|uôi|uya|uyê|uyu|ươi|ươu|yêu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|"
    "[aăâeêioôơuưy]"
)
SYLLABLE: Final = re.compile(f"({_ONSET})?({_NUCLEUS})(ch|ng|nh|[cmnpt])?")
_QUALITY: Final = frozenset("ăâêôơư")
_I_FOR_Y: Final = frozenset("hklmstv")


@lru_cache(maxsize=8192)
def placed(syllable: str) -> str:
    """A lower-case NFC word with its tone mark where the newer spelling puts it, and i for y after a lone consonant.

    Words that are no toned Vietnamese syllable come back as they are. Source: the two spellings of the tone in
    Quyết định 240/QĐ (1984) and older dictionaries; i for y as in kĩ thuật and kỹ thuật.
    """
    bare, tone = _apart(syllable)
    match = SYLLABLE.fullmatch(bare) if tone else None
    if match is None:
        return syllable
    onset, nucleus, coda = (part or "" for part in match.groups())
    if nucleus == "y" and not coda and onset in _I_FOR_Y:
        nucleus = "i"
    seat = _seat(nucleus, coda)
    carried = nucleus[: seat + 1] + tone + nucleus[seat + 1 :]
    return unicodedata.normalize("NFC", onset + carried + coda)


def _apart(word: str) -> tuple[str, str]:
    """The word without its tone and the tone's mark; the mark is empty when there is none or more than one."""
    apart = unicodedata.normalize("NFD", word)
    tones = [mark for mark in apart if mark in _TONES]
    if len(tones) != 1:
        return word, ""
    return unicodedata.normalize("NFC", apart.replace(tones[0], "")), tones[0]


def _seat(nucleus: str, coda: str) -> int:
    """Which letter of the nucleus carries the tone."""
    with_quality = [place for place, letter in enumerate(nucleus) if letter in _QUALITY]
    if with_quality:
        return with_quality[-1]
    if coda:
        return len(nucleus) - 1
    if len(nucleus) == 2:
        return 1 if nucleus in ("oa", "oe", "uy") else 0
    return len(nucleus) // 2


def without_tone(word: str) -> str:
    """A lower-case NFC word without its tone mark; letters keep their quality (ế -> ê)."""
    return _apart(word)[0]
