"""Names as they are compared: two spellings of one name have the same key."""

from __future__ import annotations

import unicodedata

from corridor.language.logic.words import fold, toneless


def key_of(name: str) -> str:
    """A name folded, without tone marks: letters, digits and the marks of a script, nothing else. Empty for a name without any."""
    return "".join(sign for sign in toneless(fold(name)) if unicodedata.category(sign)[0] in "LMN")
