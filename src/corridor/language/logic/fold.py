"""The search key of a string: one form for everything that readers take to be the same writing."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from corridor.language.logic import fold_clusters, fold_vietnamese

# Default_Ignorable_Code_Point (Unicode 16) and the controls that are no white space.
_IGNORABLE_CLASS: Final = (
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IGNORABLE: Final = re.compile(f"[{_IGNORABLE_CLASS}]+")
_I: Final = f"[{_IGNORABLE_CLASS}]*"

_THAI: Final = f"(?:เ{_I}เ|[\u0e00-\u0e7f])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e{_IGNORABLE_CLASS}]*"
_LAO: Final = f"(?:ເ{_I}ເ|\u0eab{_I}[\u0e99\u0ea1]|[\u0e80-\u0eff])[\u0eb0-\u0ebc\u0ec8-\u0ece{_IGNORABLE_CLASS}]*"
_KHMER: Final = f"[\u1780-\u17ff](?:\u17d2{_I}[\u1780-\u17b3]|[\u17b6-\u17d3\u17dd{_IGNORABLE_CLASS}])*"
_MYANMAR_LETTERS: Final = "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
_MYANMAR_MARKS: Final = (
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
)
_MYANMAR: Final = f"[{_MYANMAR_LETTERS}](?:\u1039{_I}[\u1000-\u102a\u103f]|[{_MYANMAR_MARKS}{_IGNORABLE_CLASS}])*"
CLUSTERED: Final = "\u0e00-\u0eff\u1780-\u17ff" + _MYANMAR_LETTERS
_DIGITS: Final = "[\u0e50-\u0e59\u0ed0-\u0ed9\u1040-\u1049\u1090-\u1099\u17e0-\u17e9\ua9f0-\ua9f9]"
_CHUNK: Final = re.compile(f"{_DIGITS}|{_THAI}|{_LAO}|{_KHMER}|{_MYANMAR}|\\s+|[^\\s{CLUSTERED}]+")
_UNIT: Final = re.compile(
    f".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a{_IGNORABLE_CLASS}]*", re.DOTALL
)

_LOCAL_DIGITS: Final = {
    chr(zero + digit): str(digit) for zero in (0x0E50, 0x0ED0, 0x1040, 0x1090, 0x17E0, 0xA9F0) for digit in range(10)
}
_PUNCTUATION: Final = {
    **dict.fromkeys("’‘‛ʼʻ`´ʹ′‵", "'"),
    **dict.fromkeys("“”„‟«»″‹›「」『』《》〈〉", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘⸺⸻", "-"),
    **dict.fromkeys("•・‧∙⋅", "·"),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("〜～∼", "~"),
    **dict.fromkeys("ð", "đ"),  # Vietnamese Đ is often typed as the Icelandic letter, whose capital looks the same
    "。": ". ",
    "、": ", ",
    "【": " [",
    "】": "] ",
    "〔": " [",
    "〕": "] ",
}
_SIGNS: Final = str.maketrans(_PUNCTUATION)
_WIDE_SIGNS: Final = str.maketrans({"，": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") ", "！": "! ", "？": "? "})
_CLUSTER_DIGITS: Final = str.maketrans({**_LOCAL_DIGITS, "។": ".", "៕": ".", "၊": ",", "။": "."})

_BURMESE: Final = "\u1000-\u103f\u104c-\u109f\uaa60-\uaa7f"
_BURMESE_MARKS: Final = "\u102b-\u103e"
_BURMESE_SLIPS: Final = re.compile(
    f"\u1040(?=[{_BURMESE_MARKS}])"
    f"|(?<![\u1040-\u1049])\u1040(?=[{_BURMESE}])"
    f"|(?<=[{_BURMESE}])\u1040(?![\u1040-\u1049])"
    f"|\u1047(?=[{_BURMESE_MARKS}])"
    f"|(?<![\u1040-\u1049])\u1044(?=\u1004\u103a\u1038)"
    "|(?<=[\u1040-\u1049])\u101d(?=[\u1040-\u1049\u101d])|(?<=[\u1040-\u1049]\u101d)\u101d(?![\u102b-\u103e])"
)
_SLIP_TO_LETTER: Final = {"\u1040": "\u101d", "\u1047": "\u101b", "\u1044": "\u104e", "\u101d": "\u1040"}


def mended_burmese_digits(text: str) -> str:
    """Text of the same length with the digit zero typed for the letter wa put right, and its kin.

    Zero is the letter where a mark stands on it, or where it stands alone beside Burmese letters; so is seven for ra
    under a mark, four in the abbreviation of 'as aforesaid', and the letter wa for zero inside a number.
    """
    return _BURMESE_SLIPS.sub(lambda slip: _SLIP_TO_LETTER[slip[0]], text)


def without_surrogates(text: str) -> str:
    """Text of the same length with lone surrogates, which no database can hold, as U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def fold(text: str) -> str:
    """The search key of a text: equal for writings that readers take to be the same. Idempotent; never raises.

    NFKC and full case folding (Unicode Standard 3.13, D145-D147), invisible characters out, syllables of Khmer, Lao,
    Thai and Burmese in their standard order, one place for the Vietnamese tone, local digits as Latin ones, variants
    of punctuation as one, white space as single blanks. Traditional Chinese stays itself. Not for display.
    """
    key = _folded_once(text)
    if _is_plain(key):
        return key
    for _ in range(4):
        again = _folded_once(key)
        if again == key:
            break
        key = again
    return key


