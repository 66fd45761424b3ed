"""Latin letters: English, Vietnamese (with tones or typed without them), or another language."""

import json
import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final

from corridor.language.logic import fold_vietnamese
from corridor.language.logic.fold import fold, toneless

_TEXTS: Final = Path(__file__).parent.parent / "data" / "words" / "latin.json"

OTHER: Final = "other"
_WORD: Final = re.compile("[a-zà-ɏ\u1e00-\u1eff]+(?:'[a-z]+)?")
_WORDS_LOOKED_AT: Final = 120

# Before a word is read: most texts are English or Vietnamese; the rest is shared by the other languages.
_PRIOR_ENGLISH: Final = 0.5
_PRIOR_VIETNAMESE: Final = 0.3
_TONELESS_PART: Final = 0.3

_LETTERS: Final = 60.0
"""Size of the alphabet that unseen letters are spread over."""

_TONELESS_SYLLABLES: Final = 2300.0
"""Toneless syllables that Vietnamese orthography allows, rounded."""

_TONED_SYLLABLES: Final = 9000.0


class _Model:
    """Chances of words in one language: words seen, and letter sequences of up to four for the others."""

    def __init__(self, words: Counter[str]) -> None:
        self._words = words
        self._total = sum(words.values())
        self._follow: list[dict[str, Counter[str]]] = [{} for _ in range(4)]
        for word, times in words.items():
            self._learn(f"^{word}$", 1 + math.log(times))

    def _learn(self, word: str, weight: float) -> None:
        for place in range(1, len(word)):
            for order in range(4):
                context = word[max(0, place - order) : place]
                if len(context) == order:
                    counts = self._follow[order].setdefault(context, Counter())
                    counts[word[place]] += weight  # type: ignore[assignment]

    def chance(self, word: str) -> float:
        """The probability of a word of this language being this one."""
        seen = self._words[word] / self._total
        return 0.5 * seen + 0.5 * self.spelling(word)

    def spelling(self, word: str) -> float:
        """The probability of the letters, by interpolated sequences (Witten and Bell 1991)."""
        marked = f"^{word}$"
        product = 1.0
        for place in range(1, len(marked)):
            product *= self._letter(marked, place)
        return product

    def _letter(self, word: str, place: int) -> float:
        chance = 1 / _LETTERS
        for order in range(min(4, place + 1)):
            counts = self._follow[order].get(word[place - order : place])
            if not counts:
                break
            total, kinds = _mass(counts), len(counts)
            chance = (counts[word[place]] + kinds * chance) / (total + kinds)
        return chance


def _mass(counts: Counter[str]) -> float:
    return sum(counts.values())


@lru_cache(maxsize=1)
def _models() -> dict[str, _Model]:
    texts: dict[str, str] = json.loads(_TEXTS.read_text(encoding="utf-8"))["texts"]
    models = {language: _Model(Counter(_WORD.findall(fold(text)))) for language, text in texts.items()}
    models["vi-toneless"] = _Model(Counter(_WORD.findall(toneless(fold(texts["vi"])))))
    return models


@lru_cache(maxsize=32768)
def _word_scores(word: str) -> dict[str, float]:
    """Log probability of a word in each language, never lower than a name could have."""
    scores = {}
    for language, model in _models().items():
        chance = model.chance(word)
        if language.startswith("vi"):
            chance = _vietnamese(word, chance, toned=language == "vi")
        # Names, codes and words of other languages stand in texts of every language.
        scores[language] = math.log(0.97 * chance + 0.03 * _any_word(word))
    return scores


def _any_word(word: str) -> float:
    return 0.02 * 0.06 ** min(len(word), 12)


_TONELESS_SYLLABLE: Final = re.compile(toneless(fold_vietnamese.SYLLABLE.pattern))


def _vietnamese(word: str, chance: float, *, toned: bool) -> float:
    """A Vietnamese word is a syllable: one that its spelling does not allow is hardly one."""
    if toned:
        bare = fold_vietnamese.without_tone(word)
        allowed, syllables = fold_vietnamese.SYLLABLE.fullmatch(bare), _TONED_SYLLABLES
    else:
        allowed, syllables = _TONELESS_SYLLABLE.fullmatch(word), _TONELESS_SYLLABLES
    return 0.8 * chance + 0.2 / syllables if allowed else 1e-3 * chance


def latin_chances(text: str) -> dict[str, float]:
    """Probabilities of `en`, `vi` and `other` for the Latin letters in a text."""
    words = _WORD.findall(fold(text))[:_WORDS_LOOKED_AT]
    languages = _models()
    others = [language for language in languages if language not in ("en", "vi", "vi-toneless")]
    prior = dict.fromkeys(others, (1 - _PRIOR_ENGLISH - _PRIOR_VIETNAMESE) / len(others))
    prior["en"] = _PRIOR_ENGLISH
    prior["vi"] = _PRIOR_VIETNAMESE * (1 - _TONELESS_PART)
    prior["vi-toneless"] = _PRIOR_VIETNAMESE * _TONELESS_PART
    logs = {language: math.log(prior[language]) for language in languages}
    for word in words:
        scores = _word_scores(word)
        for language in logs:
            logs[language] += scores[language]
    top = max(logs.values())
    raw = {language: math.exp(log - top) for language, log in logs.items()}
    total = sum(raw.values())
    english, vietnamese = raw["en"] / total, (raw["vi"] + raw["vi-toneless"]) / total
    return {"en": english, "vi": vietnamese, OTHER: max(0.0, 1 - english - vietnamese)}
