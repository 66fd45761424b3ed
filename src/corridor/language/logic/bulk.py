"""Many standing questions put to many new passages at once, with the scores that a search would give them, but for sounds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from corridor.language.logic.fusion import EXACT_WEIGHT, SHARPNESS, WORDS_WEIGHT
from corridor.language.logic.words import Term

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

NEAR_ENOUGH: Final[Mapping[str, float]] = {
    "en": -0.10, "km": -0.14, "lo": -0.12, "my": -0.13, "th": -0.10, "vi": -0.10, "zh-hans": -0.09,
}  # fmt: skip
"""What a passage must reach to be told of or suggested, by the language of the question.

Of all sentences and passages of the parallel sample that are about something else, one in a hundred reaches it for a term, phrase or
question of the sample, whichever language asks; measured on halves of the sample that did not give the correction (docs/matching.md)."""

ANY_LANGUAGE: Final = -0.10

CELLS: Final = 4_000_000
"""Numbers that one step holds at most, so that memory does not grow with the passages."""


def near_enough(language: str | None) -> float:
    """What a passage must reach for a question in that language."""
    return NEAR_ENOUGH.get(language or "", ANY_LANGUAGE)


class Standing:
    """Questions made ready once, for any number of passages.

    `vectors`: (n, d), one row for each question; `terms` and `weights`: n lists of the same lengths. A score is that of
    `fusion.fuse`, within rounding to 32 bits: the inner product, plus how much of the question's rarity is covered, sharpened, plus
    the coverage of exact terms; a concept answers for the words that it stands for.
    """

    def __init__(self, vectors: Floats, terms: Sequence[Sequence[Term]], weights: Sequence[Sequence[float]]) -> None:
        self.vectors = np.asarray(vectors, dtype=np.float32)
        self._lexemes: dict[str, int] = {}
        owners: list[int] = []
        rows: list[int] = []
        shares: list[float] = []
        exact: list[float] = []
        answers: list[tuple[int, int, float]] = []  # place of a word, row of a concept that answers for it, its worth
        for number, (own, heavy) in enumerate(zip(terms, weights, strict=True)):
            said = [(t, w) for t, w in zip(own, heavy, strict=True) if t.kind != "concept"]
            whole = sum(w for _, w in said) or np.inf
            sharp = sum(w for t, w in said if t.kind == "exact") or np.inf
            for term, weight in said:
                answers += [
                    (len(rows), self._row(c.lexeme), c.worth)
                    for c in own
                    if c.kind == "concept" and c.position <= term.position <= c.until
                ]
                owners.append(number)
                rows.append(self._row(term.lexeme))
                shares.append(weight / whole)
                exact.append(weight / sharp if term.kind == "exact" else 0.0)
        self._owners, self._rows = np.array(owners, dtype=np.intp), np.array(rows, dtype=np.intp)
        self._shares, self._exact = np.array(shares, dtype=np.float32), np.array(exact, dtype=np.float32)
        self._answers = _in_rounds(answers)

    def __len__(self) -> int:
        return len(self.vectors)

    def near(
        self, vectors: Floats, lexemes: Sequence[Collection[str]], *, least: Sequence[float]
    ) -> Iterator[tuple[Places, Places, Floats]]:
        """Pairs that are near enough, step by step: places of the questions, places of the passages, and the scores of the pairs.

        `least`: (n,) what each question asks for;
        `vectors`: (m, d) of the passages, NaN in rows without meaning, which reach nothing; `lexemes`: what stands in each.
        """
        wanted = np.asarray(least, dtype=np.float32)[:, None]
        step = max(1, CELLS // max(len(self.vectors), 1))
        for start in range(0, len(vectors), step):
            scores = self.scores(vectors[start : start + step], lexemes[start : start + step])
            questions, passages = np.nonzero(scores >= wanted)
            yield questions, passages + start, scores[questions, passages]

    def scores(self, vectors: Floats, lexemes: Sequence[Collection[str]]) -> Floats:
        """All pairs, (n, m); NaN where a passage has no vector."""
        scores = np.asarray(self.vectors @ np.asarray(vectors, dtype=np.float32).T)
        present = self._present(lexemes)
        active = self._active(present)
        if len(active):
            answered = self._answered(present, active)
            owners = self._owners[active]
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            covered = np.add.reduceat(answered * self._shares[active, None], starts, axis=0)
            stands = present[self._rows[active]] * self._exact[active, None]
            sharp = np.add.reduceat(stands, starts, axis=0)
            scores[owners[starts]] += WORDS_WEIGHT * covered**SHARPNESS + EXACT_WEIGHT * sharp
        return scores

    def _row(self, lexeme: str) -> int:
        return self._lexemes.setdefault(lexeme, len(self._lexemes))

    def _present(self, lexemes: Sequence[Collection[str]]) -> npt.NDArray[np.bool_]:
        """Which known lexeme stands in which passage, (lexemes, m)."""
        present = np.zeros((len(self._lexemes), len(lexemes)), dtype=bool)
        for column, words in enumerate(lexemes):
            present[[row for word in words if (row := self._lexemes.get(word)) is not None], column] = True
        return present

    def _active(self, present: npt.NDArray[np.bool_]) -> Places:
        """Places of the words that some passage of this step answers; nearly all others are left out of the reckoning."""
        anywhere = np.asarray(present.any(axis=1))
        active = anywhere[self._rows] if len(self._rows) else np.zeros(0, dtype=bool)
        for words, concepts, _ in self._answers:
            active[words[anywhere[concepts]]] = True
        return np.flatnonzero(active)

    def _answered(self, present: npt.NDArray[np.bool_], active: Places) -> Floats:
        """How far each passage answers each active word, by itself or by a concept (as in `fusion.answered`)."""
        answered = present[self._rows[active]].astype(np.float32)
        place = np.full(len(self._rows), -1, dtype=np.intp)
        place[active] = np.arange(len(active))
        for words, concepts, worths in self._answers:
            mine = place[words] >= 0
            here = place[words[mine]]
            answered[here] = np.maximum(answered[here], present[concepts[mine]] * worths[mine, None])
        return answered


def _in_rounds(answers: Sequence[tuple[int, int, float]]) -> list[tuple[Places, Places, Floats]]:
    """The answers of concepts parted so that no word comes twice in one round: then a round is one assignment."""
    rounds: list[list[tuple[int, int, float]]] = []
    times: dict[int, int] = {}
    for word, concept, worth in answers:
        turn = times.get(word, 0)
        times[word] = turn + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append((word, concept, worth))
    return [
        (
            np.array([word for word, _, _ in turn], dtype=np.intp),
            np.array([concept for _, concept, _ in turn], dtype=np.intp),
            np.array([worth for _, _, worth in turn], dtype=np.float32),
        )
        for turn in rounds
    ]
