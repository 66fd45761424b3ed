"""Places that names of organisations speak of: which ones words may mean, and whether two words mean two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from corridor.directory.logic import gazetteer, subdivisions
from corridor.directory.logic.keys import key_of
from corridor.language.logic.words_terms import atoms

LONGEST: Final = 8
"""Words with blanks around them, syllables or Chinese characters that a name of a place has at most."""

SHORTEST: Final = 2
"""Letters of a name that is looked up, and syllables or characters where there are no blanks: less means too many things."""


@cache
def localities(country: str, word: str) -> frozenset[str]:
    """The towns and provinces of a country (ISO 3166-1 alpha-2) that a text is a name of, in any script, as codes; mostly none."""
    if len(key_of(word)) < SHORTEST:
        return frozenset()
    towns = {f"{country}:{number}" for number in gazetteer.numbers_called(country, word)}
    province = subdivisions.recognised(country, word)
    return frozenset(towns | {province.code} if province else towns)


def localities_in(country: str, names: Iterable[str]) -> frozenset[str]:
    """The places that are named in some names, the longest that can be read from left to right."""
    return frozenset().union(*(found for name in names for found in _read(country, name)))


@lru_cache(maxsize=65536)
def _read(country: str, name: str) -> tuple[frozenset[str], ...]:
    return tuple(_longest_first(country, name))


def _longest_first(country: str, name: str) -> Iterator[frozenset[str]]:
    places = atoms(name).places
    first = 0
    while first < len(places):
        for last in range(min(first + LONGEST, len(places)) - 1, first - 1, -1):
            text = name[places[first][0] : places[last][1]]
            if (last > first or text.isascii() or " " in text) and (found := localities(country, text)):
                yield found
                first = last
                break
        first += 1


def are_apart(country: str, one: str, other: str) -> bool:
    """Whether two words are names of two places and of none together: Hunan and Henan are alike in writing only."""
    mine, others = localities(country, one), localities(country, other)
    return bool(mine and others and not mine & others)
