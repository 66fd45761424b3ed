"""Reasons: which sentence of what was found answers which sentence of what was asked, and which words they share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corridor.language.logic.sentences import sentences
from corridor.language.logic.words import words

SHORTEST = 12  # characters: less than this says too little to be shown as a reason


@dataclass(frozen=True)
class Reason:
    """Why something was found. `marks` are (start, end) in `sentence` of the words that were asked for."""

    asked: str
    sentence: str
    marks: tuple[tuple[int, int], ...]

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The sentence in pieces, each with whether it is marked."""
        result, at = [], 0
        for start, end in self.marks:
            result += [(self.sentence[at:start], False), (self.sentence[start:end], True)]
            at = end
        return [(text, marked) for text, marked in [*result, (self.sentence[at:], False)] if text]


def candidates(text: str, most: int = 12) -> list[str]:
    """The sentences of a text that can be shown as a reason, in order; the whole text when it has none."""
    found = [text[s.start : s.end].strip() for s in sentences(text)]
    return [s for s in found if len(s) >= SHORTEST][:most] or [text.strip()[:300]]


def align(
    asked: Sequence[str],
    asked_vectors: npt.NDArray[np.float32],
    found: Sequence[str],
    found_vectors: npt.NDArray[np.float32],
) -> tuple[str, str]:
    """The pair of sentences that are nearest: (asked, found). Vectors are (n, d) and (m, d), one row a sentence."""
    near = asked_vectors @ found_vectors.T
    row, column = np.unravel_index(int(near.argmax()), near.shape)
    return asked[int(row)], found[int(column)]


def most_shared(found: Sequence[str], lexemes: Collection[str]) -> str:
    """Without meaning: the sentence with the most words that were asked for, the first of equals."""
    return max(found, key=lambda sentence: len({w.key for w in words(sentence)} & set(lexemes)), default="")


def marked(sentence: str, lexemes: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where in a sentence the words stand that were asked for, in order, neighbours joined."""
    wanted = set(lexemes)
    merged: list[tuple[int, int]] = []
    for start, end in sorted((w.start, w.end) for w in words(sentence) if w.key in wanted):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
