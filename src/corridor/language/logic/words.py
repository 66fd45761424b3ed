"""The words of a text as search knows them: tidied on the way in, folded to keys, cut into words and parts of words."""

import re
import unicodedata
from typing import Final, NamedTuple

from corridor.language.logic.fold import fold, mended_burmese_digits, toneless
from corridor.language.logic.sentences import sentences
from corridor.language.logic.words_terms import Term, Word, index_terms, query_terms, words
from corridor.language.logic.zawgyi import to_unicode, zawgyi_probability

__all__ = ["Term", "Tidied", "Word", "fold", "index_terms", "query_terms", "tidy", "toneless", "words"]


class Tidied(NamedTuple):
    """A text as we keep it, the text as it came, and whether Burmese in it was turned from Zawgyi to Unicode."""

    text: str
    original: str
    converted: bool


SURELY_ZAWGYI: Final = 0.95
SURELY_UNICODE: Final = 0.05

_LINE_BREAKS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_MYANMAR: Final = re.compile("[\u1000-\u109f]")


def tidy(text: str) -> Tidied:
    """What is done to a text on input: Zawgyi to Unicode, NFC, line breaks as one sign, controls and NUL out.

    Zawgyi is looked for sentence by sentence, since people paste from several places; a sentence too short to tell is
    taken as the sure ones of the same text are. The Burmese digit zero typed for the letter wa is mended. Nothing else
    is lost: zero-width characters, for one, stay, because they guide line breaking.
    """
    clean = _CONTROLS.sub("", _LINE_BREAKS.sub("\n", _paired(text)))
    if not _MYANMAR.search(clean):
        return Tidied(unicodedata.normalize("NFC", clean), text, converted=False)
    unicode = _from_zawgyi(clean)
    return Tidied(unicodedata.normalize("NFC", mended_burmese_digits(unicode)), text, converted=unicode is not clean)


def _paired(text: str) -> str:
    """Halves of a surrogate pair as the character they make, lone halves as U+FFFD: a database holds neither."""
    if not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _from_zawgyi(text: str) -> str:
    """The text with its Zawgyi sentences in Unicode; the very same object when there are none."""
    spans = [span for span in sentences(text) if _MYANMAR.search(text, span.start, span.end)]
    likely = [zawgyi_probability(text[span.start : span.end]) for span in spans]
    if not any(chance >= SURELY_ZAWGYI for chance in likely):
        return text
    # Between the two, the sure sentences decide for the unsure ones, and only when they agree.
    needed = SURELY_ZAWGYI if any(chance <= SURELY_UNICODE for chance in likely) else SURELY_UNICODE
    pieces, place = [], 0
    for span, chance in zip(spans, likely, strict=True):
        if chance >= needed:
            pieces += [text[place : span.start], to_unicode(text[span.start : span.end])]
            place = span.end
    return "".join([*pieces, text[place:]])
