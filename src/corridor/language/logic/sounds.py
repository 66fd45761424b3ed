"""How a name sounds, whatever it is written in: its consonants in a few classes, and the pieces of that by which names meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from anyascii import anyascii

Rules = tuple[tuple[str, str], ...]

MARK: Final = "\u2248"
INSIDE: Final = "\u224b"
"""What lexemes of sounds begin with (the signs ≈ and ≋), so that they are never taken for words: of short lines, which are names

themselves and have a beginning and an end, and of lines in which a name may stand, with blanks around it or without."""

SIZES: Final = {MARK: (2, 3), INSIDE: (3, 4, 5)}
"""How many neighbours make a piece. In longer lines pairs are in everything, as counted on the project's own sample."""

ASKS: Final = {MARK: (3, 10), INSIDE: (5, 14)}
"""Consonants of a question, fewest and most: with less much sounds alike, with more it is no name."""

MOST_WORDS: Final = 4
MOST_HAN: Final = 7
"""Words with blanks between them, and Chinese characters, that a question has at most when it is a name: in both, one is a syllable."""

MOST_NAMES: Final = 3
MOST_WITH_KNOWN: Final = 26
_SENTENCE: Final = re.compile("[?!\uff1f\uff01\u3002\u17d4\u17d5\u104b]")
"""Of a question of which the lexicon knows a part: most proper names, and consonants of the whole; what ends a sentence is in no name."""

SHORT_LINE: Final = 10
LONGEST_LINE: Final = 120
"""Consonants of a line that is a name itself; characters of one that can hold a name: what is longer is a sentence."""

MOST_OF_A_LINE: Final = 60
MOST_PIECES: Final = 400
"""Pieces of one text: a long list of names would sound like everything."""

_PARTS: Final = re.compile("[\\s\u200b,;:/()\u00b7\u3001\uff0c\uff1b\uff1a\uff08\uff09\u2013\u2014-]+")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN_SIGN: Final = re.compile(f"[{_HAN}]")
_RUN: Final = re.compile(
    "(?P<thai>[\u0e00-\u0e7f]+)|(?P<lao>[\u0e80-\u0eff]+)|(?P<khmer>[\u1780-\u17ff]+)|(?P<myanmar>[\u1000-\u109f]+)"
    f"|(?P<han>[{_HAN}]+)|(?P<latin>[^\\W\\d_{_HAN}\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]+)"
)
_VIETNAMESE: Final = re.compile("[ăâđêôơư\u1ea0-\u1ef9]")

