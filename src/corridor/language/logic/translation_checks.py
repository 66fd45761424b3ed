"""Whether an answer can be a translation at all. What an engine says is a stranger's text: nothing of it is believed.

None of this says that a translation is right. It keeps out what is surely none: noise, another language, half a text, and
what does not belong in a text that somebody else wrote (markup, hidden characters, addresses).
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from corridor.language.logic.identify import identify
from corridor.language.logic.scripts import script_counts
from corridor.language.logic.translation_port import Nonsense

SCRIPTS: Final = {
    "en": "latin",
    "km": "khmer",
    "lo": "lao",
    "my": "myanmar",
    "th": "thai",
    "vi": "latin",
    "zh-hans": "han",
}

DENSITY: Final = {"en": 1.0, "km": 0.91, "lo": 0.83, "my": 1.11, "th": 0.82, "vi": 0.92, "zh-hans": 0.27}
"""Characters of a text in each language for one in English: sums over the parallel sample (641 meanings, `language/data/parallel`)."""

SHORTEST, SHORTER_BY = 0.35, 15
LONGEST, LONGER_BY = 2.2, 40
"""What a translation's length may be, in parts of the expected one, and characters besides that short texts need.

In the sample, translations of texts with 60 characters and more lie between 0.51 and 1.62 of it, in all 42 directions.
"""

OWN_SHARE: Final = 0.6
"""Of the letters that do not repeat the source, those in the script of the target; the rest are names and units."""

TELLING: Final = 40
"""From so many characters on a text says which language it is in, and does not stay as it was."""

_TAG: Final = re.compile(r"</?[a-z!][^<>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
# Counted repetitions: an answer is as long as a stranger likes, and must not cost the square of that.
_LINK: Final = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S+|\bwww\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.\w+|\b(?:javascript|data|mailto):\S+",
    re.IGNORECASE,
)
_LATIN_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9.+/-]*")
# Seen by nobody and yet needed: they lead line breaks and ligatures. Every other unseen sign can make a text read as another.
_LEADING: Final = frozenset("\n\t\u00ad\u200b\u200c\u200d\u2060\ufeff")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def fault(texts: Mapping[str, str], answers: Mapping[str, str], source: str, target: str) -> Nonsense | None:
    """Why `answers` are no translation of `texts` (name of a part → text), None when nothing speaks against them.

    Each part is looked at alone, and what short parts cannot tell is asked of the whole.
    """
    if set(texts) != set(answers):
        return "count"
    pairs = [(texts[name], answers[name]) for name in texts]
    for said, answer in pairs:
        if wrong := _part(said, answer, source, target):
            return wrong
    return _whole("\n".join(said for said, _ in pairs), "\n".join(answer for _, answer in pairs), target)


def _part(said: str, answer: str, source: str, target: str) -> Nonsense | None:
    if not any(character.isalnum() for character in answer):
        return "empty" if any(character.isalnum() for character in said) else None
    expected = len(said) * DENSITY[target] / DENSITY[source]
    if not SHORTEST * expected - SHORTER_BY <= len(answer) <= LONGEST * expected + LONGER_BY:
        return "length"
    if unseen(answer) - unseen(said):
        return "control"
    if _more_than(_TAG, said, answer):
        return "markup"
    if _more_than(_LINK, said, answer):
        return "link"
    if len(said) >= TELLING and said.strip().casefold() == answer.strip().casefold():
        return "identical"
    return None


def _whole(said: str, answer: str, target: str) -> Nonsense | None:
    if said.strip().casefold() == answer.strip().casefold():
        return "identical"
    repeated = {word.casefold() for word in _LATIN_WORD.findall(said)} if SCRIPTS[target] != "latin" else set()
    own = _LATIN_WORD.sub(lambda word: "" if word[0].casefold() in repeated else word[0], answer)
    counts = script_counts(own)
    if counts[SCRIPTS[target]] < OWN_SHARE * counts.total():
        return "script"
    if len(answer) >= TELLING:
        guess = identify(answer)
        if guess.other or (guess.sure and guess.language != target):
            return "language"
    return None


def unseen(text: str) -> set[str]:
    """The characters of a text that are not seen and do something."""
    return {sign for sign in set(text) - _LEADING if unicodedata.category(sign) in _UNSEEN}


def _more_than(pattern: re.Pattern[str], said: str, answer: str) -> bool:
    """Whether the answer has something that the text does not have."""
    return bool(
        {found.casefold() for found in pattern.findall(answer)} - {found.casefold() for found in pattern.findall(said)}
    )
