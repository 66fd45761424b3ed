"""Names of organisations read so that they can be compared: their key, their telling words, their initials, and which body they name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from corridor.directory.logic import body_words as said
from corridor.directory.logic.keys import key_of
from corridor.language.logic.identify import identify
from corridor.language.logic.scripts import main_script
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.logic.words import Word, fold, toneless, words

TONGUES: Final = {"khmer": "km", "lao": "lo", "myanmar": "my", "thai": "th", "han": "zh-hans"}
VIETNAMESE_LETTERS: Final = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
NUMBER: Final = re.compile(r"\d+")
CHINESE_NUMBERS: Final = re.compile("第([一二三四五六七八九十]+)")
CHINESE_DIGITS: Final = {sign: str(number) for number, sign in enumerate("一二三四五六七八九", 1)} | {"十": "10"}
ORDINALS: Final = {
    **{"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8"},
    **{"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "one": "1", "two": "2", "three": "3"},
}  # fmt: skip
MOST_NAMES_READ: Final = 65536
SHORTEST_HELD: Final = 6  # a shorter name is found in too many others
SLIP: Final = 0.92
ENGLISH: Final = frozenset({"of", "the", "and", "for"}) | {
    word
    for table in (said.UNITS, said.LEVELS, said.FIELDS)
    for listed in table.values()
    for word in listed.split()
    if word.isascii()
}


@dataclass(frozen=True)
class Name:
    """A name as it is compared.

    `key`: its letters and digits, folded, without tone marks. `tongue`: one of our languages, or the script where none is written in it;
    names of one tongue are compared letter by letter, others by meaning. `words`: the telling ones, in order. `marks`: which sort of
    body it names, as `unit:hospital`, `level:university`, `field:medicine` and `number:2`.
    """

    text: str
    key: str
    tongue: str
    words: tuple[str, ...]
    marks: frozenset[str]
    is_acronym: bool = False

    @property
    def script(self) -> str:
        """What it is written in, as far as comparing letters goes."""
        return "latin" if self.tongue in ("en", "vi") else self.tongue

    @property
    def folded(self) -> str:
        """Its key with the tone marks that it was written with."""
        return "".join(sign for sign in fold(plainly(self.text)) if unicodedata.category(sign)[0] in "LMN")

    @property
    def initials(self) -> frozenset[str]:
        """First letters of its words, with the small words and without, where it is written in Latin letters."""
        if not self.key.isascii() or self.is_acronym:
            return frozenset()
        every = re.findall(r"[a-z0-9]+", toneless(fold(plainly(self.text))).replace("'", ""))
        telling = [word for word in every if word not in said.SMALL]
        return frozenset("".join(word[0] for word in some) for some in (every, telling) if len(some) > 1)


def likeness_of_keys(key: str, wanted: Iterable[str]) -> int | None:
    """How alike a name's key is to any of those wanted: 0 the same, 1 one holds the other, 2 a slip of the pen apart, None otherwise.

    Made for looking through all names of a country at once; `likeness.compare` looks closer.
    """
    if key in wanted:
        return 0
    near = [other for other in wanted if min(len(key), len(other)) >= SHORTEST_HELD]
    if any(key in other or other in key for other in near):
        return 1
    return 2 if any(Levenshtein.normalized_similarity(key, other) >= SLIP for other in near) else None


@lru_cache(maxsize=MOST_NAMES_READ)
def read_name(text: str, language: str = "", *, is_acronym: bool = False) -> Name:
    """A name read for comparing. `language` as the directory knows it, '' where it does not."""
    plain = plainly(text)
    tongue = tongue_of(plain, language)
    telling = tuple(telling_words(plain))
    return Name(text, key_of(plain), tongue, telling, marks_of(telling, tongue, plain), is_acronym or looks_short(text))


def plainly(text: str) -> str:
    """The name with what is cut short spelt out, and without an abbreviation in brackets behind it."""
    bare = re.sub(r"\s*[(（\[]\s*[A-Z0-9&.\-]{2,12}\s*[)）\]]\s*$", "", text).strip()
    for pattern, by in said.SHORT:
        bare = re.sub(pattern, by, bare)
    return bare if any(sign.isalnum() for sign in bare) else text


def looks_short(text: str) -> bool:
    """Whether a name is an abbreviation: one word of capitals."""
    return text.isascii() and text.isupper() and len(text) <= 10 and " " not in text.strip()


def telling_words(text: str) -> list[str]:
    """The words of a name without tone marks, small words left out and abbreviations spelt out."""
    found = words(text.replace("'", "").replace("’", ""))
    plain = [word for word in found if word.weight_class == "B"]
    exact = [word for word in found if word.weight_class != "B" and not any(_overlap(word, other) for other in plain)]
    bare = [key_of(word.key) for word in sorted([*plain, *exact], key=lambda word: word.start)]
    return [said.LONG.get(word, word) for word in bare if word and word not in said.SMALL]


def _overlap(one: Word, other: Word) -> bool:
    return one.start < other.end and other.start < one.end


def tongue_of(text: str, language: str) -> str:
    """Which language a name is compared in: its script's where the script has one, else the one it is known or guessed to be in."""
    script = main_script(text)
    if script in TONGUES:
        return TONGUES[script]
    if script != "latin":
        return script
    if VIETNAMESE_LETTERS.search(fold(text)):
        return "vi"
    if language in LANGUAGES and language not in TONGUES.values():
        return language
    if ENGLISH & set(re.findall("[a-z]+", fold(text))):  # names of places alone would be taken for Vietnamese
        return "en"
    guess = identify(text)
    return "vi" if guess.language == "vi" and guess.sure else "en"