# Chains of compatibility mappings that need a second round live outside these blocks.
_PLAIN: Final = re.compile("[\\x20-\\x7e\u0e00-\u0eff\u1780-\u17ff\u1000-\u104f\u4e00-\u9fffa-zà-öø-ɏ\u1ea0-\u1eff]*")


_UNCOMPOSED: Final = re.compile("\u0e4d\u0e32|\u0ecd\u0eb2")


def _is_plain(key: str) -> bool:
    return _PLAIN.fullmatch(key) is not None and _UNCOMPOSED.search(key) is None


def _folded_once(text: str) -> str:
    if text.isascii():
        return " ".join(_IGNORABLE.sub("", text).lower().replace("`", "'").split())
    return " ".join("".join(map(_chunk_key, chunks(text))).split())


class Piece(NamedTuple):
    """A part of a text and its key; `start` and `end` are offsets in the text."""

    key: str
    start: int
    end: int


def chunks(text: str) -> list[str]:
    """The parts of a text that fold apart from each other; joined (with stray surrogates replaced) they are the text."""
    return _CHUNK.findall(mended_burmese_digits(without_surrogates(text)))


def pieces(text: str) -> list[Piece]:
    """The text in parts small enough to tell where each part of its key came from."""
    found: list[Piece] = []
    place = 0
    for chunk in chunks(text):
        found.extend(_pieces_of(chunk, place))
        place += len(chunk)
    return found


def _pieces_of(chunk: str, place: int) -> list[Piece]:
    whole = _chunk_key(chunk)
    if len(whole) == len(chunk) or len(chunk) == 1:
        return [Piece(whole, place, place + len(chunk))]
    units = [Piece(_chunk_key(unit[0]), place + unit.start(), place + unit.end()) for unit in _UNIT.finditer(chunk)]
    return units if "".join(unit.key for unit in units) == whole else [Piece(whole, place, place + len(chunk))]


def _chunk_key(chunk: str) -> str:
    return _short_key(chunk) if len(chunk) <= 24 else _key(chunk)


def _key(chunk: str) -> str:
    if chunk.isspace():
        return " "
    if chunk.isascii():
        return _IGNORABLE.sub("", chunk).lower().replace("`", "'")
    if _in_clusters(chunk[0]):
        return _cluster_key(chunk)
    chunk = _IGNORABLE.sub("", chunk.translate(_WIDE_SIGNS))
    chunk = _IGNORABLE.sub("", unicodedata.normalize("NFKC", chunk).casefold())
    chunk = unicodedata.normalize("NFKC", chunk).translate(_SIGNS)
    return fold_vietnamese.TONED_SYLLABLE.sub(lambda word: fold_vietnamese.placed(word[0]), chunk)


_short_key = lru_cache(maxsize=65536)(_key)


_CLUSTER_START: Final = re.compile(f"[{CLUSTERED}]")


def _in_clusters(character: str) -> bool:
    return _CLUSTER_START.match(character) is not None


def _cluster_key(chunk: str) -> str:
    cluster = unicodedata.normalize("NFKC", _IGNORABLE.sub("", chunk))
    if not cluster:
        return ""
    first = cluster[0]
    if first < "\u0e80":
        cluster = fold_clusters.thai(cluster)
    elif first < "\u0f00":
        cluster = fold_clusters.lao(cluster)
    elif "\u1780" <= first <= "\u17ff":
        cluster = fold_clusters.khmer(cluster)
    else:
        cluster = fold_clusters.myanmar(cluster)
    return cluster.translate(_CLUSTER_DIGITS)


_BARE_LETTERS: Final = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
_ACCENTED: Final = re.compile("([a-zæœ])[\u0300-\u036f]+")


def toneless(key: str) -> str:
    """A key without the tones and accents of Latin letters (`công nghệ` -> `cong nghe`); other scripts stay whole."""
    if key.isascii():
        return key
    bare = unicodedata.normalize("NFD", key.translate(_BARE_LETTERS))
    return unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", bare))
