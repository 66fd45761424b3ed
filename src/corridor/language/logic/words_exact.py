"""Tokens that must be found as they are: acronyms, formulas, model numbers, quantities, names in another script."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from corridor.language.logic.scripts import main_script

_L: Final = "a-zà-ɏ\u1e00-\u1effα-ω"
_COMPOUND: Final = re.compile(
    f"(?<![{_L}0-9])(?:[{_L}0-9]+(?:[-./:&_'@·+][{_L}0-9]+)+[+#]*|[{_L}]\\+\\+|[{_L}]#|\\.net(?![{_L}]))(?![{_L}0-9])"
)
_JOINTS: Final = re.compile("[-/:_'·]")
_NUMERIC: Final = re.compile(r"[0-9][0-9.,:/\-]*")

_UNITS: Final = (
    "kw|kwh|kwp|mw|mwh|gw|w|wh|wp|v|kv|a|ma|mah|ah|hz|khz|mhz|ghz|kva|hp|"
    "mm|cm|m|km|m2|m3|km2|ha|nm|µm|μm|um|mg|g|kg|t|ton|tons|l|ml|µl|μl|m3/h|l/h|l/s|"
    "pa|kpa|mpa|bar|psi|°c|°f|ppm|ppb|ph|rpm|kb|mb|gb|tb|mbps|gbps|bit|bits|mol|mmol|db|lm|lux|j|kj|mj|kcal|n|kn|nm|rai|mu|usd"
)
_QUANTITY: Final = re.compile(f"(?<![{_L}0-9.,])([0-9]+(?:[.,][0-9]+)*) ?({_UNITS})(?![{_L}0-9])")
_NAMED_NUMBER: Final = re.compile(f"(?<![{_L}0-9])([a-z]{{2,5}}) ([0-9]+(?:\\.[0-9]+)?)(?![{_L}0-9.,])")
_LETTERS_DIGITS: Final = re.compile("([a-z]{1,8})([0-9]+(?:\\.[0-9]+)*)")
_THOUSANDS: Final = re.compile("[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\\.[0-9]{3}){2,}")
_DECIMAL_COMMA: Final = re.compile("[0-9]+,[0-9]+")


class Token(NamedTuple):
    """An exact token of a folded text."""

    key: str
    start: int
    end: int


def compounds(key: str, *, loosely: bool = False) -> Iterator[Token]:
    """Tokens of a folded text that words alone would tear apart, in the one form that all their spellings share.

    `covid-19`, `covid_19` -> `covid19`; `e-mail` -> `email`; `3.5 kw`, `3.5kw`, `3,5 kw` -> `3.5kw`; `r&d`, `c++` stay.
    `loosely` (for the index) also joins a short word and the number after it: `pm 2.5` -> `pm2.5`.
    """
    for match in _COMPOUND.finditer(key):
        if not _NUMERIC.fullmatch(match[0]):
            yield Token(_JOINTS.sub("", match[0]), *match.span())
    for match in _QUANTITY.finditer(key):
        yield Token(number(match[1]) + match[2], *match.span())
    if loosely:
        for match in _NAMED_NUMBER.finditer(key):
            yield Token(match[1] + match[2], *match.span())


def number(digits: str) -> str:
    """A number without marks of thousands and with a decimal point: `12,000` -> `12000`, `3,5` -> `3.5`.

    One group of three after a full stop (`1.000`) may be a fraction or a thousand; it stays as it is written.
    """
    if _THOUSANDS.fullmatch(digits):
        return re.sub("[.,]", "", digits)
    return digits.replace(",", ".") if _DECIMAL_COMMA.fullmatch(digits) else digits


def parted_at_signs(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The words in what ICU holds for one: parted at inner signs, unless digits stand on both sides of the sign.

    Numbers come in their one form; letters with digits behind them come whole and in their two halves.
    """
    for match in re.finditer(r"[^\W_]+(?:[.,](?<=[0-9].)(?=[0-9])[^\W_]+|[\u0300-\u036f]+)*", word):
        token = match[0]
        yield number(token), start + match.start(), start + match.end()
        halves = _LETTERS_DIGITS.fullmatch(token)
        if halves:
            for group in (1, 2):
                yield (
                    halves[group],
                    start + match.start() + halves.start(group),
                    start + match.start() + halves.end(group),
                )


def singular(word: str) -> str:
    """An English word without the ending of its plural, by the S-stemmer (Harman 1991); other words as they are.

    Only words of four ASCII letters or more; one that is not English loses at most its last s.
    """
    if len(word) < 4 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss", "is")) else word[:-1]


_LATIN: Final = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")
_TELLING_CAPITALS: Final = re.compile("[A-Z].*[A-Z]|[a-zà-ỿ][A-Z]")


_SHOUT_LETTERS: Final = 15
"""A text with more capitals than this, and hardly other letters, is written in capitals."""


def judge(text: str, script: str | None = None) -> Callable[[str], bool]:
    """A test whether a token, as it stands in this text, is to be matched exactly.

    Digits make it so, and capitals that are not the first letter alone, unless the whole text is in capitals; in a text
    mainly in another script every Latin token is a name.
    """
    script = main_script(text) if script is None else script
    shouts = sum(map(str.isupper, text)) > max(_SHOUT_LETTERS, 2 * sum(map(str.islower, text)))
    in_other_script = script not in ("latin", "")

    def is_exact(token: str) -> bool:
        if any(map(str.isdigit, token)):
            return True
        if not _LATIN.search(token):
            return False
        return in_other_script or (not shouts and _TELLING_CAPITALS.search(token) is not None)

    return is_exact
