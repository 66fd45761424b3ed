"""Addresses and numbers in a text by which its writer could be reached."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LINK: Final = re.compile(r"https?://\S+|\bwww\.\S+|\b(?:t|wa|line|fb)\.me/\S+", re.IGNORECASE)
# ITU-T E.164: a plus and up to fifteen digits; at home a leading zero; in China eleven digits that begin with 1.
_PHONE: Final = re.compile(
    r"\+\d(?:[\s().-]*\d){6,14}|(?<![\d.,])0\d(?:[\s().-]*\d){6,10}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
)


def contacts_in(text: str) -> list[str]:
    """E-mail addresses, links and telephone numbers in a text of any of the seven languages, in the form in which they were read.

    Full-width signs and the digits of other scripts count as what they stand for (Unicode TR 15 NFKC, decimal digit value).
    It is a net for what people write out of habit; whoever spells a number in words gets through.
    """
    plain = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text))
    return [found[0] for pattern in (_MAIL, _LINK, _PHONE) for found in pattern.finditer(plain)]


def _plain(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
