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
from corridor.language.logic.words_exact import judge

_TEXTS: Final = Path(__file__).parent.parent / "data" / "words" / "latin.json"

OTHER: Final = "other"
_TONELESS: Final = "vi-toneless"
_TOKEN: Final = re.compile("[A-Za-zÀ-ɏ\u0300-\u036fḀ-ỿ0-9]+(?:['’][A-Za-z]+)?")
_WORD: Final = re.compile("[a-zà-ɏ\u1e00-\u1eff]+(?:'[a-z]+)?")
_WORDS_LOOKED_AT: Final = 40

# These and the factors below were chosen on texts of ours alone: the parallel sample in English and in Vietnamese with and
# without tones, cut to one, two, three and six words, and the other languages' sentences of latin.json, each third told by what
# the others taught. Taken was the least log loss among the choices that are seldom sure and wrong (docs/language.md).
# Before a word is read: most texts are English or Vietnamese; the rest is shared by the other languages.
_PRIOR_ENGLISH: Final = 0.4
_PRIOR_VIETNAMESE: Final = 0.3
_TONELESS_PART: Final = 0.3
_NO_EVIDENCE: Final = {"en": _PRIOR_ENGLISH, "vi": _PRIOR_VIETNAMESE, OTHER: 1 - _PRIOR_ENGLISH - _PRIOR_VIETNAMESE}

# Every language borrows English words, shares some with any other, and holds names from anywhere. Only Vietnamese lends
# none: with its tones, or its syllables, a word is Vietnamese.
_BORROWED: Final = 0.04
_SHARED: Final = 0.001
_ANYTHING: Final = 0.03

# The English word list covers most running words; those of the other languages are small.
_UNSEEN: Final = {"en": 0.25}
_UNSEEN_ELSEWHERE: Final = 0.5

# Neighbouring letters and words are no independent witnesses: naive chances are too sure by about this factor.
_TEMPER: Final = 1.25

_ORDERS: Final = 4
"""A letter is told by up to three letters before it."""

_LETTERS: Final = 60.0
"""Size of the alphabet that unseen letters are spread over."""

_TONELESS_SYLLABLES: Final = 2300.0
"""Toneless syllables that Vietnamese orthography allows, rounded."""

_TONED_SYLLABLES: Final = 9000.0


class _Model:
    """Chances of words in one language: words seen, and letter sequences of up to four for the others."""

    def __init__(self, words: Counter[str], *, unseen: float) -> None:
        self._words = words
        self._total = sum(words.values())
        self._unseen = unseen
        follow: dict[str, dict[str, float]] = {}
        for word, times in words.items():
            _learn(follow, f"^{word}$", 1 + math.log(times))
        self._follow = {context: (counts, sum(counts.values()) + len(counts)) for context, counts in follow.items()}

    def chance(self, word: str) -> float:
        """The probability of a word of this language being this one."""
        seen = self._words[word] / self._total
        return (1 - self._unseen) * seen + self._unseen * self._spelling(f"^{word}$")

    def _spelling(self, marked: str) -> float:
        """The probability of the letters, by interpolated sequences (Witten and Bell 1991)."""
        return math.prod(self._letter(marked, place) for place in range(1, len(marked)))

    def _letter(self, word: str, place: int) -> float:
        chance = 1 / _LETTERS
        for order in range(min(_ORDERS, place + 1)):
            known = self._follow.get(word[place - order : place])
            if known is None:
                break
            counts, mass = known
            chance = (counts.get(word[place], 0.0) + len(counts) * chance) / mass
        return chance


def _learn(follow: dict[str, dict[str, float]], word: str, weight: float) -> None:
    for place in range(1, len(word)):
        for order in range(min(_ORDERS, place + 1)):
            counts = follow.setdefault(word[place - order : place], {})
            counts[word[place]] = counts.get(word[place], 0.0) + weight