# What each orthography writes and does not say, or writes with several letters, before a text is brought into Latin letters. A change of
# these rules parts questions from what stands in the index: `corridor reindex` brings it in step.
_WRITTEN: Final[Mapping[str, Rules]] = {
    "thai": (
        ("[ก-ฮ][\u0e34-\u0e39]?\u0e4c", ""),  # silent
        ("\u0e4d\u0e32", "\u0e33"),  # sara am in two signs
        ("รร(?=[ก-ฮ])", "ะ"),
        ("(?<=[ก-ฮ\u0e30-\u0e39\u0e47-\u0e4c])ญ(?![\u0e30-\u0e39\u0e47-\u0e4c])", "น"),  # ends a syllable
        ("(?<=[กขค])ว", ""),  # kw
        ("\u0e31ว", ""),  # ua, as below
        ("(?<=[ก-ฮ])([\u0e48-\u0e4b]?)ว(?=[ก-ฮ](?![\u0e30-\u0e39]))", r"\1"),
        ("ทร", "ท"),
        ("ศร", "ศ"),
    ),
    "lao": (
        ("[ກ-ຮ][\u0eb4-\u0eb9]?\u0ecc", ""),
        ("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2", "\\1\u0eb3"),
        ("(?<=[ກຂຄ])ວ", ""),
        ("ົວ", ""),  # ua
        ("(?<=[ກ-ຮ\u0ebc])([\u0ec8-\u0ecb]?)ວ(?=[ກ-ຮ](?![\u0eb0-\u0ebb]))", r"\1"),
        ("(?<=[ກ-ຮ\u0eb0-\u0ecd])ຍ(?![\u0eb0-\u0ebb])", "y"),  # ends a syllable
        ("ຍ", "n"),
        ("[ຊຈ]", "s"),
    ),
    "khmer": (
        ("(?<=[កខ])\u17d2វ", ""),
        ("ហ\u17d2(?=[វគសនលម])", ""),  # h that only changes the letter under it
        ("ាំង", "ang"),
    ),
    "myanmar": (
        ("\u103d(?=[က-အ]\u1037?\u103a)", ""),  # a vowel before what ends the syllable
        ("\u103c", ""),  # y, whatever it was once
        ("[ကခဂ]\u103b|ရ\u103e|[သလ]\u103b\u103e", "s"),
        ("ဗ", "v"),
    ),
    "han": (),
    "latin": (),
}
# And how its Latin letters are said; of Chinese with capitals, where syllables begin.
_SAID: Final[Mapping[str, Rules]] = {
    "thai": (("ch", "s"),),
    "lao": (("ch|x", "s"),),
    "khmer": (("ch", "s"),),
    "myanmar": (("[cj]|rh", "s"), ("g", "k")),
    "han": (("ng(?=[A-Z]|$)", "n"), ("(?i)[zc]h|c|q|x", "s"), ("(?i)[jg]", "k")),
    "vietnamese": (("ngh", "n"), ("gi|x", "s")),
    "pinyin": (("ng(?![aeiou])", "n"), ("[zc]h|c|q|x", "s"), ("[jg]", "k")),  # Chinese in Latin letters, as above
    "latin": (
        ("(?<=[aeiouy])r(?![aeiouyr])", ""),  # nobody but the English writes it down
        ("(?<=[aeiou])ng(?=[aeioulr])", "nk"),
        ("c(?=[eiy])", "s"),
        ("^x|(?<=[^aeiouy])x", "s"),
        ("(?<=[aeiou])gh(?=t|$)", ""),
        ("x", "ks"),
        ("s?ch|tch|sh", "s"),
    ),
}
_EVERYWHERE: Final[Rules] = (("kh|ck", "k"), ("ng|ny|nh", "n"))
_CLASSES: Final = {
    **dict.fromkeys("bfp", "p"),
    **dict.fromkeys("dt", "t"),
    **dict.fromkeys("cgkq", "k"),
    **dict.fromkeys("jsxz", "s"),
    **dict.fromkeys("lr", "l"),
    **dict.fromkeys("vw", "w"),
    "m": "m",
    "n": "n",
}
_AGAIN: Final = re.compile(r"(.)\1+")

# Those that begin with a vowel stand first only: elsewhere pinyin sets them off by an apostrophe, and words could be read in too many
# ways.
_SYLLABLE: Final = (
    "(?:[bpmf](?:ang?|ai|ao|a|eng?|ei|i(?:an|ao|e|u|ng?)?|ou?|u)"
    "|[dtnl](?:ang?|ai|ao|a|eng?|ei|e|i(?:ang?|ao|a|e|u|ng?)?|ong|ou|[u\u00fc](?:an|e|i|n|o)?)"
    "|[gkh](?:ang?|ai|ao|a|eng?|ei|e|ong|ou|u(?:ang?|ai|a|i|n|o)?)"
    "|[jqx](?:i(?:ang?|ao|a|e|ong|u|ng?)?|u(?:an|e|n)?)"
    "|(?:[zcs]h?|r)(?:ang?|ai|ao|a|eng?|ei|e|i|ong|ou|u(?:ang?|ai|a|i|n|o)?)"
    "|[yw](?:ang?|ai|ao|a|eng?|ei|e|i(?:ng?)?|ong?|ou|u(?:an|e|n)?))"
)
_PINYIN: Final = re.compile(f"(?=.*(?:zh|[jqx]))(?:ang?|ai|ao|a|eng?|er|e|ou)?{_SYLLABLE}+")
"""A word of Chinese syllables with a letter that is said otherwise there than elsewhere (Nanjing, Xi'an in two runs, Chongqing)."""