def marks_of(telling: Sequence[str], tongue: str, text: str) -> frozenset[str]:
    """What a name says of the sort of body. `telling`: its words; the longest word that fits counts."""
    is_latin = tongue in ("en", "vi")
    whole = f" {'  '.join(telling)} " if is_latin else key_of(text)  # blanks twice, so that neighbours do not share one
    tables = [*_tables(tongue), *(_tables("en") if tongue == "vi" else ())]
    found = {table[" ".join(match[0].split())] for pattern, table in tables for match in pattern.finditer(whole)}
    return frozenset(found | {f"number:{number}" for number in numbers_in(telling, text)})


def numbers_in(telling: Sequence[str], text: str) -> set[str]:
    """Numbers in a name, however they are written; years are left out, since a name may or may not tell its own."""
    found = {str(int(number)) for number in NUMBER.findall(" ".join(telling))}
    found |= {ORDINALS[word] for word in telling if word in ORDINALS}
    found |= {CHINESE_DIGITS.get(sign, sign) for sign in CHINESE_NUMBERS.findall(text)}
    return {number for number in found if not (len(number) == 4 and number[0] in "12")}


@lru_cache(maxsize=16)
def _tables(tongue: str) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """For units with levels, and for fields: what to look for, and which mark each word gives."""
    if tongue == "vi":
        bodies = _marked(said.VIETNAMESE, lambda listed: listed.split("|"))
        fields = _marked(said.VIETNAMESE_FIELDS, lambda listed: listed.split("|"), "field")
    elif tongue == "en":
        latin = lambda listed: [said.LONG.get(word, word) for word in listed.split() if word.isascii()]  # noqa: E731
        bodies = _marked(said.UNITS | said.LEVELS, latin)
        fields = _marked(said.FIELDS, latin, "field")
    else:
        local = lambda listed: [key_of(word) for word in listed.split() if not word.isascii()]  # noqa: E731
        bodies, fields = _marked(said.UNITS | said.LEVELS, local), _marked(said.FIELDS, local, "field")
    is_spaced = tongue in ("en", "vi")
    return tuple((_longest_first(table, is_spaced=is_spaced), table) for table in (bodies, fields))


def _marked(listed: Mapping[str, str], cut: Callable[[str], list[str]], sort: str = "") -> dict[str, str]:
    """Word → mark."""
    sorts = {mark: sort or ("unit" if mark in said.UNITS else "level") for mark in listed}
    return {word: f"{sorts[mark]}:{mark}" for mark, listed_words in listed.items() for word in cut(listed_words)}


def _longest_first(table: Mapping[str, str], *, is_spaced: bool) -> re.Pattern[str]:
    longest = sorted(table, key=len, reverse=True)
    if is_spaced:
        return re.compile("|".join(f" {word.replace(' ', '  ')} " for word in longest))
    return re.compile("|".join(map(re.escape, longest)))
