"""Long texts cut into passages that overlap by whole sentences, so that each can be placed by meaning on its own."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from icu4py.breakers import WordBreaker

from corridor.language.logic.sentences import segments

LIMIT: Final = 200
"""Tokens a passage, about: a long paragraph. The bundled model takes 510, but one vector then blurs several subjects."""

TOKENS_A_CHARACTER: Final = ((0x0000, 0.25), (0x0E00, 0.33), (0x2E80, 0.73))
"""From which character on how many tokens one makes: the bundled model's mean on our parallel sample, by script
(Latin 0.23-0.27; Thai, Lao, Burmese, Khmer 0.27-0.35; Chinese 0.73)."""

_COENG: Final = "\u17d2\u1039"
"""Khmer and Burmese signs that bind the next consonant under the last one."""


class Cut(NamedTuple):
    """A passage: `text` is the whole text's `[start:end]`, without blanks at its ends."""

    start: int
    end: int
    text: str


class _Costs:
    """How many tokens a part of one text makes, about."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        starts, rates = zip(*TOKENS_A_CHARACTER, strict=True)
        each = np.asarray(rates)[np.searchsorted(starts, codes, side="right") - 1]
        self._upto: npt.NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(each)])

    def of(self, start: int, end: int) -> float:
        return float(self._upto[end] - self._upto[start])

    def reach(self, start: int, limit: float) -> int:
        """The furthest end such that the part from `start` keeps within `limit`, at least one character on."""
        return max(start + 1, int(np.searchsorted(self._upto, self._upto[start] + limit + 1e-9, side="right")) - 1)


def tokens(text: str) -> float:
    """About how many of the bundled model's tokens `text` makes."""
    return _Costs(text).of(0, len(text))


def cut(text: str, spans: Sequence[tuple[int, int]], limit: int = LIMIT, overlap: int = 1) -> list[Cut]:
    """The passages of `text`, in order, each of about `limit` tokens at most.

    `spans` are its sentences as (start, end) in characters; what lies between two of them goes with the earlier one, so
    that every character that is not blank is in a passage. A passage repeats the last `overlap` sentences of the one
    before, unless they leave no room for a new one. A sentence above the limit is split between words, else between
    characters. A blank text has no passages. ValueError when `limit` is below one or `overlap` below nought.
    """
    if limit < 1 or overlap < 0:
        raise ValueError(f"a passage needs a limit of at least 1 and an overlap of at least 0, not {limit}, {overlap}")
    costs = _Costs(text)
    units = [part for unit in _units(text, spans) for part in _within(text, unit, limit, costs)]
    return [Cut(start, end, text[start:end]) for start, end in _joined(units, limit, overlap, costs)]


def _units(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, stretched over what lies between them, without blanks at their ends."""
    inner = sorted({start for start, _ in spans if 0 < start < len(text)})
    for start, end in pairwise([0, *inner, len(text)]):
        yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    bare = part.lstrip()
    if bare:
        yield end - len(bare), start + len(part.rstrip())


def _within(text: str, unit: tuple[int, int], limit: int, costs: _Costs) -> Iterator[tuple[int, int]]:
    """The sentence itself, or its parts, none above the limit."""
    start, end = unit
    if costs.of(start, end) <= limit:
        yield unit
        return
    borders = [start + stop for _, stop in segments(text[start:end], WordBreaker)]
    at = 0
    while costs.of(start, end) > limit:
        furthest = costs.reach(start, limit)
        while at < len(borders) and borders[at] <= furthest:
            at += 1
        border = borders[at - 1] if at and borders[at - 1] > start else _between_characters(text, start, furthest)
        yield from _trimmed(text, start, border)
        start = border
    yield from _trimmed(text, start, end)


def _between_characters(text: str, start: int, furthest: int) -> int:
    """The last place up to `furthest` where no mark is torn from its letter; `furthest` itself where there is none."""
    for place in range(furthest, start, -1):
        torn = unicodedata.category(text[place]).startswith("M") or text[place - 1] in _COENG
        if not torn:
            return place
    return furthest


def _joined(units: list[tuple[int, int]], limit: int, overlap: int, costs: _Costs) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(units):
        last = first
        while last + 1 < len(units) and costs.of(units[first][0], units[last + 1][1]) <= limit:
            last += 1
        yield units[first][0], units[last][1]
        if last + 1 == len(units):
            return
        fresh = last + 1
        first = max(first + 1, fresh - overlap)
        while first < fresh and costs.of(units[first][0], units[fresh][1]) > limit:
            first += 1
