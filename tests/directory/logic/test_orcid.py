"""ORCID iDs as people write them, and those that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.directory.logic.orcid import NotAnOrcid, address, check_digit, normalised

# From ORCID's own description of the check digit.
KNOWN = "0000-0002-1825-0097"
WITH_X = "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "written",
    [
        KNOWN,
        "0000000218250097",
        "0000 0002 1825 0097",
        f"https://orcid.org/{KNOWN}",
        f"http://orcid.org/{KNOWN}/",
        f"  HTTPS://www.ORCID.org/{KNOWN} ",
        f"orcid.org/{KNOWN}",
    ],
)
def test_every_usual_way_of_writing_one_is_taken(written):
    assert normalised(written) == KNOWN


def test_a_small_x_becomes_large():
    assert normalised(WITH_X.lower()) == WITH_X


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "0000-0002-1825-0098",
        "0000-0002-1825-009",
        "0000-0002-1825-00977",
        "X000-0002-1825-0097",
        "0000-0002-1694-2330",
        "https://example.org/0000-0002-1825-0097",
        f"{KNOWN} {KNOWN}",
        "٠٠٠٠-0002-1825-0097",
        "0000\n0002-1825-0097",
    ],
)
def test_what_is_none_is_refused(wrong):
    with pytest.raises(NotAnOrcid):
        normalised(wrong)


@pytest.mark.parametrize("digits", ["", "1" * 14, "1" * 16, "12345678901234a", "٠" * 15])
def test_a_check_digit_is_of_fifteen_digits(digits):
    with pytest.raises(ValueError, match="15 digits"):
        check_digit(digits)


@given(st.text("0123456789", min_size=15, max_size=15))
def test_its_check_digit_completes_fifteen_digits_and_no_other_sign_does(digits):
    right = check_digit(digits)
    assert normalised(digits + right).replace("-", "") == digits + right
    for other in set("0123456789X") - {right}:
        with pytest.raises(NotAnOrcid):
            normalised(digits + other)


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(digits, place, shift):
    mistyped = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    with pytest.raises(NotAnOrcid):
        normalised(mistyped + check_digit(digits))


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 13))
def test_two_neighbours_that_changed_places_are_always_noticed(digits, place):
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if swapped != digits:
        with pytest.raises(NotAnOrcid):
            normalised(swapped + check_digit(digits))


def test_it_leads_to_its_page():
    assert address(KNOWN) == f"https://orcid.org/{KNOWN}"
