"""Places that names of organisations speak of: which ones words may mean, and whether two words mean two of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from corridor.directory.logic import gazetteer, subdivisions
from corridor.directory.logic.keys import key_of

SHORTEST = 2
"""Letters of a name that is looked up: one alone means too many things."""


@cache
def localities(country: str, word: str) -> frozenset[str]:
    """The towns and provinces of a country (ISO 3166-1 alpha-2) that a word is a name of, in any script, as codes; mostly none."""
    if len(key_of(word)) < SHORTEST:
        return frozenset()
    towns = {f"{country}:{number}" for number in gazetteer.numbers_called(country, word)}
    province = subdivisions.recognised(country, word)
    return frozenset(towns | {province.code} if province else towns)


def localities_of(country: str, words: Iterable[str]) -> frozenset[str]:
    """All that some words may mean."""
    return frozenset().union(*(localities(country, word) for word in words))


def are_apart(country: str, one: str, other: str) -> bool:
    """Whether two words are names of two places and of none together: Hunan and Henan are alike in writing only."""
    mine, others = localities(country, one), localities(country, other)
    return bool(mine and others and not mine & others)
