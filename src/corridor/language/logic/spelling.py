"""British and American spellings of English words, brought to one form for comparing."""

import re
from functools import lru_cache
from typing import Final

SHORTEST: Final = 4
"""Letters: shorter words that differ are different words."""

# Two or three letters before an ending keep hour, four, tire and wise what they are.
_ENDINGS: Final = (
    (r"(?<=[a-z]{3})is(e|ed|er|ing|ation|able)$", r"iz\1"),
    (r"(?<=[a-z]{2})ys(e|ed|er|ing)$", r"yz\1"),
    (r"(?<=[a-z]{2})our(?=(?:ed|ing|al|able|less|ful|hood)?$)", "or"),
    (r"(?<=[a-z]{2}[bt])re$", "er"),
    (r"(?<=[a-z]{2})ogue$", "og"),
    (r"(?<=[a-z]{2})fence$", "fense"),
    (r"((?:mod|lab|lev|trav|chann|fu|tunn|canc)el|(?:sign|equ)al)l(?=(?:ed|ing|er)$)", r"\1"),
)
_STEMS: Final = (
    (r"sulph", "sulf"),
    (r"^(an|leuk|isch|hypoglyc)aem", r"\1em"),
    (r"^h?aem(?=[aeio])", "hem"),
    (r"^(p|orthop)aed", r"\1ed"),
    (r"^(gyn|f)aec", r"\1ec"),
    (r"^(arch|pal)aeo", r"\1eo"),
    (r"^(an)?aesth", r"\1esth"),
    (r"^oe(?=str|dema|soph)", "e"),
    (r"^foet", "fet"),
    (r"^diarrhoea", "diarrhea"),
)
_WORDS: Final = {
    "aeroplane": "airplane",
    "ageing": "aging",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "grey": "gray",
    "licence": "license",
    "mould": "mold",
    "plough": "plow",
    "practise": "practice",
    "programme": "program",
    "tyre": "tire",
}
_RULES: Final = tuple((re.compile(pattern), new) for pattern, new in (*_ENDINGS, *_STEMS))


@lru_cache(maxsize=16_384)
def spelling(word: str) -> str:
    """A small-lettered English word in the one form that both spellings share; other words as they are.

    By rule: -ise and -ize, -our and -or, -re and -er after b and t, -ogue and -og, doubled l, ae and oe in medicine, and a few words.
    The form is for comparing only and may be no word at all (exercise becomes exercize, in the term and in the text).
    """
    if len(word) < SHORTEST or not word.isascii():
        return word
    if word in _WORDS:
        return _WORDS[word]
    for pattern, new in _RULES:
        word = pattern.sub(new, word)
    return word
