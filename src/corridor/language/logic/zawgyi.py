"""Burmese in the old font encoding Zawgyi: finding it and turning it into Unicode.

Zawgyi stores what is seen, left to right (the vowel e and medial ra before their letter), and uses code points of
other Myanmar languages for shapes of its own. Converting is therefore reading: a visual syllable is taken apart, every
shape is named, and the parts are written in the order of Unicode Technical Note 11.
"""

import re
import unicodedata
import warnings
from functools import lru_cache
from typing import Final

from myanmartools import ZawgyiDetector

from corridor.language.logic.fold import mended_burmese_digits

_KINZI: Final = "\u1004\u103a\u1039"

# What each Zawgyi code point stands for where that differs from Unicode; virama + letter is a letter written below.
_SHAPES: Final[dict[str, str]] = {
    "\u1033": "\u102f",
    "\u1034": "\u1030",
    "\u1039": "\u103a",
    "\u103a": "\u103b",
    "\u107d": "\u103b",
    **dict.fromkeys("\u103b\u107e\u107f\u1080\u1081\u1082\u1083\u1084", "\u103c"),
    "\u103c": "\u103d",
    "\u103d": "\u103e",
    "\u1087": "\u103e",
    "\u105a": "\u102b\u103a",
    **{chr(0x1060 + place): "\u1039" + letter for place, letter in enumerate("ကခဂဃ")},
    "\u1064": _KINZI,
    "\u1065": "\u1039စ",
    "\u1066": "\u1039ဆ",
    "\u1067": "\u1039ဆ",
    "\u1068": "\u1039ဇ",
    "\u1069": "\u1039ဈ",
    "\u106a": "ဉ",
    "\u106b": "ည",
    "\u106c": "\u1039ဋ",
    "\u106d": "\u1039ဌ",
    "\u106e": "ဍ\u1039ဍ",
    "\u106f": "ဍ\u1039ဎ",
    "\u1070": "\u1039ဏ",
    "\u1071": "\u1039တ",
    "\u1072": "\u1039တ",
    "\u1073": "\u1039ထ",
    "\u1074": "\u1039ထ",
    **{chr(0x1075 + place): "\u1039" + letter for place, letter in enumerate("ဒဓနပဖဗဘမ")},
    "\u1085": "\u1039လ",
    "\u1086": "\u103f",
    "\u1088": "\u103e\u102f",
    "\u1089": "\u103e\u1030",
    "\u108a": "\u103d\u103e",
    "\u108b": _KINZI + "\u102d",
    "\u108c": _KINZI + "\u102e",
    "\u108d": _KINZI + "\u1036",
    "\u108e": "\u102d\u1036",
    "\u108f": "န",
    "\u1090": "ရ",
    "\u1091": "ဏ\u1039ဍ",
    "\u1092": "ဋ\u1039ဌ",
    "\u1093": "\u1039ဘ",
    "\u1094": "\u1037",
    "\u1095": "\u1037",
    "\u1096": "\u1039တ\u103d",
    "\u1097": "ဋ\u1039ဋ",
}

_BASES: Final = "\u1000-\u102a\u103f-\u1049\u104e\u106a\u106b\u106e\u106f\u1086\u108f\u1090-\u1092\u1097"
_BEFORE: Final = "\u1031\u103b\u107e-\u1084"
_AFTER: Final = (
    "\u102b-\u1030\u1032-\u103a\u103c\u103d\u105a\u1060-\u1069\u106c\u106d\u1070-\u107d\u1085\u1087-\u108e\u1093-\u1096"
)
_SYLLABLE: Final = re.compile(f"([{_BEFORE}]*)([{_BASES}])([{_AFTER}]*)")
_LONE: Final = re.compile(f"[{_BEFORE}{_AFTER}]")

_PARTS: Final = re.compile(f"{_KINZI}|\u1039.|.")
_ORDER: Final = "\u103b\u103c\u103d\u103e\u1031\u102d\u102e\u1032\u102f\u1030\u102b\u102c\u1036\u1037\u103a\u1038"
_ABBREVIATION: Final = re.compile("[\u1044\u104e](?:\u1004\u103a\u1038)?")


def to_unicode(text: str) -> str:
    """Zawgyi text as Unicode, in NFC; everything that is not Burmese stays as it is.

    The caller has to know that the text is Zawgyi (`is_zawgyi`): Unicode Burmese would be spoilt. The table and the
    order of parts are public knowledge about the font (Unicode Technical Note 11; the FAQ on Myanmar of unicode.org).
    """
    spelt = _SYLLABLE.sub(_spelt, text)
    spelt = re.sub("\u1025(?=\u1037?[\u103a\u102c])", "\u1009", spelt).replace("\u1025\u102e", "\u1026")
    spelt = spelt.replace("\u1005\u103b", "\u1008").replace("သ\u103c\u1031\u102c\u103a", "\u102a")
    spelt = re.sub("(?<![\u1040-\u1049])\u1044(?=\u1004\u103a\u1038)", "\u104e", spelt)
    spelt = re.sub("\u104e(?!\u1004\u103a\u1038)", "\u104e\u1004\u103a\u1038", spelt)
    return unicodedata.normalize("NFC", mended_burmese_digits(spelt))


def _spelt(syllable: re.Match[str]) -> str:
    before, base, after = syllable.groups()
    base = _SHAPES.get(base, base)
    parts = _PARTS.findall("".join(_SHAPES.get(shape, shape) for shape in before + after))
    kinzi = _KINZI if _KINZI in parts else ""
    below = "".join(dict.fromkeys(part for part in parts if len(part) == 2))
    marks = {part for part in parts if len(part) == 1}
    return kinzi + base + below + "".join(sorted(marks, key=_place_of))


def _place_of(mark: str) -> int:
    place = _ORDER.find(mark)
    return place if place >= 0 else len(_ORDER)


_MYANMAR_RUN: Final = re.compile("[\u1000-\u109f\uaa60-\uaa7f\u200b-\u200d ]+")


@lru_cache(maxsize=1)
def _detector() -> ZawgyiDetector:
    with warnings.catch_warnings():
        # The package opens its model with a function of importlib.resources that Python 3.11 calls deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        return ZawgyiDetector()


def zawgyi_probability(text: str) -> float:
    """How likely the Burmese in a text is Zawgyi and not Unicode, 0 to 1; 0 when there is no Burmese in it.

    The Markov model of `myanmartools` (Google, Apache-2.0), which also knows Shan, Mon and Karen in Unicode.
    """
    burmese = " ".join(_MYANMAR_RUN.findall(text)) if not text.isascii() else ""
    return max(0.0, _detector().get_zawgyi_probability(burmese)) if burmese.strip() else 0.0
