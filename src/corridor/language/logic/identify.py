"""Which of the seven languages a text is in: one of them, a mixture, an eighth language, or not sure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from corridor.language.logic.identify_latin import latin_chances
from corridor.language.logic.scripts import script_counts
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.logic.zawgyi import zawgyi_probability

OTHER: Final = "other"
SURE: Final = 0.9
"""A guess is sure from this probability on."""

OTHER_LIKELY: Final = 0.5

LOOKED_AT: Final = 4000
"""Characters of a text that are looked at: the beginning, which says as much as all."""


@dataclass(frozen=True)
class Guess:
    """What language a text is in.

    `language` is one of the seven, or None when it is unsure or none of them. `probabilities` are over the seven and
    sum to 1; `other` says that an eighth language is likelier than not. `sure` holds for `language`, or for `other`
    when that is set. `script` has most letters (`` when there are none); `shares` are the parts of the text by language,
    `other` among them, weighed by how much a letter of each script says, and sum to 1 unless there is no letter.
    """

    language: str | None
    sure: bool
    probabilities: dict[str, float]
    other: bool
    script: str
    shares: dict[str, float] = field(default_factory=dict)


_ONE_LANGUAGE: Final = {"khmer": "km", "lao": "lo", "thai": "th"}
# A Chinese character says about as much as three letters; Latin letters in another script's text are mostly names.
_WEIGHTS: Final = {"han": 3.0, "kana": 2.0, "hangul": 2.0}
_LATIN_AMONG_OTHERS: Final = 0.5

# Letters and pairs of letters that Burmese does not use and Shan, Karen, Mon and their neighbours do.
_NOT_BURMESE: Final = re.compile(
    "[\u1022\u1028\u1033-\u1035\u105a-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]|\u101d\u103a|\u101f\u103a|\u1002\u103e|\u100a\u1038(?=\u1019)"
)
_NOT_BURMESE_SHARE: Final = 0.03

# Characters that only Japan writes so, frequent ones; and kana, which settles it.
_JAPANESE: Final = re.compile(
    "[対応発気広沢図関変経済権検険団実売読単営児帰悪戻払桜様残浅浄滝覧観転辺巣帯徳専両労剤塩戦拡斉暁歩毎渋焼県穏竜継総縄聴荘薬蔵読価鉄雑霊顔駅験髄鶏黒歯々働込畑峠辻枠]"
)
_KANA_SHARE: Final = 0.1


def identify(text: str) -> Guess:
    """The language of a text of any length, in any state: tidied or not, Zawgyi included. Never raises.

    The script decides most. Latin letters are weighed between English, Vietnamese (with tone marks or typed without)
    and other languages by words and letter sequences; Burmese is told from Shan, Karen and Mon, Chinese from Japanese.
    A text in several languages gets their shares as probabilities.
    """
    text = text[:LOOKED_AT]
    counts = script_counts(text)
    if not counts:
        even = {language: 1 / len(LANGUAGES) for language in LANGUAGES}
        return Guess(language=None, sure=False, probabilities=even, other=False, script="")
    shares = _shares(text, counts)
    return _guess(shares, max(counts, key=lambda script: (counts[script] * _WEIGHTS.get(script, 1), script)))


def _shares(text: str, counts: Counter[str]) -> dict[str, float]:
    weights = {script: letters * _WEIGHTS.get(script, 1.0) for script, letters in counts.items()}
    if len(weights) > 1 and "latin" in weights:
        weights["latin"] *= _LATIN_AMONG_OTHERS
    total = sum(weights.values())
    shares: Counter[str] = Counter()
    for script, weight in weights.items():
        for language, chance in _chances(script, text, counts).items():
            shares[language] += chance * weight / total
    return dict(shares)


def _chances(script: str, text: str, counts: Counter[str]) -> dict[str, float]:
    """What a text's letters of one script are in: probabilities of languages, `other` among them."""
    if script in _ONE_LANGUAGE:
        return {_ONE_LANGUAGE[script]: 1.0}
    if script == "latin":
        return latin_chances(text)
    if script == "myanmar":
        return _burmese(text, counts["myanmar"])
    if script == "han":
        return _chinese(text, counts)
    return {OTHER: 1.0}


def _burmese(text: str, letters: int) -> dict[str, float]:
    foreign = sum(1 for _ in _NOT_BURMESE.finditer(text))
    if foreign and zawgyi_probability(text) < 0.5 and foreign / letters > _NOT_BURMESE_SHARE:
        return {OTHER: 0.97, "my": 0.03}
    # Mon and Karen words can be written with letters that Burmese has too.
    doubt = 0.03 if letters > 12 else 0.06
    return {"my": 1 - doubt, OTHER: doubt}


def _chinese(text: str, counts: Counter[str]) -> dict[str, float]:
    han, kana = counts["han"], counts["kana"]
    if kana / (han + kana) > _KANA_SHARE:
        return {OTHER: 0.98, "zh-hans": 0.02}
    if counts["hangul"] > han:
        return {OTHER: 0.95, "zh-hans": 0.05}
    japanese = sum(1 for _ in _JAPANESE.finditer(text))
    if japanese:
        chance = min(0.95, 0.5 + 2 * japanese / han)
        return {OTHER: chance, "zh-hans": 1 - chance}
    return {"zh-hans": 0.95 if han > 4 else 0.92, OTHER: 0.05 if han > 4 else 0.08}


# What an eighth language in Latin letters is taken for where search must choose: English most of all.
_FALLBACK: Final = {
    "latin": {"en": 0.5, "vi": 0.14},
    "han": {"zh-hans": 0.7},
    "kana": {"zh-hans": 0.5},
    "myanmar": {"my": 0.64},
}


def _guess(shares: dict[str, float], script: str) -> Guess:
    other = shares.get(OTHER, 0.0)
    fallback = _FALLBACK.get(script, {})
    rest = (1 - sum(fallback.values())) / (len(LANGUAGES) - len(fallback))
    probabilities = {
        language: shares.get(language, 0.0) + other * fallback.get(language, rest) for language in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda language: shares.get(language, 0.0))
    if other > OTHER_LIKELY:
        return Guess(None, sure=other >= SURE, probabilities=probabilities, other=True, script=script, shares=shares)
    sure = shares[best] >= SURE
    return Guess(
        best if sure else None, sure=sure, probabilities=probabilities, other=False, script=script, shares=shares
    )
