"""ORCID iDs: the 16 signs that name one researcher, with the check digit that catches a mistyped one."""

from __future__ import annotations

import re
from typing import Final

WRITTEN: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/)?(\d{4})[- ]?(\d{4})[- ]?(\d{4})[- ]?(\d{3}[\dx])/?",
    re.ASCII | re.IGNORECASE,
)
ADDRESS: Final = "https://orcid.org/"


class NotAnOrcid(ValueError):  # noqa: N818 - what it is, in words
    """A text that is no ORCID iD: of another shape, or with a check digit that does not fit."""


def check_digit(digits: str) -> str:
    """The last sign of an ORCID iD, "0" to "9" or "X" for ten, from the 15 digits before it.

    Raises ValueError unless it is given 15 digits from 0 to 9.
    Source: ISO/IEC 7064:2003, MOD 11-2, as ORCID describes it ("Structure of the ORCID Identifier").
    """
    if not re.fullmatch("[0-9]{15}", digits):
        raise ValueError("an ORCID iD has 15 digits before its check digit")
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def normalised(text: str) -> str:
    """An ORCID iD as it is kept, 0000-0000-0000-0000 with a capital X, from the ways in which people write it.

    Spaces around it, its web address, a small x, and hyphens or spaces between the groups or none are taken.
    Raises NotAnOrcid for everything else, and for a check digit that does not fit.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise NotAnOrcid("an ORCID iD has 16 digits, in four groups of four")
    groups = [group.upper() for group in found.groups()]
    signs = "".join(groups)
    if check_digit(signs[:15]) != signs[15]:
        raise NotAnOrcid("the check digit does not fit")
    return "-".join(groups)


def address(orcid: str) -> str:
    """Where everybody can read what ORCID says of this person."""
    return f"{ADDRESS}{orcid}"
