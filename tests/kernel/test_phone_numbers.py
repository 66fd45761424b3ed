"""Numbers as people write them, in the one form in which they are kept, and those that get no message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.kernel.logic.phones import NumberUnusable, calling_codes, mobile_number

SIX = ("KH", "CN", "LA", "MM", "TH", "VN")


@pytest.mark.parametrize(
    ("text", "home", "number"),
    [
        ("+856 20 5555 9999", "", "+8562055559999"),
        ("00856-20-5555-9999", "", "+8562055559999"),
        ("8562055559999", "", "+8562055559999"),
        ("020 5555 9999", "LA", "+8562055559999"),
        ("+85512345678", "LA", "+85512345678"),
        ("៨៥៥ ១២ ៣៤៥ ៦៧៨", "", "+85512345678"),
        ("၀၉၄၂၀၁၂၃၄၅၆", "MM", "+959420123456"),
        ("+86 138 0013 8000", "", "+8613800138000"),
        ("๐๘๑-๒๓๔-๕๖๗๘", "TH", "+66812345678"),
        ("+84 (0) 912 345 678", "", "+84912345678"),
    ],
)
def test_a_number_has_one_form(text: str, home: str, number: str) -> None:
    assert mobile_number(text, countries=SIX, home=home) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "unreadable"),
        ("somebody@example.org", "unreadable"),
        ("020 5555 9999", "unreadable"),
        ("+856 20", "unreadable"),
        ("+856 20 5555 9999 1234 5678 9012 3456 7890", "unreadable"),
        ("+1 212 555 0100", "country"),
        ("+852 5123 4567", "country"),
        ("+856 21 212 121", "mobile"),
        ("+86 400 123 4567", "mobile"),
        ("+66 1900 123 456", "mobile"),
    ],
)
def test_what_gets_no_message_and_why(text: str, why: str) -> None:
    with pytest.raises(NumberUnusable) as told:
        mobile_number(text, countries=SIX)
    assert told.value.why == why


def test_only_countries_that_the_operator_named_get_messages() -> None:
    with pytest.raises(NumberUnusable):
        mobile_number("+66 81 234 5678", countries=("LA", "KH"))
    assert calling_codes(SIX) == ("+855", "+86", "+856", "+95", "+66", "+84")


@given(st.text(max_size=50), st.sampled_from(("", *SIX)))
def test_nonsense_is_a_number_or_a_reason(text: str, home: str) -> None:
    try:
        number = mobile_number(text, countries=SIX, home=home)
    except NumberUnusable:
        return
    assert mobile_number(number, countries=SIX) == number
