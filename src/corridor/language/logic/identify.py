"""Which of the seven languages a text is in: one of them, a mixture, an eighth language, or not sure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from corridor.language.logic.identify_latin import latin_chances, telling_words
from corridor.language.logic.scripts import script_counts
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.logic.zawgyi import zawgyi_probability

OTHER: Final = "other"
SURE: Final = 0.9
"""A guess is sure from this probability on."""

SURE_SHARE: Final = 0.7
"""In a text of several scripts, a language is the text's from this share on, when no other could be meant."""

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
_LATIN_AMONG_OTHERS: Final = 0.4

# Letters and pairs of letters that Burmese does not use and Shan, Karen, Mon and their neighbours do.
_NOT_BURMESE: Final = re.compile(
    "[\u1022\u1028\u1033-\u1035\u105a-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]|\u101d\u103a|\u101f\u103a|\u1002\u103e|\u100a\u1038(?=\u1019)"
)
_NOT_BURMESE_SHARE: Final = 0.03

# Characters as only Japan simplified them, frequent ones; and kana, which settles it.
_JAPANESE: Final = re.compile(
    "[亜悪圧囲壱隠栄営駅円塩縁応桜仮価壊懐絵拡殻覚楽勧巻歓関観顔気帰亀戯犠拠挙恵渓経蛍軽継鶏撃県倹剣険圏検権顕験厳娯広効鉱黒砕済斎剤雑桟"
    "賛歯児実釈従渋獣縦粛処奨焼証剰畳縄壌嬢譲醸図粋酔髄瀬斉摂専戦銭繊荘捜挿巣痩総騒増蔵臓続対帯滝択沢単団弾遅鋳庁徴聴勅鉄転伝闘徳読悩脳"
    "拝廃売発髪抜晩払塀変辺豊毎歩満黙戻訳薬揺様謡頼覧竜両猟緑涙塁霊齢暦歴労録浄渇働込畑峠辻枠搾]"
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
        even: dict[str, float] = dict.fromkeys(LANGUAGES, 1 / len(LANGUAGES))
        return Guess(language=None, sure=False, probabilities=even, other=False, script="")
    shares = _shares(text, counts)
    return _guess(shares, _heaviest(counts))


def _shares(text: str, counts: Counter[str]) -> dict[str, float]:
    """The parts of a text by language, `other` among them."""
    weights = {script: letters * _WEIGHTS.get(script, 1.0) for script, letters in counts.items()}
    latin_words = telling_words(text, _heaviest(counts)) if "latin" in weights else []
    if len(weights) > 1 and "latin" in weights:
        weights["latin"] = _LATIN_AMONG_OTHERS * sum(map(len, latin_words))
    total = sum(weights.values())
    shares: dict[str, float] = {}
    for script, weight in weights.items():
        chances = latin_chances(latin_words) if script == "latin" else _chances(script, text, counts)
        for language, chance in chances.items():
            shares[language] = shares.get(language, 0.0) + chance * weight / total
    return shares


def _heaviest(counts: Counter[str]) -> str:
    return max(counts, key=lambda script: (counts[script] * _WEIGHTS.get(script, 1.0), script))


def _chances(script: str, text: str, counts: Counter[str]) -> dict[str, float]:
    """What a text's letters of one script are in: probabilities of languages, `other` among them."""
    if script in _ONE_LANGUAGE:
        return {_ONE_LANGUAGE[script]: 1.0}
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
    doubt = 0.05 if han > 4 else 0.08
    return {"zh-hans": 1 - doubt, OTHER: doubt}


# What an eighth language is taken for where search must choose: English most of all in Latin letters.
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
    probabilities: dict[str, float] = {
        language: shares.get(language, 0.0) + other * fallback.get(language, rest) for language in LANGUAGES
    }
    if other > OTHER_LIKELY:
        return Guess(None, sure=other >= SURE, probabilities=probabilities, other=True, script=script, shares=shares)
    best = max(LANGUAGES, key=lambda language: shares.get(language, 0.0))
    share = shares.get(best, 0.0)
    doubt = sum(part for language, part in shares.items() if language != best and _is_rival(language, best))
    sure = share >= SURE_SHARE and doubt <= (1 - SURE) / SURE * share
    return Guess(
        best if sure else None, sure=sure, probabilities=probabilities, other=False, script=script, shares=shares
    )


def _is_rival(language: str, best: str) -> bool:
    """Whether the same letters could be in either: a Thai name for a thing in a Lao text casts no doubt on the Lao."""
    return language == OTHER or {language, best} == {"en", "vi"}
