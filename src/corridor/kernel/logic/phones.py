"""Phone numbers: read as people write them, kept in one form (ITU-T E.164), mobile ones only."""

from collections.abc import Sequence
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
LONGEST = 40


class NumberUnusable(ValueError):  # noqa: N818 - the name says what is so, as `Refused` does
    """This cannot be texted: it is no number, one of another country, or not a mobile one."""

    def __init__(self, why: Literal["unreadable", "country", "mobile"]) -> None:
        self.why = why
        super().__init__(why)


def mobile_number(text: str, *, countries: Sequence[str], home: str = "") -> str:
    """A mobile number of one of `countries` (ISO 3166-1) in E.164: `+` and at most 15 digits.

    `text` begins with `+`, `00` or a country's code, or is written as at `home` (an ISO code); digits of every script will do.
    Raises NumberUnusable. Which numbers are mobile: Google's libphonenumber.
    """
    number = _read(text.strip()[: LONGEST + 1], countries, home)
    if number is None or not phonenumbers.is_possible_number(number):
        raise NumberUnusable("unreadable")
    if f"+{number.country_code}" not in calling_codes(countries):
        raise NumberUnusable("country")
    if not phonenumbers.is_valid_number(number):
        raise NumberUnusable("unreadable")
    if phonenumbers.region_code_for_number(number) not in countries:
        raise NumberUnusable("country")
    if phonenumbers.number_type(number) not in MOBILE:
        raise NumberUnusable("mobile")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _read(text: str, countries: Sequence[str], home: str) -> PhoneNumber | None:
    """The number that a text most probably means: international where it says so, else as written at home."""
    if len(text) > LONGEST:
        return None
    digits = digits_of(text)
    if text.startswith(("+", "\N{FULLWIDTH PLUS SIGN}")):
        return _parsed(text, None)
    if digits.startswith("00"):
        return _parsed(f"+{digits[2:]}", None)
    here = _parsed(text, home) if home in countries else None
    if here is not None and phonenumbers.is_valid_number(here):
        return here
    abroad = (
        _parsed(f"+{digits}", None) if digits.startswith(tuple(code[1:] for code in calling_codes(countries))) else None
    )
    return abroad or here


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def digits_of(text: str) -> str:
    """The decimal digits in a text, of whatever script, as 0 to 9."""
    return str(phonenumbers.normalize_digits_only(text))


def calling_codes(countries: Sequence[str]) -> tuple[str, ...]:
    """The codes with which numbers of these countries begin, `+` included, in the order given."""
    return tuple(f"+{phonenumbers.country_code_for_region(country)}" for country in countries)