@lru_cache(maxsize=4096)
def sound(text: str) -> str:
    """The consonants of a short text as classes (p, t, k, s, l, w, m, n); '' where there is none.

    In the manner of Soundex (Russell 1918), for writings of the seven languages: letters come into Latin ones by anyascii,
    after what each orthography writes together or leaves silent; then voice and breath, which the writings render each
    in its own way, fall away with the vowels, and of those of one class with nothing left between them one stays. So
    London, ລອນດອນ, လန်ဒန်, ลอนดอน and 伦敦 are all lntn.
    """
    text = unicodedata.normalize("NFC", text).casefold()
    is_vietnamese = _VIETNAMESE.search(text) is not None
    heard = (_heard(run[0], str(run.lastgroup), is_vietnamese=is_vietnamese) for run in _RUN.finditer(text))
    return _AGAIN.sub(r"\1", "".join(heard))


def _heard(run: str, script: str, *, is_vietnamese: bool) -> str:
    run = anyascii(_by(_WRITTEN[script], run))
    for how in _latin(run, is_vietnamese=is_vietnamese) if script == "latin" else (script,):
        run = _by(_SAID[how], run)
    return "".join(_CLASSES.get(letter, "") for letter in _by(_EVERYWHERE, run.lower()))


def _latin(run: str, *, is_vietnamese: bool) -> tuple[str, ...]:
    """By which rules a word in Latin letters is said."""
    if is_vietnamese:
        return "vietnamese", "latin"
    return ("pinyin",) if _PINYIN.fullmatch(run) else ("latin",)


def _by(rules: Rules, text: str) -> str:
    for pattern, said in rules:
        text = re.sub(pattern, said, text)
    return text


def sounds_of(lines: Iterable[str], names_in: Callable[[str], Sequence[str]] = lambda line: ()) -> list[str]:
    """The lexemes by which a text can be found by its sound: those of each of its lines that is short enough for a name.

    A short line gives its pieces with its beginning and end counting as neighbours, and so does each word of it; every line gives
    pieces by which a name is met inside it. `names_in` gives the proper names of a line (`proper`), each of which counts as a short
    line, and so do all of them together.
    """
    found: dict[str, None] = {}
    for line in lines:
        if len(line) <= LONGEST_LINE and len(found) < MOST_PIECES:
            found |= _pieces(sound(line)[:MOST_OF_A_LINE], INSIDE)
            names = names_in(line)
            for name in dict.fromkeys((line, " ".join(names), *names)):
                found |= _as_name(name)
    return list(found)[:MOST_PIECES]


def _as_name(line: str) -> dict[str, None]:
    if len(sound(line)) > SHORT_LINE:
        return {}
    found: dict[str, None] = {}
    for part in dict.fromkeys((line, *_PARTS.split(line))):
        found |= _pieces(sound(part), MARK)
    return found


def sounds_asked(text: str, names: Sequence[str] | None = None, *, of_a_body: bool = False) -> list[str]:
    """The lexemes that a question asks with; none where it is too long for a name, or too short to be told from others.

    `names`: what is proper to it where the rest is known (`proper`): then that alone is listened for. It may be shorter by one
    consonant where the rest says which sort of body it names (`of_a_body`).
    """
    text = text.strip()
    if "\n" in text or len(text) > LONGEST_LINE:
        return []
    if names is not None and (
        len(names) > MOST_NAMES or _SENTENCE.search(text) is not None or len(sound(text)) > MOST_WITH_KNOWN
    ):
        return []
    said = text if names is None else " ".join(names)
    if len(said.split()) > MOST_WORDS or len(_HAN_SIGN.findall(said)) > MOST_HAN:
        return []
    heard = sound(said)
    return [
        piece
        for mark, (fewest, most) in ASKS.items()
        if fewest - (of_a_body and mark == MARK) <= len(heard) <= most
        for piece in _pieces(heard, mark)
    ]


def _pieces(said: str, mark: str) -> dict[str, None]:
    if not said:
        return {}
    whole = f"^{said}$" if mark == MARK else said
    return dict.fromkeys(mark + whole[i : i + size] for size in SIZES[mark] for i in range(len(whole) - size + 1))
