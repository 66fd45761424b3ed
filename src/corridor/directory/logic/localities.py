"""Places that names of organisations speak of: which ones words may mean, and whether two words mean two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from corridor.directory.logic import gazetteer, subdivisions
from corridor.directory.logic.keys import key_of
from corridor.language.logic.scripts import main_script
from corridor.language.logic.words_terms import atoms

LONGEST: Final = 8
"""Words with blanks around them, syllables or Chinese characters that a name of a place has at most."""

SHORTEST: Final = 2
"""Letters of a name that is looked up: one alone means too many things."""

Spans = Sequence[tuple[int, int]]


@lru_cache(maxsize=16384)
def localities(country: str, word: str) -> frozenset[str]:
    """The towns and provinces of a country (ISO 3166-1 alpha-2) that a text is a name of, in any script, as codes; mostly none."""
    if len(key_of(word)) < SHORTEST:
        return frozenset()
    towns = {f"{country}:{number}" for number in gazetteer.numbers_called(country, word)}
    province = subdivisions.recognised(country, word)
    return frozenset(towns | {province.code} if province else towns)


def localities_in(country: str, name: str, known: Spans = ()) -> frozenset[str]:
    """The places that a name names, the longest that can be read from left to right.

    `known`: where in it stands what is no name (language/logic/proper.py), as characters. A place may begin or end there, as Nakhon
    Phanom does with the word for a city; what lies wholly in one of them is no place. In scripts without blanks one syllable is none.
    """
    return frozenset().union(*_read(country, name, tuple(known)))


def _read(country: str, name: str, known: Spans) -> Iterator[frozenset[str]]:
    places = atoms(name).places
    first = 0
    while first < len(places):
        for last in range(min(first + LONGEST, len(places)) - 1, first - 1, -1):
            start, end = places[first][0], places[last][1]
            if any(begins <= start and end <= ends for begins, ends in known):
                continue
            text = name[start:end]
            if (last > first or main_script(text) == "latin") and (found := localities(country, text)):
                yield found
                first = last
                break
        first += 1


def are_apart(country: str, one: str, other: str) -> bool:
    """Whether two words are names of two places and of none together: Hunan and Henan are alike in writing only."""
    mine, others = localities(country, one), localities(country, other)
    return bool(mine and others and not mine & others)
