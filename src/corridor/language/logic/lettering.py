"""Lao read a second time in Thai letters: the two languages share much of their words, and models know Thai far better."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np

from corridor.language.logic.embedding_port import Embedder, Kind, Vectors, unit
from corridor.language.logic.scripts import script_counts

VERSION: Final = "thai1"
SECOND_WEIGHT: Final = 0.45
"""What the second reading counts; chosen on halves of the parallel sample (docs/language.md)."""

LEAST_SHARE: Final = 0.3
"""From this share of Lao letters on a text is read a second time."""

_BETWEEN_BLOCKS: Final = 0x80
"""Unicode lays both scripts out alike (ISCII's order): each Lao sign stands this far behind the Thai one of the same sound."""

_C: Final = "[ກ-ຮ]"
_TONE: Final = "[່-໋]?"
_RULES: Final = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("ໍາ", "ຳ"),
        (f"ໍ({_TONE})າ", r"\1ຳ"),
        ("ໜ", "ຫນ"),
        ("ໝ", "ຫມ"),
        ("ຼ", "ລ"),
        # Lao writes h where it says h, where most Thai words kept their r; and one y for two.
        ("ຮ", "ຣ"),
        ("ຍ", "ຢ"),
        # The long o is a sign above in Lao, a letter in Thai; the short one is not written in Thai.
        (f"ໍ({_TONE})", r"\1ອ"),
        (f"({_C})ົ({_TONE})ວ", r"\1ັ\2ວ"),
        ("ົ", ""),
        (f"({_C})({_TONE})ຽ", r"ເ\1ີ\2ຢ"),
        (f"ເ({_C})ີ({_TONE})(?={_C})(?!ຢ)", r"ເ\1ິ\2"),
        (f"ື({_TONE})(?!{_C}|[່-໋])", r"ື\1ອ"),
    )
)
_SHORT_E: Final = re.compile("([เแ][ก-ฮ])ั(?=[่-๋]?[ก-ฮ])")
_LAO: Final = {code: chr(code - _BETWEEN_BLOCKS) for code in range(0x0E81, 0x0EDC)}


def thai_letters(text: str) -> str:
    """A text with its Lao written in Thai letters, as near to Thai spelling as rules get; everything else stays.

    The letters go by the parallel layout of the two Unicode blocks (The Unicode Standard 16.0, section 16.2), the rules
    by how the two spell the same vowels. Not a translation: words that only Lao has stay Lao words.
    """
    text = unicodedata.normalize("NFC", text)
    for pattern, by in _RULES:
        text = pattern.sub(by, text)
    return _SHORT_E.sub(r"\1็", text.translate(_LAO))


def is_lao(text: str) -> bool:
    """Whether enough of a text's letters are Lao to read it a second time."""
    counts = script_counts(text)
    return counts["lao"] > LEAST_SHARE * sum(counts.values())


class Lettered:
    """A model that reads Lao twice, as it is and in Thai letters; `plain` is the model alone."""

    def __init__(self, plain: Embedder) -> None:
        self.plain = plain
        self.name = plain.name
        self.dimension = plain.dimension

    @property
    def version(self) -> str:
        """The model's version and this module's: vectors of two ways of reading never meet."""
        return f"{self.plain.version}+{VERSION}"

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """See `Embedder.embed`: the model's vectors, those of Lao texts mixed from both readings."""
        lao = [i for i, text in enumerate(texts) if is_lao(text)]
        read = self.plain.embed([*texts, *(thai_letters(texts[i]) for i in lao)], kind)
        first, second = read[: len(texts)], read[len(texts) :]
        if lao:
            first = np.array(first)
            first[lao] = unit((1 - SECOND_WEIGHT) * first[lao] + SECOND_WEIGHT * second)
        return first
