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

# An address that hides from machines: "somchai (at) example dot org".
_HIDDEN_MAIL: Final = re.compile(
    r"[\w.+-]{1,64}\s*(?:[(\[]\s*(?:at|@)\s*[)\]]|\sat\s)\s*[\w-]{1,63}(?:\.[\w-]{1,63})*"
    r"(?:\s*[(\[]\s*(?:dot|\.)\s*[)\]]\s*[\w-]{2,63}|\s+dot\s+(?:com|org|net|edu|gov|info|ac|co|go|cn|kh|la|mm|th|vn)\b)+",
    re.IGNORECASE,
)
# A name in a messenger that people of the six countries use, said as one: "LINE ID: somchai_lab", "微信号：chen2020".
# "line" alone says too much else, as in a production line.
_NUMBER: Final = r"(?:id|ไอดี|ໄອດີ|号|號|number|no\.?)"
_HANDLE: Final = re.compile(
    rf"(?<!\w)(?:(?:line|ไลน์|ໄລນ໌)\s*{_NUMBER}|(?:ไลน์|ໄລນ໌|wechat|weixin|微信|qq|zalo|viber|ဗိုက်ဘာ|telegram|តេឡេក្រាម|whatsapp|skype|"
    rf"facebook|messenger)(?:\s*{_NUMBER})?)\s*[:=@]\s*@?[A-Za-z0-9][\w.-]{{2,}}",
    re.IGNORECASE,
)


def contacts_in(text: str) -> list[str]:
    """E-mail addresses, links, telephone numbers and names in messengers, in a text of any of the seven languages, as they were read.

    Full-width signs and the digits of other scripts count as what they stand for (Unicode TR 15 NFKC, decimal digit value).
    It is a net for what people write out of habit; whoever spells a number in words gets through.
    """
    plain = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text))
    return [found[0] for pattern in (_MAIL, _HIDDEN_MAIL, _LINK, _PHONE, _HANDLE) for found in pattern.finditer(plain)]


def _plain(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