@lru_cache(maxsize=1)
def _models() -> dict[str, _Model]:
    texts: dict[str, list[str]] = json.loads(_TEXTS.read_text(encoding="utf-8"))["texts"]
    keys = {language: fold(" ".join(parts)) for language, parts in texts.items()}
    keys[_TONELESS] = toneless(keys["vi"])
    return {
        language: _Model(Counter(_WORD.findall(key)), unseen=_UNSEEN.get(language, _UNSEEN_ELSEWHERE))
        for language, key in keys.items()
    }


@lru_cache(maxsize=1)
def _priors() -> dict[str, float]:
    others = [language for language in _models() if language not in ("en", "vi", _TONELESS)]
    return {
        **dict.fromkeys(others, _NO_EVIDENCE[OTHER] / len(others)),
        "en": _PRIOR_ENGLISH,
        "vi": _PRIOR_VIETNAMESE * (1 - _TONELESS_PART),
        _TONELESS: _PRIOR_VIETNAMESE * _TONELESS_PART,
    }


@lru_cache(maxsize=32768)
def _evidence(word: str) -> tuple[float, ...]:
    """Log probability of a word in each language, in the order of the models."""
    chances = {language: model.chance(word) for language, model in _models().items()}
    common = _BORROWED * chances["en"] + _SHARED * max(chance for name, chance in chances.items() if name[:2] != "vi")
    common += _ANYTHING * 0.02 * 0.06 ** min(len(word), 12)
    chances["vi"] = _as_syllable(word, chances["vi"], toned=True)
    chances[_TONELESS] = _as_syllable(word, chances[_TONELESS], toned=False)
    return tuple(math.log(chance + common) for chance in chances.values())


_TONELESS_SYLLABLE: Final = re.compile(toneless(fold_vietnamese.SYLLABLE.pattern))


def _as_syllable(word: str, chance: float, *, toned: bool) -> float:
    """A Vietnamese word is a syllable: one that its spelling does not allow is hardly one."""
    if toned:
        allowed, syllables = fold_vietnamese.SYLLABLE.fullmatch(fold_vietnamese.without_tone(word)), _TONED_SYLLABLES
    else:
        allowed, syllables = _TONELESS_SYLLABLE.fullmatch(word), _TONELESS_SYLLABLES
    return 0.8 * chance + 0.2 / syllables if allowed else 1e-3 * chance


def telling_words(text: str, script: str) -> list[str]:
    """The Latin words of a text that say something about its language: no acronyms, model numbers or single letters."""
    is_exact = judge(text, "latin")
    words = [token for token in _TOKEN.findall(text) if not is_exact(token)]
    return [word for word in words if len(word) > 1] or (words if script == "latin" else [])


def latin_chances(words: list[str]) -> dict[str, float]:
    """Probabilities of `en`, `vi` and `other` for Latin words as they stand in a text; the priors when there are none.

    Naive Bayes over words, each a mixture of words seen, letter sequences, and for Vietnamese its closed set of
    syllables; learnt from short texts that are part of the project.
    """
    keys = _WORD.findall(fold(" ".join(words[:_WORDS_LOOKED_AT])))
    if not keys:
        return dict(_NO_EVIDENCE)
    evidence = [sum(logs) / _TEMPER for logs in zip(*map(_evidence, keys), strict=True)]
    top = max(evidence)
    raw = {
        language: prior * math.exp(log - top)
        for (language, prior), log in zip(_ordered_priors(), evidence, strict=True)
    }
    total = sum(raw.values())
    english, vietnamese = raw["en"] / total, (raw["vi"] + raw[_TONELESS]) / total
    return {"en": english, "vi": vietnamese, OTHER: max(0.0, 1 - english - vietnamese)}


@lru_cache(maxsize=1)
def _ordered_priors() -> tuple[tuple[str, float], ...]:
    priors = _priors()
    return tuple((language, priors[language]) for language in _models())
